/** What orders hold in the registry: products and agreements through their cases, which hear of it as of their own acts. */
import type { Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { tellProcedure } from '../procedures/tell.ts';
import { lockOrders, type Over, standingOver } from './keep.ts';
import type { StandingOrderTables } from './tables.ts';

type Order = { order_id: string; ground: string; terminates: boolean };
type Of = { jurisdiction: string; kind: 'product' | 'agreement'; caseNo: string };

/** Holds the case and tells it; an order that its machine knows already changes nothing there. */
export const holdCase = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  trx: Transaction<any>,
  { jurisdiction, kind, caseNo }: Of,
  { order_id: order, ground, terminates }: Order,
  { actor, at }: { actor: AuditActor; at: Date },
): Promise<void> => {
  await (trx as Transaction<StandingOrderTables>)
    .insertInto('supply_order_hold')
    .values({ order_id: order, kind, thing: caseNo, from_at: at })
    .onConflict((conflict) => conflict.columns(['order_id', 'kind', 'thing']).doNothing())
    .execute();
  const act = { kind: 'suspendByOrder', order, ground, ...(kind === 'agreement' && { terminates }) };
  await tellProcedure(trx, { jurisdiction, caseNo, act }, actor, at);
};

/** What comes onto the list, or into force, while an order stands over it, is held from then on. */
export const holdUnderOrders = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  trx: Transaction<any>,
  of: Of,
  over: Over,
  by: { actor: AuditActor; at: Date },
): Promise<void> => {
  await lockOrders(trx, of.jurisdiction, 'shared');
  for (const order of await standingOver(trx, of.jurisdiction, over)) await holdCase(trx, of, order, by);
};
