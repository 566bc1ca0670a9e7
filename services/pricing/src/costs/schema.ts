import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { AllocationKey, CostKind } from '@gongshu/shared/packs/topics/pricing';
import { Fen, Weight } from '@gongshu/shared/pricing/money';
import { z } from 'zod';
import { auditOutcomes, costReportStates } from './tables.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const numbered = (prefix: string) => z.string().regex(new RegExp(`^${prefix}-${uuid}$`));
export const CostNo = numbered('FY');
export const SubsidyNo = numbered('BT');
export const CostReportNo = numbered('CR');
export const ProductNo = z.string().regex(/^[\w-]{1,60}$/);
export const OperatorId = z.string().regex(/^[\x21-\x7e]{1,100}$/);
export const Year = z.coerce.number().int().min(2000).max(2100);
const YearGiven = z.int().min(2000).max(2100);
/** A day that a cost may have arisen on, Asia/Shanghai. */
export const CostDay = z.iso.date().regex(/^20\d\d-/, '2000–2099');
export const Voucher = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,59}$/u)
  .describe('凭证号 · the operator’s own voucher number');
export const Ground = z.string().trim().min(1).max(1_000);
const Instant = z.iso.datetime({ offset: true });

export const CostGiven = z
  .strictObject({
    year: YearGiven.optional(),
    incurredOn: CostDay.optional().describe('A day within the year; either will do'),
    kind: z
      .string()
      .regex(/^[a-zA-Z]{1,40}$/)
      .describe('One of the kinds that count here'),
    product: ProductNo.nullable().default(null).describe('Null: several products share it'),
    fen: Fen,
    related: z.boolean().describe('Whether it arises from the authorised operation; the ground says how'),
    ground: Ground,
    document: DocumentHash.optional(),
    voucher: Voucher.optional(),
  })
  .refine(({ year, incurredOn }) => year !== undefined || incurredOn !== undefined, {
    path: ['year'],
    message: '年度或发生日期须填一项 · give the year, or the day',
  });
export type CostGiven = z.output<typeof CostGiven>;

export const Adjustment = z
  .object({
    adjustment: z.string(),
    version: z.int(),
    fen: z.int(),
    beforeFen: z.int(),
    ground: z.string(),
    document: z.string(),
    organisation: z.string(),
    recordedAt: Instant,
  })
  .meta({ id: 'CostAdjustment' });
export const CostView = z
  .object({
    cost: z.string(),
    operator: z.string(),
    year: z.int(),
    incurredOn: z.string().nullable(),
    kind: z.string(),
    product: z.string().nullable(),
    fen: z.int().describe('As it was entered'),
    countedFen: z.int().describe('What counts: the adjusted figure; nought once reversed, and of a reversal'),
    ground: z.string(),
    document: z.string().nullable(),
    voucher: z.string().nullable(),
    import: z.string().nullable(),
    reverses: z.string().nullable(),
    reversedBy: z.string().nullable(),
    recordedAt: Instant,
  })
  .meta({ id: 'Cost' });
export type CostView = z.output<typeof CostView>;
export const CostDetail = CostView.extend({ adjustments: z.array(Adjustment) }).meta({ id: 'CostDetail' });

export const Totals = z
  .object({
    operator: z.string(),
    year: z.int(),
    closedBy: z.string().nullable().describe('The report that closed the year'),
    items: z.int(),
    acceptedFen: z.int(),
    subsidyFen: z.int(),
    usedSubsidyFen: z.int(),
    leftSubsidyFen: z.int(),
    netFen: z.int(),
    byKind: z.array(z.object({ kind: z.string(), items: z.int(), fen: z.int() })),
    byProduct: z.array(z.object({ product: z.string().nullable(), items: z.int(), fen: z.int() })),
  })
  .meta({ id: 'CostTotals' });

export const SubsidyGiven = z.strictObject({
  year: YearGiven,
  fen: Fen.min(1),
  ground: Ground.describe('来源和依据 · who gave it, and under what'),
  document: DocumentHash.optional(),
});
export type SubsidyGiven = z.output<typeof SubsidyGiven>;
export const SubsidyView = z
  .object({
    subsidy: z.string(),
    operator: z.string(),
    year: z.int(),
    fen: z.int(),
    countedFen: z.int(),
    ground: z.string(),
    document: z.string().nullable(),
    reverses: z.string().nullable(),
    reversedBy: z.string().nullable(),
    recordedAt: Instant,
  })
  .meta({ id: 'Subsidy' });
export type SubsidyView = z.output<typeof SubsidyView>;

/** Keys whose weights the ledger gives itself. */
export const ownWeights = ['equal', 'directCost'] as const;
export const AllocationKeyGiven = z
  .strictObject({
    year: YearGiven,
    key: AllocationKey,
    products: z
      .array(ProductNo)
      .min(1)
      .max(1_000)
      .optional()
      .describe('For `equal` and `directCost`: the products that share, in the order that settles ties'),
    weights: z
      .array(z.strictObject({ product: ProductNo, weight: Weight.transform(String) }))
      .min(1)
      .max(1_000)
      .optional()
      .describe('For every other key: each product’s figure, as it was measured or agreed'),
    ground: Ground,
  })
  .superRefine(({ key, products, weights }, context) => {
    const own = (ownWeights as readonly string[]).includes(key);
    const [needed, other] = own ? (['products', 'weights'] as const) : (['weights', 'products'] as const);
    const given = { products, weights };
    if (given[needed] === undefined)
      context.addIssue({ code: 'custom', path: [needed], message: '此项必填 · this key needs it' });
    if (given[other] !== undefined)
      context.addIssue({ code: 'custom', path: [other], message: '此项不填 · this key takes none' });
    const named = products ?? weights?.map(({ product }) => product) ?? [];
    if (new Set(named).size !== named.length)
      context.addIssue({ code: 'custom', path: [needed], message: '产品重复 · a product stands twice' });
    if (weights?.every(({ weight }) => Number(weight) === 0))
      context.addIssue({ code: 'custom', path: ['weights'], message: '权重全为零 · all weights are nought' });
  });
export type AllocationKeyGiven = z.output<typeof AllocationKeyGiven>;
export const AllocationKeyView = z
  .object({
    allocationKey: z.string(),
    operator: z.string(),
    year: z.int(),
    version: z.int().describe('The newest counts'),
    key: AllocationKey,
    weights: z
      .array(z.object({ product: z.string(), weight: z.string().nullable() }))
      .describe('Null: each product’s own cost, off the ledger'),
    ground: z.string(),
    statedAt: Instant,
  })
  .meta({ id: 'AllocationKeyStated' });
export const AllocationView = z
  .object({
    id: z.string(),
    key: AllocationKey,
    weights: z.array(z.object({ product: z.string(), weight: z.string() })),
    sharedFen: z.int(),
    products: z.array(
      z.object({ product: z.string(), directFen: z.int(), sharedFen: z.int(), totalFen: z.int() }),
    ),
  })
  .meta({ id: 'CostAllocation' });

const Figures = Totals.omit({ operator: true, year: true, closedBy: true });
export const CostReportView = z
  .object({
    report: z.string(),
    operator: z.string(),
    year: z.int(),
    version: z.int(),
    state: z.enum(costReportStates),
    hash: z.string().describe('SHA-256 over `content` as canonical JSON (RFC 8785)'),
    recipient: z.string(),
    dueOn: z.string(),
    late: z.boolean(),
    filedAt: Instant,
    answeredAt: Instant.nullable(),
    reasons: z.array(Reason),
    audit: z.object({ outcome: z.enum(auditOutcomes), document: z.string(), recordedAt: Instant }).nullable(),
  })
  .meta({ id: 'CostReport' });
export type CostReportView = z.output<typeof CostReportView>;
export const CostReportDetail = CostReportView.extend({
  content: Figures.extend({
    form: z.string(),
    jurisdiction: z.string(),
    operator: z.string(),
    year: z.int(),
    adjustedItems: z.int(),
    allocation: AllocationView.nullable(),
  }).describe('As it was filed; each figure opens into items under /items'),
  now: Figures.describe('The same figures with what audits have adjusted since'),
}).meta({ id: 'CostReportDetail' });
export { CostKind };
