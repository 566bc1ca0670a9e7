/** Metered use as it is given, by a list, a file or an event: exact, with nothing of a person in it (F1, F3). */
import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';
import { compare, fraction } from '../exact.ts';
import { OrganisationId } from '../organisation-id.ts';
import { ChargeUnit, CustomerClass } from '../packs/topics/pricing.ts';
import { ProductPurpose } from '../packs/topics/product-egress.ts';
import type { PricingLaw, Reason } from '../pricing/law.ts';
import { decimalText, Quantity, quantityOf } from '../pricing/money.ts';

/** The id a metering system gives a record: it counts once, however often it comes. */
export const UsageId = z.string().regex(/^[\w.:-]{1,80}$/);
/** A month of Asia/Shanghai, `2025-03`. */
export const Month = z.string().regex(/^(20\d{2}|21\d{2})-(0[1-9]|1[0-2])$/);
const most = fraction(1_000_000_000_000n);

/** One record. `scenario` is a code; `correction` says that its day lies in a month that was billed. */
export const UsageGiven = z.strictObject({
  id: UsageId,
  product: z.string().regex(/^[A-Z0-9-]{1,60}$/),
  unit: ChargeUnit,
  qty: Quantity.refine(
    (qty) => {
      try {
        const used = quantityOf(qty);
        return used.n > 0n && compare(used, most) <= 0;
      } catch {
        return true; // said by the form above
      }
    },
    { params: { code: 'quantityNotExact' }, error: '须大于 0，至多 10^12 · above 0, at most 10^12' },
  ),
  merchant: OrganisationId.describe('The body that used it'),
  class: CustomerClass,
  purpose: ProductPurpose,
  scenario: z
    .string()
    .regex(/^[\w.-]{1,80}$/)
    .nullable()
    .default(null)
    .describe('The code of the scenario, where tariffs differ by it'),
  usedOn: z.string().refine(isBusinessDate, { error: '须为真实日期 · a day that exists' }),
  correction: z
    .boolean()
    .default(false)
    .describe('True for use of a month that was billed: it is billed with the next period'),
});
export type UsageGiven = z.output<typeof UsageGiven>;
export type UsageRecord = Omit<UsageGiven, 'qty' | 'correction'> & { qty: string };

/** The record as it is kept: the quantity in its shortest exact form. */
export const keptUsage = ({ correction: _correction, qty, ...record }: UsageGiven): UsageRecord => ({
  ...record,
  qty: decimalText(quantityOf(qty)),
});

/** What a record is held against. `billedUntil`: the last day that was billed, null before the first bill. */
export type UsageContext = {
  today: string;
  billedUntil: string | null;
  products: { has(id: string): boolean };
  bodies: { has(id: string): boolean };
};

export type UsageReason =
  | Reason
  | { code: 'usageMerchantUnknown' | 'usageInFuture' | 'usagePeriodClosed'; at: string };

const whole: readonly ChargeUnit[] = ['item', 'call'];

/** Items and calls are used whole; hours and volume in any exact part. */
export const quantityIsWhole = (unit: ChargeUnit, qty: UsageGiven['qty']): boolean =>
  !whole.includes(unit) || quantityOf(qty).d === 1n;

/** Why a well-formed record doesn't count, the gravest first; undefined where it does. */
export const judgeUsage = (
  { product, unit, qty, merchant, usedOn, correction }: UsageGiven,
  { today, billedUntil, products, bodies }: UsageContext,
  law: Pick<PricingLaw, 'units' | 'ceilings'>,
): UsageReason | undefined => {
  if (!products.has(product)) return { code: 'notOnList', at: '/product', article: law.ceilings.article };
  if (!law.units.value.includes(unit))
    return { code: 'unitNotAllowed', at: '/unit', article: law.units.article };
  if (!quantityIsWhole(unit, qty))
    return { code: 'usageQtyNotWhole', at: '/qty', article: law.units.article };
  if (!bodies.has(merchant)) return { code: 'usageMerchantUnknown', at: '/merchant' };
  if (usedOn > today) return { code: 'usageInFuture', at: '/usedOn' };
  if (billedUntil !== null && usedOn <= billedUntil && !correction)
    return { code: 'usagePeriodClosed', at: '/usedOn' };
  return undefined;
};

/** The last day of a month. */
export const lastDayOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`;
};

/** The months of a year up to a day of it (the last, where none is given). */
export const monthsOf = (year: number, until = `${year}-12-31`): string[] =>
  Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`).filter(
    (month) => month <= until.slice(0, 7),
  );
