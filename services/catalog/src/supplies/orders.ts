/**
 * Orders that suspend supply (D1, X1, X2, X4; decision 0031): obeyed for every supply they reach, remembered each, so that a
 * supply runs again only when the last that holds it is lifted. What a hand suspended no order lifts.
 */
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import {
  disclosure,
  keepOrder,
  lockOrders,
  type Missed,
  standingOver,
  type ToldOrder,
} from '@gongshu/infra/supply-orders/keep';
import { toInstantText } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { OrderMove } from '@gongshu/shared/supply-order';
import { sql, type Transaction } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';
import type { GrantReach, SupplyTables } from '../tables/supply.ts';
import { mayRunAgain, moved, type StandingTrx } from './standing.ts';
import { stateAt, type SupplyRow } from './view.ts';

type Trx = Transaction<SupplyTables & GrantReach & ResourceTables>;

/**
 * A supply is not recorded past an order that stands over its entry, its department or the whole city. Throws
 * `heldByOrder` (409); held until the transaction ends, so that an order comes before or after it whole.
 */
export const mustBeUnderNoOrder = async (
  anyTrx: Transaction<any>,
  { jurisdiction, resource, department }: { jurisdiction: string; resource: string; department: string },
): Promise<void> => {
  const trx = anyTrx as Trx;
  await lockOrders(trx, jurisdiction, 'shared');
  const [standing] = await standingOver(trx, jurisdiction, { resource, body: department });
  if (standing) throw problem('heldByOrder', { params: { order: standing.order_id } });
};

/** Supplies that an order reaches and that have not ended, held until the transaction ends. */
const suppliesUnder = (trx: Trx, { jurisdiction, scope, at }: ToldOrder): Promise<SupplyRow[]> => {
  const query = trx
    .selectFrom('supply')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('state', '<>', 'ended')
    .where('ends_at', '>', at);
  const reached = scope.all
    ? query
    : query.where(
        sql<boolean>`(resource_id = any(${scope.resources}::text[]) or department = any(${scope.bodies}::text[]))`,
      );
  return reached.orderBy('supply_no').forUpdate().execute();
};

/** Entries it names that the catalog does not know, or that nothing is supplied from: told back, not lost. */
const missedBy = async (
  trx: Trx,
  { jurisdiction, scope }: ToldOrder,
  reached: readonly SupplyRow[],
): Promise<Missed[]> => {
  if (scope.resources.length === 0) return [];
  const known = await trx
    .selectFrom('resource')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', scope.resources)
    .execute();
  const ids = new Set(known.map(({ id }) => id));
  const supplied = new Set(reached.map(({ resource_id }) => resource_id));
  return scope.resources
    .filter((id) => !ids.has(id) || !supplied.has(id))
    .map((id) => ({ kind: 'resource', id, code: ids.has(id) ? 'notSupplied' : 'unknown' }));
};

/** Departments it names that supply nothing; merchants and operators are the registry's to answer for. */
const bodiesMissedBy = async (
  trx: Trx,
  { jurisdiction, scope }: ToldOrder,
  reached: readonly SupplyRow[],
): Promise<Missed[]> => {
  if (scope.bodies.length === 0) return [];
  const supplying = new Set(reached.map(({ department }) => department));
  const { rows } = await sql<{ id: string }>`
    select id from body
    where jurisdiction = ${jurisdiction} and id = any(${scope.bodies}::text[])
      and kind in ('sourceDepartment', 'countyBureau', 'bureau')
    order by id`.execute(trx);
  return rows
    .filter(({ id }) => !supplying.has(id))
    .map(({ id }) => ({ kind: 'body', id, code: 'nothingToSuspend' }));
};

/** Grants that run with the operators it names: no access under them is permitted while it stands (accesses/facts.ts). */
const grantsUnder = async (
  trx: Trx,
  { order, jurisdiction, scope: { operators } }: ToldOrder,
): Promise<{ held: number; rested: number }> => {
  const { rows } = await sql<{ held: number; rested: number }>`
    select count(*)::int as held, count(*) filter (where not exists (
      select from supply_order as other
      where other.jurisdiction = use_grant.jurisdiction and other.order_id <> ${order}
        and other.ordered_at is not null and other.lifted_at is null
        and other.scope -> 'operators' ? use_grant.operator
    ))::int as rested
    from use_grant
    where jurisdiction = ${jurisdiction} and operator = any(${operators}::text[]) and state <> 'ended'`.execute(
    trx,
  );
  return rows[0] ?? { held: 0, rested: 0 };
};

const answer = (
  trx: Trx,
  { order, jurisdiction, at }: ToldOrder,
  move: OrderMove,
  data: { held: number; rested: number; missed: Missed[] },
): Promise<boolean> =>
  record(trx, 'catalog', {
    ...{ key: `${order}/catalog/${move}`, type: 'supplyOrder.obeyed.v1', subject: order },
    ...{ jurisdiction, at, actor: disclosure },
    data: { order, move, at: toInstantText(at.getTime()), ...data },
  });

const suspend = async (trx: Trx, told: ToldOrder): Promise<void> => {
  const supplies = await suppliesUnder(trx, told);
  const { order, ground, at, rests } = told;
  let rested = 0;
  for (const supply of supplies) {
    const held = await trx
      .insertInto('supply_order_hold')
      .values({ order_id: order, supply_no: supply.supply_no, from_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('supply_no')
      .executeTakeFirst();
    if (!held || supply.state !== 'active') continue;
    rested += 1;
    await moved(
      trx as unknown as StandingTrx,
      supply,
      { actor: disclosure, at },
      {
        ...{ state: 'suspended', type: 'supply.suspended.v1' },
        data: { suspension: order, riskCodes: [ground], risksHash: jsonHash({ order }), ...rests },
      },
    );
  }
  const missed = [...(await missedBy(trx, told, supplies)), ...(await bodiesMissedBy(trx, told, supplies))];
  const grants = await grantsUnder(trx, told);
  await answer(trx, told, 'ordered', {
    ...{ held: supplies.length + grants.held, rested: rested + grants.rested, missed },
  });
};

const lift = async (trx: Trx, told: ToldOrder): Promise<void> => {
  const { order, ground, at, rests } = told;
  const held = await trx
    .updateTable('supply_order_hold')
    .set({ lifted_at: at })
    .where('order_id', '=', order)
    .where('lifted_at', 'is', null)
    .returning('supply_no')
    .execute();
  // All rows before the first record: that one keeps the lock of the audit trail until the commit.
  const supplies = await trx
    .selectFrom('supply')
    .selectAll()
    .where('supply_no', 'in', ['', ...held.map((one) => one.supply_no)])
    .orderBy('supply_no')
    .forUpdate()
    .execute();
  let rested = 0;
  for (const supply of supplies) {
    const standing = trx as unknown as StandingTrx;
    if (stateAt(supply, at) === 'ended' || !(await mayRunAgain(standing, supply.supply_no))) continue;
    rested += 1;
    await moved(
      standing,
      supply,
      { actor: disclosure, at },
      {
        ...{ state: 'active', type: 'supply.restored.v1' },
        data: {
          ...{ suspension: order, rectificationCodes: [ground], rectificationHash: jsonHash({ order }) },
          ...{ documentHash: null, ...rests },
        },
      },
    );
  }
  const grants = await grantsUnder(trx, told);
  await answer(trx, told, 'lifted', {
    ...{ held: held.length + grants.held, rested: rested + grants.rested, missed: [] },
  });
};

/** Told twice, it changes nothing; an order told after its lifting holds nothing. */
export const obeyOrder = async (
  anyTrx: Transaction<any>,
  move: OrderMove,
  told: ToldOrder,
): Promise<void> => {
  const trx = anyTrx as Trx;
  const todo = await keepOrder(trx, move, told);
  if (todo === 'lift') await lift(trx, told);
  if (todo === 'suspend') await suspend(trx, told);
};
