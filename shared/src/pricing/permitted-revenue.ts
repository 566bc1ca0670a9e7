/** The highest revenue an operator may have in a year (最高准许收入, F2; 65号), open into its parts. All in fen. */
import { compare, type Fraction, fraction, plus, times } from '../exact.ts';
import { type NetCost, netCost } from './cost.ts';
import type { PricingLaw, Reason } from './law.ts';
import { type ExactText, atLeastZero, ceilTimes, floorTimes, lesser, rateOf } from './money.ts';

/** From here on a bare number was surely meant as per cent: no ten-year bond has ever yielded three tenths. */
const implausible = fraction(3n, 10n);
const hundredth = fraction(1n, 100n);
const one = fraction(1n);

/**
 * The permitted rate of profit: ten-year bond yield (a rate, or a text with `%`) plus percentage points, at most the
 * pack's. @returns every reason why not, with pointers `/bondYield`, `/points`.
 */
export const permittedRate = (
  { bondYield, points }: { bondYield: ExactText; points: ExactText },
  law: Pick<PricingLaw, 'maximumPoints'>,
): { rate: Fraction } | { reasons: [Reason, ...Reason[]] } => {
  const [yielded, added] = [rateOf(bondYield), rateOf(points)];
  const reasons: Reason[] = [];
  if (compare(yielded, implausible) >= 0)
    reasons.push({ code: 'bondYieldImplausible', at: '/bondYield', article: law.maximumPoints.article });
  if (compare(added, rateOf(law.maximumPoints.value)) > 0)
    reasons.push({ code: 'pointsOverMaximum', at: '/points', article: law.maximumPoints.article });
  const [first, ...more] = reasons;
  return first ? { reasons: [first, ...more] } : { rate: plus(yielded, times(added, hundredth)) };
};

/** An amount, or a rate of net cost and permitted profit together. */
export type Tax = { mode: 'amount'; fen: bigint } | { mode: 'rate'; rate: Fraction };

/**
 * `taxDue` is what the tax takes off a surplus: a tax by rate is rounded up there, so that no surplus holds a part of it.
 * `net` + `profit` + `tax` = `capBefore`; `capBefore` − `consumed` = `permitted`; `consumed` + `carriedOn` =
 * `previousExcess`.
 */
export type PermittedRevenue = NetCost & {
  subsidy: bigint;
  rate: Fraction;
  profit: bigint;
  tax: bigint;
  taxDue: bigint;
  capBefore: bigint;
  previousExcess: bigint;
  consumed: bigint;
  carriedOn: bigint;
  permitted: bigint;
};

/**
 * Cost net of subsidy, permitted profit on it, and tax, rounded down to the fen once; less what the period before took
 * too much. An excess larger than the cap is carried on, never lost and never taken twice. Of the parts, profit is
 * rounded down and a tax by rate is the rest, so that they add up to the cap.
 */
export const permittedRevenue = (given: {
  accepted: bigint;
  subsidy: bigint;
  rate: Fraction;
  tax: Tax;
  previousExcess: bigint;
}): PermittedRevenue => {
  const { accepted, subsidy, rate, tax, previousExcess } = given;
  const cost = netCost(accepted, subsidy);
  const withProfit = plus(one, rate);
  const profit = floorTimes(cost.net, withProfit) - cost.net;
  const capBefore =
    tax.mode === 'rate'
      ? floorTimes(cost.net, times(withProfit, plus(one, tax.rate)))
      : cost.net + profit + tax.fen;
  const taxDue = tax.mode === 'rate' ? ceilTimes(cost.net, times(withProfit, tax.rate)) : tax.fen;
  const consumed = lesser(previousExcess, capBefore);
  return {
    ...{ ...cost, subsidy, rate, profit, tax: capBefore - cost.net - profit, taxDue, capBefore },
    ...{ previousExcess, consumed, carriedOn: atLeastZero(previousExcess - capBefore) },
    permitted: capBefore - consumed,
  };
};
