/** The list of services and their prices (F6; 中卫 十四): cost plus a small margin, published before it applies. */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { pricingLaw, refused } from '@gongshu/shared/pricing/law';
import { rateOf, toFen } from '@gongshu/shared/pricing/money';
import { servicePrice } from '@gongshu/shared/pricing/service-fee';
import { problem } from '@gongshu/shared/problems';
import { sql } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { costOf, type Listed } from './basis.ts';
import { serviceChange } from './law.ts';
import type { FeeGiven } from './schema.ts';
import type { FeeRow, ServiceDb, ServiceTrx } from './tables.ts';
import { notReplacedBy } from './versions.ts';

/** Holds an item of a list until the transaction ends, whether it has versions or not; answers its newest. */
const holdItem = async (
  trx: ServiceTrx,
  { jurisdiction, operator }: Listed,
  item: string,
): Promise<FeeRow | undefined> => {
  const name = JSON.stringify(['service_fee', jurisdiction, operator, item]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
  return trx
    .selectFrom('service_fee')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('item', '=', item)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
};

/** Throws `serviceFeeNotAhead` (422): a version begins after the day it is published and after those before it. */
const mustLieAhead = (from: string, before: FeeRow | undefined, { at }: Acting): void => {
  const today = businessDateOf(at.getTime());
  const after = before && before.from_on > today ? before.from_on : today;
  if (from > after) return;
  throw problem('serviceFeeNotAhead', {
    params: { after },
    errors: [
      {
        ...{ pointer: '/body/from', code: 'serviceFeeNotAhead' },
        message: { zh: `须晚于 ${after}`, en: `It must be after ${after}` },
      },
    ],
  });
};

/**
 * Publishes a version of an item of the operator's own list; no version is ever edited. Throws `serviceKindNotAllowed`,
 * `marginOverMaximum` (422, with the article), `serviceFeeNotAhead`, `documentUnknown` (422), and what `costOf` throws.
 */
export const publishFee = (
  db: ServiceDb,
  pack: ResolvedPack,
  given: FeeGiven,
  acting: Acting,
): Promise<FeeRow> => {
  const { organisation: operator, id: by } = acting.actor;
  const listed = { jurisdiction: pack.jurisdiction, operator };
  return db.transaction().execute(async (trx) => {
    const law = pricingLaw(pack);
    const { cost, basis } = await costOf(trx, listed, given, law, acting.at);
    const price = servicePrice({ kind: given.kind, cost, margin: rateOf(given.margin) }, law);
    if ('reasons' in price) throw refused(price.reasons);
    const before = await holdItem(trx, listed, given.item);
    mustLieAhead(given.from, before, acting);
    const { item, title, kind, unit, margin, from } = given;
    const row = await trx
      .insertInto('service_fee')
      .values({
        ...{ id: `FW-${randomUUID()}`, ...listed, item, version: (before?.version ?? 0) + 1, title, kind },
        ...{ unit, cost_fen: toFen(cost), cost_basis: JSON.stringify(basis), margin },
        ...{ fen: toFen(price.fen), from_on: from, published_by: by, published_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    if (basis.kind === 'stated') {
      const cited = { hash: basis.document, pointer: '/body/basis/document' };
      await mustBeStored(trx, { ...cited, organisation: operator, jurisdiction: pack.jurisdiction });
      await linkDocument(trx, {
        ...{ hash: basis.document, jurisdiction: pack.jurisdiction, caseNo: row.id, role: 'serviceCost' },
        ...{ by: operator, at: acting.at },
      });
    }
    const data = {
      ...{ operator, item, version: row.version, fee: row.id, kind, unit, margin, from, fen: row.fen },
      ...{ costFen: row.cost_fen, marginFen: row.fen - row.cost_fen },
      contentHash: jsonHash({ title, kind, unit, basis, margin, fen: row.fen, from }),
    };
    const told = { type: 'serviceFee.published.v1', subject: row.id, data } as const;
    await record(trx, 'pricing', serviceChange(pack, acting, told));
    return row;
  });
};

/** The item is offered no longer from a day on; what was ordered before stands. Throws `serviceFeeNotAhead` (422). */
export const withdrawFee = (
  db: ServiceDb,
  pack: ResolvedPack,
  { jurisdiction, operator, item }: FeeRow,
  from: string,
  acting: Acting,
): Promise<FeeRow> =>
  db.transaction().execute(async (trx) => {
    const before = await holdItem(trx, { jurisdiction, operator }, item);
    if (!before) throw problem('notFound');
    mustLieAhead(from, before, acting);
    const { id: _id, published_by: _by, published_at: _at, ...same } = before;
    const row = await trx
      .insertInto('service_fee')
      .values({
        ...{ ...same, id: `FW-${randomUUID()}`, version: before.version + 1, from_on: from, withdrawn: true },
        cost_basis: JSON.stringify(before.cost_basis),
        ...{ published_by: acting.actor.id, published_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { operator, item, version: row.version, fee: row.id, from };
    const told = { type: 'serviceFee.withdrawn.v1', subject: row.id, data } as const;
    await record(trx, 'pricing', serviceChange(pack, acting, told));
    return row;
  });

export const findFee = (db: ServiceDb, id: string): Promise<FeeRow | undefined> =>
  db.selectFrom('service_fee').selectAll().where('id', '=', id).executeTakeFirst();

/** The version of an item that applies on a day; undefined where none does, or it was withdrawn. */
export const feeOn = async (
  db: ServiceDb,
  { jurisdiction, operator }: Listed,
  item: string,
  on: string,
): Promise<FeeRow | undefined> => {
  const row = await db
    .selectFrom('service_fee')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('item', '=', item)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.withdrawn ? undefined : row;
};

/** Versions that apply on a day or are announced for later, of every city or one, by number, from behind `after`. */
export const listFees = (
  db: ServiceDb,
  given: {
    jurisdiction?: string | undefined;
    operator?: string | undefined;
    on: string;
    after: string | undefined;
    limit: number;
  },
): Promise<FeeRow[]> => {
  let query = db
    .selectFrom('service_fee as fee')
    .selectAll('fee')
    .where(notReplacedBy(given.on))
    .where((where) => where.or([where('fee.withdrawn', '=', false), where('fee.from_on', '>', given.on)]));
  if (given.jurisdiction !== undefined) query = query.where('fee.jurisdiction', '=', given.jurisdiction);
  if (given.operator !== undefined) query = query.where('fee.operator', '=', given.operator);
  if (given.after !== undefined) query = query.where('fee.id', '>', given.after);
  return query.orderBy('fee.id').limit(given.limit).execute();
};
