import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, None, WorkingDays, YearDay, listBy, listOf, only } from '../values.ts';
import { ProductPurpose } from './product-egress.ts';

/** What an operator's cost is for (F4): each text names its own kinds, nothing else counts. */
export const CostKind = z.enum([
  'platformBuild',
  'platformUpkeep',
  'dataAcquisition',
  'transfer',
  'aggregation',
  'storage',
  'governance',
  'processing',
  'labour',
  'security',
  'serviceSystem',
  'productDevelopment',
  'management',
]);
export type CostKind = z.infer<typeof CostKind>;

export const IncomeKind = z.enum([
  'operationFees',
  'productSales',
  'dataServices',
  'dataTrading',
  'merchantServices',
]);
export type IncomeKind = z.infer<typeof IncomeKind>;

/** What a charge is counted by (按次、按量、按时长): an item, a call, an hour, a volume in megabytes. */
export const chargeUnits = ['item', 'call', 'hour', 'megabyte'] as const;
export const ChargeUnit = z.enum(chargeUnits);
export type ChargeUnit = z.infer<typeof ChargeUnit>;

/** How the cost of several products is laid on each. */
export const allocationKeys = [
  'equal',
  'directCost',
  'expectedQuantity',
  'usage',
  'revenue',
  'weights',
] as const;
export const AllocationKey = z.enum(allocationKeys);
export type AllocationKey = z.infer<typeof AllocationKey>;

/** To whom an operator's tariff may differ. */
export const customerClasses = ['general', 'smallFirm', 'welfare', 'government'] as const;
export const CustomerClass = z.enum(customerClasses);
export type CustomerClass = z.infer<typeof CustomerClass>;

export const serviceFeeKinds = ['processing', 'computing', 'complianceSupport'] as const;
export const ServiceFeeKind = z.enum(serviceFeeKinds);
export type ServiceFeeKind = z.infer<typeof ServiceFeeKind>;

export const sharingParties = [
  'government',
  'operator',
  'sourceDepartment',
  'partner',
  'publicGood',
] as const;
export const SharingParty = z.enum(sharingParties);
export type SharingParty = z.infer<typeof SharingParty>;

/** A rate as an exact decimal: `0.06` is six per cent. Never a JSON number: those are binary fractions. */
export const DecimalRate = z
  .string()
  .regex(/^(0|[1-9]\d{0,3})(\.\d{1,12})?$/, 'an exact decimal, such as 0.06');
/** The last step makes a permitted revenue stand. */
export const revenueSteps = ['review', 'determination', 'approval'] as const;
export const RevenueStep = z.enum(revenueSteps);
export type RevenueStep = z.infer<typeof RevenueStep>;
const order = (step: RevenueStep): number => revenueSteps.indexOf(step);

/** Cost, permitted revenue, ceilings, tariffs, service fees, sharing, assets. Rows F1–F7; 65号 where it speaks. */
export const pricing = topic({
  /** Purposes a product is free for, whatever its class and customer; the "always" rests on 65号. */
  freePurposes: {
    row: 'F1',
    value: z.strictObject({
      purposes: listOf(ProductPurpose),
      unless: z.union([None, z.literal('conditions')]),
    }),
  },
  /** What may be charged for. */
  chargedPurposes: { within: 'F1', value: listOf(ProductPurpose) },
  /** Customers and scenarios that a text favours; how far at least is `leastDiscount`. */
  discounts: { within: 'F1', value: z.union([None, listOf(CustomerClass)]) },
  leastDiscount: { value: DecimalRate },

  costKinds: { row: 'F4', value: listOf(CostKind) },
  incomeKinds: { within: 'F4', value: listOf(IncomeKind) },
  unrelatedCost: { within: 'F4', value: z.literal('refused') },
  costReport: {
    within: 'F4',
    value: z.strictObject({ to: Body, audit: z.union([None, z.literal('thirdParty')]) }),
  },
  /** By when the report for a year is filed, in the year after it. */
  costReportDue: { within: 'F4', value: YearDay },
  /** The operator's yearly report on its business (65号). */
  businessReport: { within: 'F4', value: z.strictObject({ to: listOf(Body) }) },
  businessReportDue: { within: 'F4', value: YearDay },

  /** The way a permitted revenue takes; each step by a body, with those it decides together with. */
  revenueRoute: {
    row: 'F2',
    value: listBy(z.strictObject({ step: RevenueStep, by: Body, with: z.array(Body).max(3) }), 'step').refine(
      (route) => route.every(({ step }, at) => at === 0 || order(route[at - 1]!.step) < order(step)),
      'a route reviews, determines and approves in this order',
    ),
  },
  /** By when the permitted revenue of a year is to stand, in that year; each step has so long. */
  revenueDate: { within: 'F2', value: YearDay },
  revenueStepLimit: { value: WorkingDays },
  /** Highest addition to the ten-year bond yield, in percentage points (65号). */
  maximumPoints: { within: 'F2', value: DecimalRate },
  profitBase: only('costNetOfSubsidy'),
  rounding: { value: z.strictObject({ cap: z.literal('down'), discount: z.literal('perLine') }) },
  /** Without a full year of operation the tariffs are on trial. */
  trial: { within: 'F2', value: z.literal('firstYear') },
  /**
   * Revenue over the cap: taken from the next period's, or pooled. 65号 deducts it; a text that pools it names the
   * conflict, and the deduction goes first, unless the pack says that the pool does.
   */
  excess: {
    within: 'F2',
    value: z
      .strictObject({
        to: z.enum(['nextPeriod', 'pool']),
        conflict: z.string().min(1).max(200).nullable(),
        first: z.literal('pool').optional(),
      })
      .refine(({ to, conflict }) => (to === 'pool') === (conflict !== null), 'who pools names the conflict')
      .refine(({ to, first }) => first === undefined || to === 'pool', 'what is not pooled goes to no pool'),
  },
  /** What of the deduction is more than the next cap. */
  excessOverNextCap: only('carriedOn'),
  /** Warned from this share of the permitted revenue on. */
  earlyWarning: { value: DecimalRate },

  units: { within: 'F3', value: listOf(ChargeUnit) },
  ceilings: { row: 'F3', value: z.strictObject({ setBy: Body, reportedTo: Body }) },
  ceilingReportLimit: { value: WorkingDays },
  tariffs: {
    row: 'F3',
    value: z.strictObject({
      /** By product, customer and scenario, always at or under the ceiling. */
      differentiated: z.literal(true),
      filedWith: z.union([None, listOf(Body)]),
      published: z.literal(true),
    }),
  },
  /** From publication to the first day of a tariff. */
  tariffNotice: { value: WorkingDays },

  serviceFees: {
    row: 'F6',
    value: z.strictObject({
      kinds: listOf(ServiceFeeKind),
      sameForAll: z.literal(true),
      tying: z.literal('refused'),
    }),
  },
  serviceMargin: { within: 'F6', value: z.strictObject({ maximum: DecimalRate }) },
  /** Of which kind the revenue from service fees is. */
  serviceIncome: { within: 'F6', value: IncomeKind },

  resourceFee: { within: 'F5', value: z.strictObject({ to: z.literal('treasury') }) },
  resourceFeeBase: only('allRevenue'),
  sharing: {
    row: 'F5',
    value: z.strictObject({ parties: listOf(SharingParty), factors: z.literal('operatingAgreement') }),
  },
  /** Of these at least one has a part above nought; what it must be the agreement says. */
  publicShare: { within: 'F5', value: z.union([None, listOf(SharingParty)]) },
  sharingTies: only('agreementOrder'),
  settlementLimit: { value: WorkingDays },

  assets: { row: 'F7', value: z.strictObject({ marked: z.literal(true), exportedTo: Body }) },
});

/** Values of the topic `pricing`, as a resolved pack carries them. */
export type PricingRules = ValuesOf<typeof pricing>;
