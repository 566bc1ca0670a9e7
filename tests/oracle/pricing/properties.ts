/** Properties over random periods, by fast-check. Run by hold-laws.ts outside jest, whose globals are slow. */
import fc from 'fast-check';
import { askParsed, askText } from './ask.ts';
import { brokenLaws } from './laws.ts';
import { type Period, type View, freePurposes } from './period.ts';
import { drawing, randomPeriod, shuffled } from './random-periods.ts';

type Chain = { deducted: number; over: number; left: number };

/** Two to five periods one after the other: each takes the overrun that the one before it leaves. */
export const chained = (seed: number, asked: (period: Period) => View): Chain => {
  const draw = drawing(seed);
  const chain: Chain = { deducted: 0, over: 0, left: 0 };
  for (let i = draw.between(2, 5); i > 0; i -= 1) {
    const period = randomPeriod(draw.below(2 ** 31));
    const before = asked({ ...period, previousExcessFen: 0 }).permittedRevenue;
    const { permittedRevenue, excessFen, carriedToNextPeriodFen } = asked({
      ...period,
      previousExcessFen: chain.left,
    });
    chain.deducted += before - permittedRevenue;
    chain.over += excessFen;
    chain.left = carriedToNextPeriodFen;
  }
  return chain;
};
/** What was over a cap was deducted from a later one or is still to be: neither twice nor never. */
export const eachFenOnce = ({ deducted, over, left }: Chain): boolean =>
  over === deducted + left && left >= 0;

/** What may not change when costs, tariffs and usage come in another order. */
const inOrderOfNames = ({ tariffResults, ...view }: View, { tariffs }: Period): string =>
  JSON.stringify(
    {
      ...view,
      tariffs: tariffs
        .map(({ product, class: customer, purpose }, i) => [product, customer, purpose, tariffResults[i]])
        .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
      unrated: view.unrated.toSorted(),
    },
    (_key, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );

const inAnotherOrder = (seed: number): boolean => {
  const period = randomPeriod(seed);
  const again: Period = {
    ...period,
    costs: shuffled(period.costs, seed + 1),
    tariffs: shuffled(period.tariffs, seed + 2),
    usage: shuffled(period.usage, seed + 3),
  };
  return inOrderOfNames(askParsed(again), again) === inOrderOfNames(askParsed(period), period);
};

const withPartiesInAnotherOrder = (seed: number): boolean => {
  const period = randomPeriod(seed);
  const { sharing } = period;
  const again = { ...period, sharing: { ...sharing, parties: shuffled(sharing.parties, seed) } };
  const [one, other] = [askParsed(period).shares, askParsed(again).shares];
  return sharing.parties.every((party) => Math.abs((one[party] ?? 0) - (other[party] ?? 0)) <= 1);
};

/** A property of the period that a whole number gives, and how often it is asked. */
export type Property = { runs: number; holds: (seed: number) => boolean };

export const properties: Readonly<Record<string, Property>> = {
  'every law holds': {
    runs: 100_000,
    holds: (seed) => {
      const period = randomPeriod(seed);
      const broken = brokenLaws(period, askParsed(period));
      if (broken.length > 0) throw new Error(broken.join('; '));
      return true;
    },
  },
  'over periods one after the other each fen over the cap is deducted exactly once': {
    runs: 500,
    holds: (seed) => eachFenOnce(chained(seed, askParsed)),
  },
  'in another order of costs, tariffs and usage nothing but the order is another': {
    runs: 1000,
    holds: inAnotherOrder,
  },
  'with the parties in another order nobody’s share moves by more than a fen': {
    runs: 1000,
    holds: withPartiesInAnotherOrder,
  },
  'the same question twice has the same answer, byte for byte': {
    runs: 1000,
    holds: (seed) => askText(randomPeriod(seed)) === askText(randomPeriod(seed)),
  },
};

/** What came of a property: how often it held, and the number of the first period where it did not. */
export type Outcome = { runs: number; failed: number | null; why: string | null };

export const checked = ({ runs, holds }: Property): Outcome => {
  const { numRuns, counterexample, errorInstance } = fc.check(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), holds),
    { numRuns: runs, seed: 65, endOnFailure: true },
  );
  return {
    runs: numRuns,
    failed: counterexample?.[0] ?? null,
    why: errorInstance instanceof Error ? errorInstance.message : null,
  };
};

/** How many of the first periods reach what the laws speak of. */
export const reached = (periods: number): Record<string, number> => {
  const met = {
    excess: 0,
    surplus: 0,
    carriedOn: 0,
    free: 0,
    unrated: 0,
    refusedTariff: 0,
    refusedCost: 0,
    remainder: 0,
  };
  for (let seed = 0; seed < periods; seed += 1) {
    const period = randomPeriod(seed);
    const view = askParsed(period);
    const shares = Object.values(view.shares);
    if (view.excessFen > 0) met.excess += 1;
    if (view.surplusFen > 0) met.surplus += 1;
    if (view.carriedToNextPeriodFen > view.excessFen) met.carriedOn += 1;
    if (period.usage.some(({ purpose }) => freePurposes.includes(purpose))) met.free += 1;
    if (view.unrated.length > 0) met.unrated += 1;
    if (view.tariffResults.some(({ length }) => length > 0)) met.refusedTariff += 1;
    if (Object.keys(view.refusedCosts).length > 0) met.refusedCost += 1;
    if (Math.max(...shares) - Math.min(...shares) === 1) met.remainder += 1;
  }
  return met;
};
