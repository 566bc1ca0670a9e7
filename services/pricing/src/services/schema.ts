import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { ChargeUnit, serviceFeeKinds } from '@gongshu/shared/packs/topics/pricing';
import { decimalText, Fen, Quantity, quantityOf, Rate, rateOf } from '@gongshu/shared/pricing/money';
import { z } from 'zod';
import { CostNo, OperatorId } from '../costs/schema.ts';
import { orderStates } from './tables.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const numbered = (prefix: string) => z.string().regex(new RegExp(`^${prefix}-${uuid}$`));
export const FeeNo = numbered('FW');
export const OrderNo = numbered('DD');
export const ChargeNo = numbered('SF');
const Day = z.iso.date().regex(/^20\d\d-/, '2000–2099');
const Instant = z.iso.datetime({ offset: true });
export const ItemCode = z
  .string()
  .regex(/^[a-zA-Z0-9][\w.-]{0,39}$/)
  .describe('The item’s code on the operator’s list');
/** More than nothing, in the item’s unit; kept as its shortest decimal. Asked only of what is a quantity at all. */
const Amount = Quantity.pipe(
  z
    .union([z.string(), z.number()])
    .refine((given) => quantityOf(given).n > 0n, '须大于零 · more than nought')
    .transform((given) => decimalText(quantityOf(given))),
);

/** Of a whole: above nought, 1 at most. */
const Part = Rate.pipe(
  z
    .union([z.string(), z.number()])
    .refine(
      (given) => rateOf(given).n > 0n && rateOf(given).n <= rateOf(given).d,
      '须大于 0 且不大于 1 · above 0, 1 at most',
    )
    .transform((given) => decimalText(rateOf(given))),
);

export const FeeGiven = z.strictObject({
  item: ItemCode,
  title: line(200),
  kind: z.enum(serviceFeeKinds),
  unit: ChargeUnit,
  basis: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('stated'), fen: Fen, document: DocumentHash }),
      z.strictObject({
        kind: z.literal('ledger'),
        costs: z.array(CostNo).min(1).max(500),
        units: Amount.describe('Units of service that these costs make'),
        share: Part.default('1').describe(
          'Of these costs, the part this service carries; with other services 1 at most',
        ),
      }),
    ])
    .describe(
      'Cost of a unit: items of the cost ledger over units; a figure with its paper until a year was reported',
    ),
  margin: Rate.transform((given) => decimalText(rateOf(given))).describe('On the cost, shown on the list'),
  from: Day.describe('Its first day, after the day it is published'),
});
export type FeeGiven = z.output<typeof FeeGiven>;

const Basis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stated'), fen: z.int(), document: z.string() }),
  z.object({
    kind: z.literal('ledger'),
    costs: z.array(z.string()),
    sumFen: z.int(),
    units: z.string(),
    share: z.string().optional(),
  }),
]);
/** A price as anybody reads it. */
export const FeeView = z
  .object({
    fee: z.string(),
    jurisdiction: z.string(),
    operator: z.string(),
    item: z.string(),
    version: z.int(),
    title: z.string(),
    kind: z.enum(serviceFeeKinds),
    unit: ChargeUnit,
    costFen: z.int(),
    margin: z.string(),
    marginFen: z.int(),
    fen: z.int().describe('A unit, the same for every merchant'),
    from: z.string(),
    withdrawn: z.boolean().describe('From its first day on the item is no longer offered'),
    basis: z.enum(['stated', 'ledger']),
    publishedAt: Instant,
  })
  .meta({ id: 'ServiceFee' });
export type FeeView = z.output<typeof FeeView>;
export const FeeDetail = FeeView.extend({ costBasis: Basis }).meta({ id: 'ServiceFeeWithBasis' });

/** Nothing may be made to depend on a service: what names a case as its condition is refused (M4). */
const condition = z.string().min(1).max(100).optional();
export const tying = {
  conditionOf: condition.describe('Always refused: no application depends on buying a service'),
  requiredFor: condition.describe('Always refused: no application depends on buying a service'),
};

export const OrderGiven = z.strictObject({
  operator: OperatorId,
  item: ItemCode,
  qty: Amount,
  note: z.string().trim().max(1_000).default(''),
  ...tying,
});
export type OrderGiven = z.output<typeof OrderGiven>;
export const OrderView = z
  .object({
    order: z.string(),
    operator: z.string(),
    merchant: z.string(),
    fee: z.string(),
    item: z.string(),
    unitFen: z.int().describe('The list’s on the day of the order'),
    qty: z.string(),
    note: z.string(),
    state: z.enum(orderStates),
    placedOn: z.string(),
    placedAt: Instant,
    cancelledAt: Instant.nullable(),
  })
  .meta({ id: 'ServiceOrder' });
export type OrderView = z.output<typeof OrderView>;

export const ChargeGiven = z.strictObject({
  charge: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,59}$/u)
    .describe('The operator’s own number of the charge: counted once'),
  order: OrderNo,
  item: ItemCode,
  unitFen: Fen.describe('Must be the list’s'),
  qty: Amount,
  chargedOn: Day,
  ...tying,
});
export type ChargeGiven = z.output<typeof ChargeGiven>;
export const ChargeView = z
  .object({
    id: z.string(),
    charge: z.string(),
    operator: z.string(),
    merchant: z.string(),
    order: z.string(),
    fee: z.string(),
    item: z.string(),
    qty: z.string(),
    unitFen: z.int(),
    fen: z.int(),
    income: z.string(),
    chargedOn: z.string(),
    recordedAt: Instant,
  })
  .meta({ id: 'ServiceCharge' });
export type ChargeView = z.output<typeof ChargeView>;
export { Day };
