/**
 * Orders that suspend, obeyed by the registry for what is its own (D1, X1, X2, X4; decision 0031): listed products,
 * merchants, operating agreements. Each hold is remembered; a thing runs again with the last, never what a hand did.
 */
import type { ProductTables } from '@gongshu/infra/products/tables';
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import { holdMerchant } from '@gongshu/infra/merchants/hold';
import { record } from '@gongshu/infra/record';
import { holdCase } from '@gongshu/infra/supply-orders/hold';
import { disclosure, keepOrder, type Missed, type ToldOrder } from '@gongshu/infra/supply-orders/keep';
import type { StandingOrderTables } from '@gongshu/infra/supply-orders/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import type { AgreementStart } from '@gongshu/shared/operating-agreement/types';
import type { OrderMove } from '@gongshu/shared/supply-order';
import { sql, type Transaction } from 'kysely';
import { changeStandingWithin, heldByOrders, suspendedByHand } from '@gongshu/infra/merchants/change';
import type { StandingTables } from '@gongshu/infra/merchants/tables';

type Trx = Transaction<ProductTables & StandingOrderTables & StandingTables>;
type Reached = { held: number; rested: number; missed: Missed[] };
const none: Reached = { held: 0, rested: 0, missed: [] };
const missing = (kind: string, id: string, code: string): Reached => ({
  ...none,
  missed: [{ kind, id, code }],
});

/** Versions on the list, of the products named, of the operators named or of all; what comes onto it later is held then. */
const suspendProducts = async (trx: Trx, told: ToldOrder): Promise<Reached[]> => {
  const { jurisdiction, scope, order, at } = told;
  if (!scope.all && scope.products.length + scope.operators.length === 0) return [];
  const { rows } = await sql<{ product_no: string; case_no: string | null; state: string | null }>`
    select product_no, case_no, state
    from product
    left join lateral (
      select case_no, state from product_version as version
      where version.product_no = product.product_no and state in ('listed', 'released', 'suspended')
    ) as version on true
    where jurisdiction = ${jurisdiction}
      and (
        (${scope.all}::boolean or operator = any(${scope.operators}::text[])) and case_no is not null
        or product_no = any(${scope.products}::text[])
      )
    order by product_no, case_no`.execute(trx);
  const reached: Reached[] = [];
  for (const { product_no, case_no: caseNo, state } of rows) {
    if (caseNo === null) {
      reached.push(missing('product', product_no, 'notListed'));
      continue;
    }
    const row = { order_id: order, ground: told.ground, terminates: false };
    await holdCase(trx, { jurisdiction, kind: 'product', caseNo }, row, { actor: disclosure, at });
    reached.push({ ...none, held: 1, rested: state === 'suspended' ? 0 : 1 });
  }
  const known = new Set(rows.map(({ product_no }) => product_no));
  const unknown = scope.products.filter((id) => !known.has(id));
  return [...reached, ...unknown.map((id) => missing('product', id, 'unknown'))];
};

/** A merchant's standing; its grants rest with it in the catalog, which hears of the standing (M1). */
const suspendMerchant = async (
  trx: Trx,
  told: ToldOrder,
  organisation: string,
): Promise<Reached | undefined> => {
  const { jurisdiction, at } = told;
  const row = await trx
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.standing === 'exited') return missing('body', organisation, 'exited');
  const merchant = { jurisdiction, organisation };
  const rests = await holdMerchant(trx as never, merchant, row.standing, told, at);
  return { ...none, held: 1, rested: rests ? 1 : 0 };
};

/** Agreements of an operator that run; grants under them rest with the mandate. */
const suspendAgreements = async (trx: Trx, told: ToldOrder, operator: string): Promise<Reached[]> => {
  const { jurisdiction, order, ground, terminates, at } = told;
  const rows = await trx
    .selectFrom('procedure')
    .select(['case_no', 'stage', 'start'])
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'operatingAgreement')
    .where('stage', 'in', ['inForce', 'suspended'])
    .where(sql<boolean>`start -> 'facts' ->> 'operator' = ${operator}`)
    .orderBy('case_no')
    .execute();
  const reached: Reached[] = [];
  for (const { case_no: caseNo, stage, start } of rows) {
    if (!terminates && !(start as unknown as AgreementStart).rules.suspendable) {
      reached.push(missing('agreement', caseNo, 'suspensionNotInPack'));
      continue;
    }
    const of = { jurisdiction, kind: 'agreement' as const, caseNo };
    await holdCase(trx, of, { order_id: order, ground, terminates }, { actor: disclosure, at });
    reached.push({ ...none, held: 1, rested: stage === 'suspended' ? 0 : 1 });
  }
  return reached;
};

const suspendBody = async (trx: Trx, told: ToldOrder, body: string): Promise<Reached[]> => {
  const { rows } = await sql<{ kind: string }>`
    select kind from party where jurisdiction = ${told.jurisdiction} and id = ${body}`.execute(trx);
  const merchant = await suspendMerchant(trx, told, body);
  const agreements = await suspendAgreements(trx, told, body);
  const reached = [...(merchant ? [merchant] : []), ...agreements];
  if (reached.length > 0) return reached;
  const [party] = rows;
  if (!party) return [missing('body', body, 'unknown')];
  // Its supplies are the catalog's to suspend.
  return ['sourceDepartment', 'countyBureau', 'bureau'].includes(party.kind)
    ? []
    : [missing('body', body, 'nothingToSuspend')];
};

const suspend = async (trx: Trx, told: ToldOrder): Promise<Reached[]> => {
  const reached = await suspendProducts(trx, told);
  for (const body of told.scope.bodies) reached.push(...(await suspendBody(trx, told, body)));
  return reached;
};

const lift = async (trx: Trx, { order, ground, jurisdiction, at, rests }: ToldOrder): Promise<Reached[]> => {
  const held = await trx
    .updateTable('supply_order_hold')
    .set({ lifted_at: at })
    .where('order_id', '=', order)
    .where('lifted_at', 'is', null)
    .returning(['kind', 'thing'])
    .execute();
  const reached: Reached[] = [];
  for (const { kind, thing } of held.toSorted((a, b) => (a.thing < b.thing ? -1 : 1))) {
    if (kind !== 'merchant') {
      const act = { kind: 'restoreByOrder', order };
      await tellProcedure(trx, { jurisdiction, caseNo: thing, act }, disclosure, at);
      const left = await trx
        .selectFrom('supply_order_hold')
        .select('order_id')
        .where('kind', '=', kind)
        .where('thing', '=', thing)
        .where('lifted_at', 'is', null)
        .executeTakeFirst();
      reached.push({ ...none, held: 1, rested: left ? 0 : 1 });
      continue;
    }
    const merchant = { jurisdiction, organisation: thing };
    const row = await trx
      .selectFrom('merchant')
      .select('standing')
      .where('jurisdiction', '=', jurisdiction)
      .where('organisation', '=', thing)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const free =
      row.standing === 'suspended' &&
      !(await suspendedByHand(trx as never, merchant)) &&
      (await heldByOrders(trx as never, merchant)).length === 0;
    reached.push({ ...none, held: 1, rested: free ? 1 : 0 });
    if (free)
      await changeStandingWithin(trx as never, 'restored', {
        ...{ merchant, rests, at, actor: disclosure },
        reasons: [{ code: ground, text: `见 ${order}` }],
      });
  }
  return reached;
};

/** Told twice, it changes nothing; an order told after its lifting holds nothing. */
export const obeyOrder = async (
  anyTrx: Transaction<any>,
  move: OrderMove,
  told: ToldOrder,
): Promise<void> => {
  const trx = anyTrx as Trx;
  const todo = await keepOrder(trx, move, told);
  if (!todo) return;
  const reached = todo === 'suspend' ? await suspend(trx, told) : await lift(trx, told);
  const sum = (key: 'held' | 'rested') => reached.reduce((all, one) => all + one[key], 0);
  const { order, jurisdiction, at } = told;
  await record(trx, 'registry', {
    ...{ key: `${order}/registry/${move}`, type: 'listOrder.obeyed.v1', subject: order },
    ...{ jurisdiction, at, actor: disclosure },
    data: {
      ...{ order, move, at: toInstantText(at.getTime()), held: sum('held'), rested: sum('rested') },
      missed: reached.flatMap(({ missed }) => missed).slice(0, 500),
    },
  });
};
