/** What an operator's ledger of a year says, in the shapes the money engine computes by (F4). */
import type { Cost } from '@gongshu/shared/pricing/cost';
import type { AllocationKey, CostKind } from '@gongshu/shared/packs/topics/pricing';
import { type Kysely, sql } from 'kysely';
import type { CostDb, Period, Weights } from './tables.ts';

/** An item that counts, at the figure that counts: the newest adjustment where an audit made one. */
export type LedgerCost = Cost & { id: string; kind: CostKind };
export type Ledger = {
  costs: LedgerCost[];
  subsidyFen: bigint;
  /** How shared cost is laid on products; null where none has been stated. `weights` as they were stated. */
  allocationKey: { id: string; key: AllocationKey; weights: Weights } | null;
};

/** The figure that counts of `cost_item`, in a query that names it so. */
export const effectiveFen = sql<number>`coalesce(
  (select adjustment.fen from cost_adjustment as adjustment
   where adjustment.item = cost_item.id order by adjustment.version desc limit 1),
  cost_item.fen)`;

/**
 * Items in the order of their numbers, neither reversed nor reversals, adjustments applied; subsidies summed. Empty for
 * a year without entries. Every item was related and of the pack's kinds when it was taken in.
 */
export const ledgerOf = async (
  anyDb: Kysely<any>,
  { jurisdiction, operator, year }: Period,
): Promise<Ledger> => {
  const db = anyDb as CostDb;
  const costs = await db
    .selectFrom('cost_item')
    .select(['id', 'kind', 'product', 'related', effectiveFen.as('fen')])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('reverses', 'is', null)
    .where('reversed_by', 'is', null)
    .orderBy('id')
    .execute();
  const subsidy = await db
    .selectFrom('subsidy')
    .select(({ fn }) => fn.sum<string>('fen').as('fen'))
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('reverses', 'is', null)
    .where('reversed_by', 'is', null)
    .executeTakeFirst();
  const key = await db
    .selectFrom('allocation_key')
    .select(['id', 'key', 'weights'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    costs: costs.map((one) => ({ ...one, fen: BigInt(one.fen) })),
    subsidyFen: BigInt(subsidy?.fen ?? 0),
    allocationKey: key ?? null,
  };
};
