/**
 * Spot checks on developers (A9; 朔州 十一（四）3) by the bodies the pack names, and what developers check themselves. A
 * check is answered within its limit; what is found is to be rectified by a day.
 */
import { randomUUID } from 'node:crypto';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { type Change, record } from '@gongshu/infra/record';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import { clauseIn, type ResolvedPack, valuesOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Acting } from '../acting.ts';
import { isLate, lastDayAfter } from './due.ts';
import type { ProductUseTables, SelfCheckRow, SpotCheckRow } from './tables.ts';

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

/** Throws `developerUnknown` (422) for a body that is neither enrolled as a merchant nor the product's owner. */
const developerOf = async (
  trx: Trx,
  jurisdiction: string,
  { owner, product }: { owner: string | undefined; product: string | undefined },
): Promise<{ owner: string; product_no: string | null }> => {
  if (product !== undefined) {
    const row = await trx
      .selectFrom('product')
      .select(['owner', 'product_no'])
      .where('product_no', '=', product)
      .where('jurisdiction', '=', jurisdiction)
      .executeTakeFirst();
    if (row && (owner === undefined || owner === row.owner)) return row;
  } else if (owner !== undefined) {
    const { rows } = await sql<{ id: string }>`
      select id from party where jurisdiction = ${jurisdiction} and id = ${owner}
        and kind in ('merchant', 'operator')`.execute(trx);
    if (rows.length > 0) return { owner, product_no: null };
  }
  const pointer = product === undefined ? '/body/owner' : '/body/product';
  throw problem('developerUnknown', {
    errors: [{ pointer, code: 'developerUnknown', message: { zh: '无此开发主体', en: 'No such developer' } }],
  });
};

const file = async (
  trx: Trx,
  hashes: readonly { hash: string; pointer: string; role: string }[],
  { jurisdiction, caseNo, acting }: { jurisdiction: string; caseNo: string; acting: Acting },
): Promise<void> => {
  const { organisation } = acting.actor;
  await mustAllBeStored(trx, { cited: hashes, organisation, jurisdiction });
  for (const { hash, role } of hashes)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role, by: organisation, at: acting.at });
};

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
    await file(trx, [{ hash: given.notice, pointer: '/body/notice', role: 'spotCheckNotice' }], {
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
    await file(
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
    await file(trx, [{ hash: given.report, pointer: '/body/report', role: 'selfCheck' }], {
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

export const listSelfChecks = (db: Db, actor: Actor, { after, limit }: Page): Promise<SelfCheckRow[]> => {
  let query = db.selectFrom('self_check').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readSpotChecks').includes('jurisdiction'))
    query = query.where('owner', '=', actor.organisation ?? '');
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};
