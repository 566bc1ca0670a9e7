/** What a period of prices comes to; every figure stands beside its parts. Amounts in whole fen. */
import { z } from 'zod';
import { CustomerClass } from '../packs/topics/pricing.ts';
import { ProductPurpose } from '../packs/topics/product-egress.ts';
import { ArticleOrReading, Refusal } from '../refusal.ts';

const fen = z.int();
const decimal = z.string().describe('An exact decimal');
const Placed = { product: z.string(), class: CustomerClass, purpose: ProductPurpose };

const refusedAs = {
  code: z.string(),
  article: ArticleOrReading.optional(),
  reasons: z.array(Refusal).min(1),
};

const RefusedCost = z.strictObject({ id: z.string(), ...refusedAs });
const TariffResult = z.union([
  z.strictObject({ accepted: z.literal(true), ...Placed }),
  z.strictObject({ accepted: z.literal(false), ...Placed, ...refusedAs }),
]);
const Bill = z.strictObject({
  merchant: z.string(),
  lines: z.array(
    z.strictObject({
      usage: z.string(),
      ...Placed,
      qty: decimal,
      unitFen: fen.nullable().describe('Null on a line that is free'),
      discount: decimal.nullable(),
      fen,
    }),
  ),
  totalFen: fen,
});
const NotCounted = z.strictObject({ id: z.string(), ...Refusal.shape });

const RevenueParts = z
  .strictObject({
    acceptedFen: fen,
    subsidyFen: fen,
    leftSubsidyFen: fen.describe('What the cost did not take up'),
    netCostFen: fen,
    rate: decimal,
    profitFen: fen,
    taxFen: fen,
    capBeforeFen: fen.describe('Net cost, profit and tax, rounded down once'),
    previousExcessFen: fen,
    consumedFen: fen,
    carriedOnFen: fen.describe('Of the previous excess, what the cap did not take up'),
  })
  .meta({ id: 'PermittedRevenueParts' });

const SurplusParts = z
  .strictObject({
    withinCapFen: fen,
    netCostFen: fen,
    resourceFeeFen: fen,
    taxFen: fen.describe('A tax by rate is rounded up here'),
    surplusFen: fen,
  })
  .meta({ id: 'SurplusParts' });

export const WhatIfAnswer = z
  .strictObject({
    jurisdiction: z.string(),
    packVersion: z.string(),
    refusedCosts: z.array(RefusedCost),
    costKindsOutsidePack: z.array(z.string()).describe('Kinds the question counts and the pack does not'),
    permittedRevenue: fen,
    permittedRate: decimal,
    permittedRevenueParts: RevenueParts,
    forecastFen: fen,
    forecastOverCap: z.boolean(),
    forecastParts: z.array(z.strictObject({ product: z.string(), exactFen: decimal })),
    tariffResults: z.array(TariffResult).describe('In the order of the question'),
    bills: z.array(Bill),
    unrated: z.array(NotCounted).describe('Use that no tariff applies to: not billed, not lost'),
    refusedUsage: z.array(NotCounted).describe('An id taken before with other content'),
    refusedWhenSaved: z
      .array(Refusal)
      .describe(
        'Computed here line by line, and refused by the routes that save: tariffs beside others, parts of a call',
      ),
    revenueFen: fen,
    position: z.strictObject({
      leftFen: fen,
      warned: z.boolean(),
      over: z.boolean(),
      from: decimal.describe('The share of the permitted revenue from which on it warns'),
    }),
    excessFen: fen,
    carriedToNextPeriodFen: fen,
    excessRule: z.strictObject({
      to: z.enum(['nextPeriod', 'pool']),
      conflict: z.string().nullable().describe('Between texts, and which goes first'),
      article: ArticleOrReading,
    }),
    sharedCostFen: fen,
    sharedCostByProduct: z.record(z.string(), fen),
    directCostByProduct: z.record(z.string(), fen),
    resourceFeeFen: fen,
    surplusFen: fen,
    surplusParts: SurplusParts,
    poolFen: fen,
    poolOverSurplus: z.boolean(),
    shares: z.array(z.strictObject({ party: z.string(), fen })),
  })
  .meta({ id: 'PricingWhatIfAnswer' });
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;
