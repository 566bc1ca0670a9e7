/** A whole period of prices computed without saving it, by the functions that the saved routes and workflows call. */
import { fraction } from '../exact.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import type { Refusal } from '../refusal.ts';
import type { WhatIfAnswer } from './answer.ts';
import { type Bill, billsOf } from './bills.ts';
import { allocateShared } from './cost.ts';
import { forecast } from './forecast.ts';
import { pricingLaw, type Reason, refusalOf, refused } from './law.ts';
import { decimalText, quantityOf, rateOf, toFen } from './money.ts';
import { counted, judgedCosts, judgedTariffs, sharers, weightsBy } from './period.ts';
import { type PermittedRevenue, permittedRate, permittedRevenue, type Tax } from './permitted-revenue.ts';
import type { WhatIfQuestion } from './question.ts';
import { createRater } from './rating.ts';
import { refusedWhenSaved } from './refused-when-saved.ts';
import { poolsExcess, positionOf, settle, sharePool } from './settlement.ts';

const inFen = (amounts: ReadonlyMap<string, bigint>): Record<string, number> =>
  Object.fromEntries([...amounts].map(([id, amount]) => [id, toFen(amount)]));

const taxOf = ({ tax }: WhatIfQuestion): Tax =>
  tax.mode === 'rate' ? { mode: 'rate', rate: rateOf(tax.rate) } : { mode: 'amount', fen: BigInt(tax.fen) };

const revenueParts = (cap: PermittedRevenue): WhatIfAnswer['permittedRevenueParts'] => ({
  acceptedFen: toFen(cap.accepted),
  subsidyFen: toFen(cap.subsidy),
  leftSubsidyFen: toFen(cap.leftSubsidy),
  netCostFen: toFen(cap.net),
  rate: decimalText(cap.rate),
  profitFen: toFen(cap.profit),
  taxFen: toFen(cap.tax),
  capBeforeFen: toFen(cap.capBefore),
  previousExcessFen: toFen(cap.previousExcess),
  consumedFen: toFen(cap.consumed),
  carriedOnFen: toFen(cap.carriedOn),
});

const billWritten = ({ merchant, lines, total }: Bill): WhatIfAnswer['bills'][number] => ({
  merchant,
  lines: lines.map(({ fen, unitFen, ...line }) => ({
    ...line,
    unitFen: unitFen === null ? null : toFen(unitFen),
    fen: toFen(fen),
  })),
  totalFen: toFen(total),
});

/**
 * Computes a period. What the law refuses of costs, tariffs and usage is in the answer, each with its place and
 * article, and the rest is computed without it.
 * @throws Problem (422) with pointers from `/body` where nothing can be computed: points over the maximum, a bond yield
 * that was meant in per cent, a key or factors that are all nought, a sum beyond 2^53 − 1 fen.
 */
export const whatIf = (question: WhatIfQuestion, pack: ResolvedPack): WhatIfAnswer => {
  const law = pricingLaw(pack);
  const judgedRate = permittedRate(question, law);
  if ('reasons' in judgedRate) throw refused(judgedRate.reasons);
  const costs = judgedCosts(question, law);
  const cap = permittedRevenue({
    accepted: costs.all,
    subsidy: BigInt(question.subsidyFen),
    rate: judgedRate.rate,
    tax: taxOf(question),
    previousExcess: BigInt(question.previousExcessFen),
  });
  const expected = forecast(
    question.products.map(({ id, ceilingFen, expectedQty }) => ({
      ...{ id, ceiling: ceilingFen === null ? null : BigInt(ceilingFen), expected: quantityOf(expectedQty) },
    })),
    cap.permitted,
  );
  const { products, results, standing } = judgedTariffs(question, law);
  const { taken, differing } = counted(question.usage);
  const { bills, unrated, revenue } = billsOf(
    taken,
    createRater(
      standing.map(({ tariff }) => tariff),
      products,
      law,
    ),
  );
  const laid = allocateShared(
    costs.shared,
    weightsBy(question, { direct: costs.direct, usage: taken, lines: bills.flatMap(({ lines }) => lines) }),
  );
  if (!(laid instanceof Map)) throw refused([laid]);
  const { sharing } = question;
  const fee = sharing ? rateOf(sharing.resourceFeeRate) : fraction(0n);
  const settled = settle(revenue, cap, fee, poolsExcess(law));
  const pool = sharing?.poolFen == null ? settled.pool : BigInt(sharing.poolFen);
  const shared = sharing ? sharePool(pool, sharers(sharing), law) : { shares: [] };
  if ('reasons' in shared) throw refused(shared.reasons, '/body/sharing');
  const { to, conflict } = law.excess.value;
  const position = positionOf(revenue, cap.permitted, law);
  const places = new Map(question.usage.map(({ id }, at) => [id, at]).toReversed() as [string, number][]);
  const unratedAs = (id: string, code: Reason['code']): Refusal & { id: string } => ({
    id,
    ...refusalOf({ code, at: '', article: law.tariffs.article }, `/usage/${places.get(id)}`),
  });

  return {
    jurisdiction: question.jurisdiction,
    packVersion: pack.version,
    refusedCosts: costs.refusedCosts,
    costKindsOutsidePack: costs.costKindsOutsidePack,
    permittedRevenue: toFen(cap.permitted),
    permittedRate: decimalText(cap.rate),
    permittedRevenueParts: revenueParts(cap),
    forecastFen: toFen(expected.fen),
    forecastOverCap: expected.overCap,
    forecastParts: expected.parts,
    tariffResults: results,
    bills: bills.map(billWritten),
    unrated: unrated.map(({ usage, code }) => unratedAs(usage.id, code)),
    refusedUsage: differing,
    refusedWhenSaved: refusedWhenSaved(standing, question.usage, products, law),
    revenueFen: toFen(revenue),
    position: {
      leftFen: toFen(position.left),
      warned: position.warned,
      over: position.over,
      from: law.earlyWarning.value,
    },
    excessFen: toFen(settled.excess),
    carriedToNextPeriodFen: toFen(settled.carriedToNext),
    excessRule: { to, conflict, article: law.excess.article },
    sharedCostFen: toFen(costs.shared),
    sharedCostByProduct: inFen(laid),
    directCostByProduct: inFen(costs.direct),
    resourceFeeFen: toFen(settled.resourceFee),
    surplusFen: toFen(settled.surplus),
    surplusParts: {
      withinCapFen: toFen(settled.withinCap),
      netCostFen: toFen(cap.net),
      resourceFeeFen: toFen(settled.resourceFee),
      taxFen: toFen(cap.taxDue),
      surplusFen: toFen(settled.surplus),
    },
    poolFen: toFen(pool),
    poolOverSurplus: pool > settled.pool,
    shares: shared.shares.map(({ party, fen }) => ({ party, fen: toFen(fen) })),
  };
};
