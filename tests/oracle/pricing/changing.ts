/** Answers taken apart and put together another way, for the bad engines of sabotage.ts. In doubles: bad engines may. */
import type { Period, Tariff, Use, View } from './period.ts';

export const adding = (list: Iterable<number>): number => {
  let total = 0;
  for (const one of list) total += one;
  return total;
};
export const percent = (text: string): number =>
  text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);

/** Every line anew; bills, revenue and what follows of it at once (excess, carried). */
export const withLines = (period: Period, view: View, line: (use: Use, fen: number) => number): View => {
  const uses = new Map(period.usage.map((use): [string, Use] => [use.id, use]).toReversed());
  const bills = Object.fromEntries(
    Object.entries(view.bills).map(([merchant, { lines }]) => {
      const anew = Object.entries(lines).map(([id, fen]): [string, number] => {
        const use = uses.get(id);
        return [id, use ? line(use, fen) : fen];
      });
      return [merchant, { totalFen: adding(anew.map(([, fen]) => fen)), lines: Object.fromEntries(anew) }];
    }),
  );
  const revenueFen = adding(Object.values(bills).map(({ totalFen }) => totalFen));
  const excessFen = Math.max(0, revenueFen - view.permittedRevenue);
  const carriedToNextPeriodFen = view.carriedToNextPeriodFen - view.excessFen + excessFen;
  return { ...view, bills, revenueFen, excessFen, carriedToNextPeriodFen };
};

/** The tariff that a use was billed by. */
export const tariffOf = (period: Period, view: View, use: Use): Tariff | undefined =>
  period.tariffs.find(
    (tariff, i) =>
      view.tariffResults[i]?.length === 0 &&
      tariff.product === use.product &&
      tariff.class === use.class &&
      tariff.purpose === use.purpose,
  );

/** The pool in other parts. */
export const withShares = (
  { sharing }: Period,
  view: View,
  parts: (exact: number[], pool: number) => number[],
): View => {
  const pool = sharing.poolFen ?? view.surplusFen;
  const weights = sharing.parties.map((party) => Number(sharing.factors[party] ?? 0));
  const weight = adding(weights);
  const anew = parts(
    weights.map((one) => (pool * one) / weight),
    pool,
  );
  return { ...view, shares: Object.fromEntries(sharing.parties.map((party, i) => [party, anew[i] ?? 0])) };
};

/** Another cap, and what follows of it. */
export const withCap = (view: View, permittedRevenue: number): View => {
  const excessFen = Math.max(0, view.revenueFen - permittedRevenue);
  return {
    ...view,
    permittedRevenue,
    forecastOverCap: view.forecastFen > permittedRevenue,
    excessFen,
    carriedToNextPeriodFen: view.carriedToNextPeriodFen - view.excessFen + excessFen,
  };
};
