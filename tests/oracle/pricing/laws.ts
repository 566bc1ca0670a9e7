/**
 * What must hold of every answer, said from the law alone. A law looks at the question and the answer and computes
 * nothing the way an engine would: it bounds, adds up and compares.
 */
import { type Period, type Use, type View, freePurposes, productOf } from './period.ts';

const sum = (list: Iterable<number>): bigint => {
  let total = 0n;
  for (const fen of list) total += BigInt(fen);
  return total;
};
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const unit = 10n ** 14n;
const known = new Map<string, bigint>();
/** A decimal as a whole number of units of 10^-14. */
const units = (decimal: string): bigint => {
  const before = known.get(decimal);
  if (before !== undefined) return before;
  const percent = decimal.endsWith('%');
  const [whole = '', part = ''] = (percent ? decimal.slice(0, -1) : decimal).split('.');
  const value = BigInt(whole + part.padEnd(14, '0')) / (percent ? 100n : 1n);
  known.set(decimal, value);
  return value;
};

const acceptedCosts = ({ costs }: Period, { refusedCosts }: View) =>
  costs.filter(({ id }) => !(id in refusedCosts));

/** Cost net of subsidy, by the costs that the answer took. */
const netCost = (period: Period, view: View): bigint => {
  const net = sum(acceptedCosts(period, view).map(({ fen }) => fen)) - BigInt(period.subsidyFen);
  return net > 0n ? net : 0n;
};

/** Cost, permitted profit and tax, in fen of 10^-28. */
const fullCap = (period: Period, view: View): bigint => {
  const withProfit = netCost(period, view) * (unit + units(period.bondYield) + units(period.points) / 100n);
  return period.tax.mode === 'rate'
    ? withProfit * (unit + units(period.tax.rate))
    : (withProfit + BigInt(period.tax.fen) * unit) * unit;
};

/** Each use of an id counts once. */
const usesById = ({ usage }: Period): Map<string, Use> => {
  const uses = new Map<string, Use>();
  for (const use of usage) if (!uses.has(use.id)) uses.set(use.id, use);
  return uses;
};

const linesOf = ({ bills }: View): [string, number, string][] =>
  Object.entries(bills).flatMap(([merchant, { lines }]) =>
    Object.entries(lines).map(([id, fen]): [string, number, string] => [id, fen, merchant]),
  );

/** Parts by weight: they make the whole, none weighs nothing and gets something, none is a fen or more off its part. */
const fairParts = (parts: number[], weights: bigint[], whole: bigint): boolean => {
  const weight = weights.reduce((all, one) => all + one, 0n);
  if (weight === 0n) return sum(parts) === 0n || sum(parts) === whole;
  const rest = parts.map((part, i) => whole * (weights[i] ?? 0n) - BigInt(part) * weight);
  const over = rest.filter((remainder) => remainder < 0n).map((remainder) => remainder + weight);
  const under = rest.filter((remainder) => remainder >= 0n);
  const smallestOver = over.reduce((a, b) => least(a, b), weight);
  return (
    sum(parts) === whole &&
    rest.every((remainder) => remainder > -weight && remainder < weight) &&
    // Who got a fen more had no smaller remainder than who did not.
    under.every((remainder) => remainder <= smallestOver)
  );
};

export const laws: Readonly<Record<string, (period: Period, view: View) => boolean>> = {
  '（四）shares add up to the pool, each as near to its factor as whole fen allow': ({ sharing }, view) => {
    const pool = BigInt(sharing.poolFen ?? view.surplusFen);
    return fairParts(
      sharing.parties.map((party) => view.shares[party] ?? -1),
      sharing.parties.map((party) => units(sharing.factors[party] ?? '0')),
      pool,
    );
  },
  'of equal remainders the first named party takes the fen': (
    { sharing: { parties, factors } },
    { shares },
  ) =>
    parties.every((one, i) =>
      parties.slice(i + 1).every((later) => {
        const same = units(factors[one] ?? '0') === units(factors[later] ?? '0');
        return !same || (shares[one] ?? 0) >= (shares[later] ?? 0);
      }),
    ),
  'shared cost is laid on the products to the fen': (period, view) => {
    const ids = new Set(period.products.map(({ id }) => id));
    const shared = acceptedCosts(period, view).filter((cost) => !ids.has(productOf(cost) ?? ''));
    const laid = Object.values(view.sharedCostByProduct);
    return sum(laid) === sum(shared.map(({ fen }) => fen)) && laid.every((fen) => fen >= 0);
  },
  'shared cost equally laid differs by a fen at most': (
    { allocationKey, products },
    { sharedCostByProduct },
  ) => {
    if (allocationKey !== 'equal') return true;
    const laid = products.map(({ id }) => sharedCostByProduct[id] ?? -1);
    return Math.max(...laid) - Math.min(...laid) <= 1 && laid.every((fen, i) => fen <= (laid[i - 1] ?? fen));
  },
  'an unrelated cost is refused': ({ costs }, { refusedCosts }) =>
    costs.every(({ id, related }) => related || id in refusedCosts),
  '65号: the permitted revenue is not above cost, permitted profit and tax': (period, view) =>
    BigInt(view.permittedRevenue) * unit * unit <= fullCap(period, view),
  '65号: with what was deducted it is cost, permitted profit and tax, down to the fen': (period, view) => {
    const carriedOn = BigInt(view.carriedToNextPeriodFen) - BigInt(view.excessFen);
    const before = BigInt(view.permittedRevenue) + BigInt(period.previousExcessFen) - carriedOn;
    const full = fullCap(period, view);
    return before * unit * unit <= full && full < (before + 1n) * unit * unit;
  },
  'the permitted rate is at most six points over the bond yield': ({ bondYield }, { permittedRate }) =>
    units(permittedRate) <= units(bondYield) + 6n * (unit / 100n) && units(permittedRate) >= units(bondYield),
  '二十四: public governance and public welfare pay nothing': (period, view) => {
    const uses = usesById(period);
    return linesOf(view).every(
      ([id, fen]) => fen === 0 || !freePurposes.includes(uses.get(id)?.purpose ?? ''),
    );
  },
  '九（二）: no accepted tariff is above its ceiling, on a free purpose or for an unknown product': (
    period,
    view,
  ) =>
    period.tariffs.every(({ product, purpose, fen }, i) => {
      if (view.tariffResults[i]?.length !== 0) return true;
      const ceiling = period.products.find(({ id }) => id === product)?.ceilingFen;
      return ceiling !== undefined && fen <= ceiling && (fen === 0 || !freePurposes.includes(purpose));
    }),
  '九（二）: a general tariff up to its ceiling is not refused': (period, view) =>
    period.tariffs.every(({ product, class: customer, purpose, fen }, i) => {
      const ceiling = period.products.find(({ id }) => id === product)?.ceilingFen;
      const plain =
        customer === 'general' && purpose === 'industry' && ceiling !== undefined && fen <= ceiling;
      return !plain || view.tariffResults[i]?.length === 0;
    }),
  'no line is above quantity times ceiling': (period, view) => {
    const uses = usesById(period);
    const ceilings = new Map(period.products.map(({ id, ceilingFen }) => [id, ceilingFen]));
    return linesOf(view).every(([id, fen]) => {
      const use = uses.get(id);
      return use && fen >= 0 && BigInt(fen) <= BigInt(use.qty) * BigInt(ceilings.get(use.product) ?? -1);
    });
  },
  'revenue is the sum of the bills, a bill the sum of its lines': (_, view) => {
    const bills = Object.values(view.bills);
    return (
      sum(bills.map(({ totalFen }) => totalFen)) === BigInt(view.revenueFen) &&
      bills.every(({ totalFen, lines }) => sum(Object.values(lines)) === BigInt(totalFen))
    );
  },
  'every use is billed once, to its merchant, or named as unrated': (period, view) => {
    const uses = usesById(period);
    const billed = linesOf(view);
    const places = [...billed.map(([id]) => id), ...view.unrated];
    return (
      billed.every(([id, , merchant]) => uses.get(id)?.merchant === merchant) &&
      new Set(places).size === places.length &&
      places.length === uses.size
    );
  },
  'what is over the cap is the excess, and nothing else': (_, { revenueFen, permittedRevenue, excessFen }) =>
    revenueFen > permittedRevenue ? revenueFen - permittedRevenue === excessFen : excessFen === 0,
  'no fen is in the excess and in the surplus': (period, view) => {
    const kept = BigInt(view.revenueFen) - BigInt(view.excessFen);
    const taken = netCost(period, view) + BigInt(view.resourceFeeFen);
    return view.surplusFen >= 0 && (view.surplusFen === 0 || BigInt(view.surplusFen) + taken <= kept);
  },
  'the tax is not shared': (period, view) => {
    if (period.tax.mode !== 'amount' || view.surplusFen === 0) return true;
    const out = BigInt(view.surplusFen) + netCost(period, view) + BigInt(view.resourceFeeFen);
    return out + BigInt(period.tax.fen) <= BigInt(view.permittedRevenue);
  },
  '（四）the resource fee is on all revenue, not rounded up': (
    { sharing },
    { revenueFen, resourceFeeFen },
  ) => {
    const due = BigInt(revenueFen) * units(sharing.resourceFeeRate);
    return BigInt(resourceFeeFen) * unit <= due && due < BigInt(resourceFeeFen + 1) * unit;
  },
  'an overrun is deducted or carried on, never both': ({ previousExcessFen }, view) => {
    const before = BigInt(view.carriedToNextPeriodFen) - BigInt(view.excessFen);
    return (
      before >= 0n && before <= BigInt(previousExcessFen) && (before === 0n || view.permittedRevenue === 0)
    );
  },
  'the forecast warns exactly when it is over the cap': (
    _,
    { forecastFen, forecastOverCap, permittedRevenue },
  ) => forecastOverCap === forecastFen > permittedRevenue,
};

/** The laws that an answer breaks. */
export const brokenLaws = (period: Period, view: View): string[] =>
  Object.entries(laws)
    .filter(([, holds]) => !holds(period, view))
    .map(([law]) => law);
