/**
 * Spot checks on developers (A9; 朔州 十一（四）3) by the bodies the pack names. A
 * check is answered within its limit; what is found is to be rectified by a day.
 */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { type Change, record } from '@gongshu/infra/record';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import { clauseIn, type ResolvedPack, valuesOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { developerOf, fileDocuments } from './developer.ts';
import { isLate, lastDayAfter } from './due.ts';
import type { ProductUseTables, SpotCheckRow } from './tables.ts';

type Db = Kysely<ProductUseTables>;
type Trx = Transaction<ProductUseTables>;

/** Bodies of the pack as roles of who acts. */
const roleOf: Readonly<Record<string, readonly string[]>> = {
  authority: ['bureau'],
  sourceDepartment: ['sourceDepartment', 'countyBureau'],
  operator: ['operator'],
};

/** Throws `inspectorNotAllowed` (403, with the article) for a body that the pack does not name. */
export const mustInspect = (pack: ResolvedPack, role: string): void => {
  const { spotChecks } = valuesOf(pack, 'productEgress');
  if (!spotChecks.some((body) => roleOf[body]?.includes(role)))
    throw problem('inspectorNotAllowed', clauseIn(pack, 'productEgress', 'spotChecks'));
};

export const spotCheckObject = (row: SpotCheckRow): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.owner,
  handlers: [row.inspector],
});

const changeOf = (
  row: SpotCheckRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  more: object,
): Change =>
  ({
    key: `${row.id}/${name}`,
    type: `spotCheck.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    ...{ at, actor },
    data: {
      ...{ spotCheck: row.id, product: row.product_no, owner: row.owner, inspector: row.inspector },
      ...restsOn(pack, 'productEgress', 'spotChecks'),
      ...more,
    },
  }) as Change;

export const openSpotCheck = (
  db: Db,
  pack: ResolvedPack,
  given: {
    owner?: string | undefined;
    product?: string | undefined;
    items: SpotCheckRow['items'];
    notice: string;
  },
  acting: Acting,
): Promise<SpotCheckRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    const whose = await developerOf(trx, jurisdiction, { owner: given.owner, product: given.product });
    const { workingDays } = valuesOf(pack, 'productEgress').spotCheckLimit;
    const lastDay = await lastDayAfter(trx, jurisdiction, acting.at, workingDays);
    const row = await trx
      .insertInto('spot_check')
      .values({
        ...{ id: `CC-${randomUUID()}`, jurisdiction, ...whose, inspector: acting.actor.organisation },
        ...{ items: given.items, notice: given.notice, state: 'opened', last_day: lastDay },
        ...{ opened_at: acting.at, answered_at: null, answer: null, outcome: null },
        ...{ rectify_by: null, concluded_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await fileDocuments(trx, [{ hash: given.notice, pointer: '/body/notice', role: 'spotCheckNotice' }], {
      ...{ jurisdiction, caseNo: row.id, acting },
    });
    const data = { items: row.items, notice: row.notice, lastDay };
    await record(trx, 'registry', changeOf(row, 'opened', acting, pack, data));
    return row;
  });

const held = async (trx: Trx, id: string, ...states: SpotCheckRow['state'][]): Promise<SpotCheckRow> => {
  const row = await trx
    .selectFrom('spot_check')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (!states.includes(row.state)) throw problem('spotCheckStepNotReached', { params: { state: row.state } });
  return row;
};

export const answerSpotCheck = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { words, documents }: { words: string; documents: string[] },
  acting: Acting,
): Promise<SpotCheckRow> =>
  db.transaction().execute(async (trx) => {
    const { last_day, jurisdiction } = await held(trx, id, 'opened');
    await fileDocuments(
      trx,
      documents.map((hash, at) => ({ hash, pointer: `/body/documents/${at}`, role: 'spotCheckAnswer' })),
      { jurisdiction, caseNo: id, acting },
    );
    const row = await trx
      .updateTable('spot_check')
      .set({ state: 'answered', answer: words, answer_documents: documents, answered_at: acting.at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(
      trx,
      'registry',
      changeOf(row, 'answered', acting, pack, { late: isLate(last_day, acting.at) }),
    );
    return row;
  });

/** Concluded by who opened it, answered or not: silence holds nobody up. Throws `spotCheckStepNotReached` (409). */
export const concludeSpotCheck = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  {
    outcome,
    findings,
    rectifyBy,
  }: { outcome: NonNullable<SpotCheckRow['outcome']>; findings: Reason[]; rectifyBy: string | null },
  acting: Acting,
): Promise<SpotCheckRow> =>
  db.transaction().execute(async (trx) => {
    await held(trx, id, 'opened', 'answered');
    const row = await trx
      .updateTable('spot_check')
      .set({
        ...{ state: 'concluded', outcome, findings: JSON.stringify(findings), rectify_by: rectifyBy },
        concluded_at: acting.at,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const codes = [...new Set(findings.map(({ code }) => code))];
    await record(
      trx,
      'registry',
      changeOf(row, 'concluded', acting, pack, { outcome, findings: codes, rectifyBy }),
    );
    return row;
  });

export const findSpotCheck = async (db: Db, jurisdiction: string, id: string): Promise<SpotCheckRow> => {
  const row = await db
    .selectFrom('spot_check')
    .selectAll()
    .where('id', '=', id)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

type Page = { after: string | undefined; limit: number };

export const listSpotChecks = (db: Db, actor: Actor, { after, limit }: Page): Promise<SpotCheckRow[]> => {
  const own = actor.organisation ?? '';
  let query = db.selectFrom('spot_check').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readSpotChecks').includes('jurisdiction'))
    query = query.where((eb) => eb.or([eb('owner', '=', own), eb('inspector', '=', own)]));
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};
