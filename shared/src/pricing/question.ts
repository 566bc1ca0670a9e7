/** A whole period of prices as it is asked about without saving it (F1–F6). */
import { z } from 'zod';
import { AllocationKey, chargeUnits, CustomerClass, SharingParty } from '../packs/topics/pricing.ts';
import { ProductPurpose } from '../packs/topics/product-egress.ts';
import { checkReferences } from './references.ts';
import { Fen, isShare, Quantity, Rate, RateOrPercent, Weight } from './money.ts';

/** Ids as the caller knows them. */
const Id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:()（）-]{0,79}$/u);
const weights = z.record(Id, Weight);

/** A part of a whole: nothing is taken off, or due, beyond all of it. */
const Share = Rate.refine((given) => isShare(given), {
  params: { code: 'rateOverOne' },
  error: '不得大于 1 · at most 1',
});

const CostAsked = z.strictObject({
  id: Id,
  kind: Id.describe('A kind that is not among those that count is refused in the answer'),
  product: Id.nullable().default(null).describe('Null, or `shared`: cost that several products share'),
  fen: Fen,
  related: z.boolean().describe('Whether it arises from the authorised operation'),
});
const ProductAsked = z.strictObject({
  id: Id,
  unit: z.enum([...chargeUnits, 'volume']).describe('`volume` is counted in megabytes'),
  ceilingFen: Fen.nullable().describe('A unit; null: no ceiling yet, so no tariff either'),
  expectedQty: Quantity.default(0),
});
const TariffAsked = z.strictObject({
  product: Id,
  class: CustomerClass,
  purpose: ProductPurpose,
  fen: Fen.describe('A unit, before the discount'),
  discount: Share.default('0').describe('The part taken off: 0.2 is 20 per cent off'),
});
const UsageAsked = z.strictObject({
  id: Id,
  product: Id,
  qty: Quantity,
  merchant: Id,
  class: CustomerClass,
  purpose: ProductPurpose,
});
const SharingAsked = z.strictObject({
  resourceFeeRate: Share.describe('Of all revenue, to the treasury'),
  poolFen: Fen.nullish().describe('What is split; left out: the surplus'),
  factors: z
    .union([weights, z.array(Weight).max(200)])
    .describe('Contribution factors by party, or in the order of the parties'),
  parties: z
    .array(z.union([Id, z.strictObject({ id: Id, kind: SharingParty.optional() })]))
    .min(1)
    .max(200)
    .describe('In the order of the agreement, which settles ties'),
});

export const WhatIfQuestion = z
  .strictObject({
    jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
    costKinds: z
      .array(Id)
      .min(1)
      .max(100)
      .optional()
      .describe('Kinds of cost that count here; left out: the pack’s'),
    costs: z.array(CostAsked).max(10_000),
    subsidyFen: Fen.default(0),
    allocationKey: z
      .union([AllocationKey.exclude(['weights']), z.strictObject({ weights }), weights])
      .default('equal')
      .describe('How shared cost is laid on the products; or weights by product'),
    bondYield: RateOrPercent.describe('Ten-year government bond yield: 0.0185, or as text 1.85%'),
    points: Rate.describe('Percentage points added to it: 6 is 0.06'),
    tax: z
      .discriminatedUnion('mode', [
        z.strictObject({ mode: z.literal('amount'), fen: Fen }),
        z.strictObject({ mode: z.literal('rate'), rate: Rate }),
      ])
      .default({ mode: 'amount', fen: 0 })
      .describe('A rate is of net cost and permitted profit together'),
    previousExcessFen: Fen.default(0).describe(
      'What the periods before took over their caps, not yet deducted',
    ),
    products: z.array(ProductAsked).max(10_000),
    tariffs: z.array(TariffAsked).max(50_000).default([]),
    usage: z.array(UsageAsked).max(100_000).default([]),
    sharing: SharingAsked.optional(),
  })
  .superRefine(checkReferences)
  .meta({ id: 'PricingWhatIfQuestion' });
export type WhatIfQuestion = z.infer<typeof WhatIfQuestion>;
