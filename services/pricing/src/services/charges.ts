/** Charges for services: at the list's price, of what the merchant ordered, once by the operator's number (F6). */
import { randomUUID } from 'node:crypto';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { compare, fraction, plus } from '@gongshu/shared/exact';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { decimalText, floorTimes, quantityOf, toFen } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { tellPosition } from '@gongshu/infra/revenues/position';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import { feeOn, findFee } from './fees.ts';
import { mustNotTie, serviceChange } from './law.ts';
import { mustBeListed, toldOf } from './orders.ts';
import type { ChargeGiven } from './schema.ts';
import type { ChargeRow, OrderRow, ServiceDb, ServiceTrx } from './tables.ts';

const isSame = (row: ChargeRow, given: ChargeGiven): boolean =>
  row.service_order === given.order &&
  row.item === given.item &&
  row.unit_fen === given.unitFen &&
  row.qty === given.qty &&
  row.charged_on === given.chargedOn;

/** Throws `serviceNotOrdered` (422) where the order is of another item, or less of it is left. */
const mustBeOrdered = async (trx: ServiceTrx, order: OrderRow, given: ChargeGiven): Promise<void> => {
  const charged = await trx
    .selectFrom('service_charge')
    .select('qty')
    .where('service_order', '=', order.id)
    .execute();
  const used = charged.reduce((sum, { qty }) => plus(sum, quantityOf(qty)), fraction(0n));
  const ordered = quantityOf(order.qty);
  const isLeft = compare(plus(used, quantityOf(given.qty)), ordered) <= 0;
  if (order.item === given.item && isLeft) return;
  const left = plus(ordered, { n: -used.n, d: used.d });
  throw problem('serviceNotOrdered', {
    params: { left: order.item === given.item ? decimalText(left) : '0' },
    errors: [
      {
        pointer: order.item === given.item ? '/body/qty' : '/body/item',
        code: 'serviceNotOrdered',
        message: { zh: '数商未订购', en: 'The merchant did not order it' },
      },
    ],
  });
};

/**
 * Revenue of a year whose figures are frozen would be held against no permitted revenue. Takes the lock that a settlement
 * is opened under. Throws `yearSettled` (409).
 */
const mustBeUnsettled = async (
  trx: ServiceTrx,
  list: { jurisdiction: string; operator: string },
  chargedOn: string,
): Promise<void> => {
  const own = trx as unknown as Parameters<typeof lockUsage>[0];
  await lockUsage(own, list);
  const settled = await own
    .selectFrom('settlement_result')
    .select('case_no')
    .where('jurisdiction', '=', list.jurisdiction)
    .where('operator', '=', list.operator)
    .where('year', '>=', Number(chargedOn.slice(0, 4)))
    .executeTakeFirst();
  if (settled) throw problem('yearSettled');
};

/**
 * Charges a merchant for what it ordered, at the price of the list on the day of the order. The same number with the
 * same content is counted once, `isNew` false. Throws `serviceTied`, `serviceFeeNotListed`, `serviceFeeDiffers` (422,
 * with the article), `serviceNotOrdered`, `serviceChargeDateWrong` (422), `serviceChargeDiffers`,
 * `serviceOrderStepNotReached`, `yearSettled` (409).
 */
export const chargeService = (
  db: ServiceDb,
  pack: ResolvedPack,
  { id, jurisdiction, operator }: OrderRow,
  given: ChargeGiven,
  acting: Acting,
): Promise<{ row: ChargeRow; isNew: boolean }> => {
  mustNotTie(pack, given);
  return db.transaction().execute(async (trx) => {
    const order = await trx
      .selectFrom('service_order')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const standing = await trx
      .selectFrom('service_charge')
      .selectAll()
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where('charge', '=', given.charge)
      .executeTakeFirst();
    if (standing && isSame(standing, given)) return { row: standing, isNew: false };
    if (standing) throw problem('serviceChargeDiffers');
    const list = { jurisdiction, operator };
    const fee =
      order.item === given.item
        ? await findFee(trx, order.fee)
        : await feeOn(trx, list, given.item, order.placed_on);
    mustBeListed(pricingLaw(pack), given.item, fee, BigInt(given.unitFen));
    if (order.state !== 'placed')
      throw problem('serviceOrderStepNotReached', { params: { state: order.state } });
    await mustBeOrdered(trx, order, given);
    const today = businessDateOf(acting.at.getTime());
    if (given.chargedOn < order.placed_on || given.chargedOn > today)
      throw problem('serviceChargeDateWrong', { params: { today } });
    await mustBeUnsettled(trx, list, given.chargedOn);
    const fen = toFen(floorTimes(BigInt(given.unitFen), quantityOf(given.qty)));
    const row = await trx
      .insertInto('service_charge')
      .values({
        ...{ id: `SF-${randomUUID()}`, ...list, charge: given.charge, merchant: order.merchant },
        ...{ service_order: order.id, fee: order.fee, item: order.item, qty: given.qty },
        ...{ unit_fen: given.unitFen, fen, income: ruleOf(pack, 'pricing', 'serviceIncome').value },
        ...{ charged_on: given.chargedOn, recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .onConflict((conflict) => conflict.columns(['jurisdiction', 'operator', 'charge']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('serviceChargeDiffers'); // another order took the number meanwhile
    const data = {
      ...toldOf(order),
      ...{ charge: row.id, qty: row.qty, unitFen: row.unit_fen, fen, chargedOn: row.charged_on },
      income: row.income,
    };
    const told = { type: 'serviceCharge.made.v1', subject: row.id, rule: 'serviceIncome', data } as const;
    await record(trx, 'pricing', serviceChange(pack, acting, told));
    await tellPosition(trx, pack, list, Number(given.chargedOn.slice(0, 4)), acting);
    return { row, isNew: true };
  });
};

export const findCharge = (db: ServiceDb, id: string): Promise<ChargeRow | undefined> =>
  db.selectFrom('service_charge').selectAll().where('id', '=', id).executeTakeFirst();
