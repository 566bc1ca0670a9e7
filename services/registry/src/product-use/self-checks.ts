/** What developers check themselves (A9; 朔州 十一（四）3). */
import { randomUUID } from 'node:crypto';
import { type Change, record } from '@gongshu/infra/record';
import { type Actor, reaches } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { Kysely } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { developerOf, fileDocuments } from './developer.ts';
import type { ProductUseTables, SelfCheckRow } from './tables.ts';

type Db = Kysely<ProductUseTables>;

/** A developer's own check over a period, with its report (朔州 十一（四）3). */
export const recordSelfCheck = (
  db: Db,
  pack: ResolvedPack,
  given: {
    product?: string | undefined;
    from: string;
    until: string;
    items: SelfCheckRow['items'];
    outcome: SelfCheckRow['outcome'];
    report: string;
  },
  acting: Acting,
): Promise<SelfCheckRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    const owner = acting.actor.organisation;
    const whose =
      given.product === undefined
        ? { product_no: null }
        : await developerOf(trx, jurisdiction, { owner, product: given.product });
    const row = await trx
      .insertInto('self_check')
      .values({
        ...{ id: `ZC-${randomUUID()}`, jurisdiction, owner, product_no: whose.product_no },
        ...{ from_on: given.from, until_on: given.until, items: given.items, outcome: given.outcome },
        ...{ report: given.report, recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await fileDocuments(trx, [{ hash: given.report, pointer: '/body/report', role: 'selfCheck' }], {
      ...{ jurisdiction, caseNo: row.id, acting },
    });
    await record(trx, 'registry', {
      ...{ key: `${row.id}/recorded`, type: 'selfCheck.recorded.v1', subject: row.id, jurisdiction },
      ...{ at: acting.at, actor: acting.actor },
      data: {
        ...{ selfCheck: row.id, product: row.product_no, owner, items: row.items, outcome: row.outcome },
        ...{ report: row.report, from: row.from_on, until: row.until_on },
        ...restsOn(pack, 'dataUse', 'developerDuties'),
      },
    } as Change);
    return row;
  });

export const listSelfChecks = (
  db: Db,
  actor: Actor,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<SelfCheckRow[]> => {
  let query = db.selectFrom('self_check').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readSpotChecks').includes('jurisdiction'))
    query = query.where('owner', '=', actor.organisation ?? '');
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};
