/** Orders that merchants place of their own will, at the price of the published list (F6, M4). */
import { randomUUID } from 'node:crypto';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { type PricingLaw, pricingLaw, refused } from '@gongshu/shared/pricing/law';
import { judgeServiceFee } from '@gongshu/shared/pricing/service-fee';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { feeOn } from './fees.ts';
import { mustNotTie, serviceChange } from './law.ts';
import type { OrderGiven } from './schema.ts';
import type { ChargeRow, FeeRow, OrderRow, ServiceDb } from './tables.ts';

/** What `may()` asks about an order or a charge: the merchant's, with the operator that serves it. */
export const serviceObject = ({
  jurisdiction,
  merchant,
  operator,
}: Pick<OrderRow, 'jurisdiction' | 'merchant' | 'operator'>): ActObject => ({
  ...{ jurisdiction, owner: merchant, handlers: [operator] },
});

/**
 * The item on the list of a day. Throws `serviceFeeNotListed` (422), with the article, where it is not on it, and
 * `serviceFeeDiffers` where another price is asked.
 */
export const mustBeListed = (
  law: PricingLaw,
  item: string,
  fee: FeeRow | undefined,
  fen = BigInt(fee?.fen ?? 0),
): FeeRow => {
  const listed = new Map(fee ? [[fee.item, BigInt(fee.fen)]] : []);
  const reason = judgeServiceFee({ item, fen }, listed, law);
  if (reason) throw refused([reason.at === '/fen' ? { ...reason, at: '/unitFen' } : reason]);
  return fee as FeeRow;
};

export const toldOf = (row: OrderRow) => ({
  ...{ operator: row.operator, merchant: row.merchant, order: row.id, item: row.item, fee: row.fee },
});

/** Throws `serviceTied`, `serviceFeeNotListed` (422, with the article). The day's list fixes the price. */
export const placeOrder = (
  db: ServiceDb,
  pack: ResolvedPack,
  given: OrderGiven,
  acting: Acting,
): Promise<OrderRow> => {
  mustNotTie(pack, given);
  const { jurisdiction } = pack;
  const { operator, item, qty, note } = given;
  const placed_on = businessDateOf(acting.at.getTime());
  return db.transaction().execute(async (trx) => {
    const fee = mustBeListed(
      pricingLaw(pack),
      item,
      await feeOn(trx, { jurisdiction, operator }, item, placed_on),
    );
    const row = await trx
      .insertInto('service_order')
      .values({
        ...{ id: `DD-${randomUUID()}`, jurisdiction, operator, merchant: acting.actor.organisation },
        ...{ fee: fee.id, item, unit_fen: fee.fen, qty, note, state: 'placed', placed_on },
        ...{ placed_by: acting.actor.id, placed_at: acting.at, cancelled_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { ...toldOf(row), qty, unitFen: row.unit_fen, placedOn: placed_on };
    const told = { type: 'serviceOrder.placed.v1', subject: row.id, data } as const;
    await record(trx, 'pricing', serviceChange(pack, acting, told));
    return row;
  });
};

/** The merchant wants no more of it; what was charged stands. Throws `serviceOrderStepNotReached` (409). */
export const cancelOrder = (
  db: ServiceDb,
  pack: ResolvedPack,
  id: string,
  acting: Acting,
): Promise<OrderRow> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('service_order')
      .set({ state: 'cancelled', cancelled_at: acting.at })
      .where('id', '=', id)
      .where('state', '=', 'placed')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('serviceOrderStepNotReached', { params: { state: 'cancelled' } });
    const told = { type: 'serviceOrder.cancelled.v1', subject: row.id, data: toldOf(row) } as const;
    await record(trx, 'pricing', serviceChange(pack, acting, told));
    return row;
  });

export const findOrder = (db: ServiceDb, id: string): Promise<OrderRow | undefined> =>
  db.selectFrom('service_order').selectAll().where('id', '=', id).executeTakeFirst();

type Paged = { after: string | undefined; limit: number };

/** Within the actor's reach by number, from behind `after`: a merchant's own, what an operator serves, all of the city. */
export const listOrders = (db: ServiceDb, actor: Actor, { after, limit }: Paged): Promise<OrderRow[]> => {
  let query = db.selectFrom('service_order').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  const own = ownOf(actor);
  if (own) query = query.where(own.column, '=', own.organisation);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** The same of charges. */
export const listCharges = (db: ServiceDb, actor: Actor, { after, limit }: Paged): Promise<ChargeRow[]> => {
  let query = db.selectFrom('service_charge').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  const own = ownOf(actor);
  if (own) query = query.where(own.column, '=', own.organisation);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

const ownOf = (actor: Actor): { column: 'merchant' | 'operator'; organisation: string } | undefined => {
  const reach = reaches(actor, 'readServiceCharges');
  if (reach.includes('jurisdiction')) return undefined;
  return {
    column: reach.includes('handler') ? 'operator' : 'merchant',
    organisation: actor.organisation ?? '',
  };
};
