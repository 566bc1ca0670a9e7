/** Small known-bad engines: each changes a right answer in one way that somebody might write. */
import { adding, percent, tariffOf, withCap, withLines, withShares } from './changing.ts';
import { type Period, type View, freePurposes } from './period.ts';

/** A right answer, changed. */
export type Sabotage = (period: Period, view: View) => View;

/** Takes a right answer apart and puts it together again. */
export const harmless: Sabotage = (period, view) =>
  withCap(
    withLines(
      period,
      withShares(period, view, () => period.sharing.parties.map((party) => view.shares[party] ?? 0)),
      (_use, fen) => fen,
    ),
    view.permittedRevenue,
  );

export const sabotages: Readonly<Record<string, Sabotage>> = {
  'shares rounded to the nearest fen': (period, view) =>
    withShares(period, view, (exact) => exact.map(Math.round)),
  'all that is left goes to the last party': (period, view) =>
    withShares(period, view, (exact, pool) => {
      const down = exact.map(Math.floor);
      return down.with(-1, (down.at(-1) ?? 0) + pool - adding(down));
    }),
  'all that is left goes to the first party': (period, view) =>
    withShares(period, view, (exact, pool) => {
      const down = exact.map(Math.floor);
      return down.with(0, (down[0] ?? 0) + pool - adding(down));
    }),
  'ties go to the party named last': (period, view) =>
    withShares(period, view, () => {
      const { parties, factors } = period.sharing;
      return parties.map((party) => {
        const equal = parties.filter((other) => factors[other] === factors[party]);
        return view.shares[equal.toReversed()[equal.indexOf(party)] ?? party] ?? 0;
      });
    }),
  'the pool is shared among all, whatever their factor': (period, view) =>
    withShares(period, view, (exact, pool) =>
      exact.map((_, i) => Math.floor((pool + exact.length - 1 - i) / exact.length)),
    ),
  'an overrun is deducted twice': (period, view) =>
    withCap(view, Math.max(0, view.permittedRevenue - period.previousExcessFen)),
  'an overrun is not deducted': (period, view) =>
    withCap(view, view.permittedRevenue + period.previousExcessFen),
  'an overrun larger than the cap is forgotten': (_, view) => ({
    ...view,
    carriedToNextPeriodFen: view.excessFen,
  }),
  'an overrun is carried on though it was deducted': (period, view) => ({
    ...view,
    carriedToNextPeriodFen: view.excessFen + period.previousExcessFen,
  }),
  'the cap is rounded up': (_, view) => withCap(view, view.permittedRevenue + 1),
  'the cap is computed in floating point': (period, view) => {
    const rate = 1 + percent(period.bondYield) + Number(period.points) / 100;
    const { tax } = period;
    const before =
      tax.mode === 'rate'
        ? view.netCostFen * rate * (1 + Number(tax.rate))
        : view.netCostFen * rate + tax.fen;
    return withCap(view, Math.max(0, Math.floor(before) - period.previousExcessFen));
  },
  'the cap is rounded at each step': (period, view) => {
    const { tax } = period;
    if (tax.mode !== 'rate') return view;
    const profit = Math.floor(view.netCostFen * (percent(period.bondYield) + Number(period.points) / 100));
    const taxed = Math.floor((view.netCostFen + profit) * Number(tax.rate));
    return withCap(view, Math.max(0, view.netCostFen + profit + taxed - period.previousExcessFen));
  },
  'the discount is rounded per unit': (period, view) =>
    withLines(period, view, (use, fen) => {
      const tariff = fen > 0 ? tariffOf(period, view, use) : undefined;
      return tariff ? use.qty * Math.floor(tariff.fen * (1 - Number(tariff.discount))) : fen;
    }),
  'a line is rounded to the nearest fen': (period, view) =>
    withLines(period, view, (use, fen) => {
      const tariff = fen > 0 ? tariffOf(period, view, use) : undefined;
      return tariff ? Math.round(use.qty * tariff.fen * (1 - Number(tariff.discount))) : fen;
    }),
  'the discount is what is paid': (period, view) =>
    withLines(period, view, (use, fen) => {
      const tariff = fen > 0 ? tariffOf(period, view, use) : undefined;
      return tariff ? Math.floor(use.qty * tariff.fen * Number(tariff.discount)) : fen;
    }),
  'a free purpose is billed at its general tariff': (period, view) =>
    withLines(period, view, (use, fen) => {
      const general = freePurposes.includes(use.purpose)
        ? period.tariffs.find(({ product, purpose }) => product === use.product && purpose === 'industry')
        : undefined;
      return general ? use.qty * general.fen : fen;
    }),
  'a use told twice is billed twice': (period, view) =>
    withLines(period, view, (use, fen) => fen * period.usage.filter(({ id }) => id === use.id).length),
  'what is unrated is lost': (_, view) => ({ ...view, unrated: [] }),
  'what is unrated is billed at the ceiling': (period, view) => {
    const { bills } = view;
    const next = structuredClone(bills);
    for (const id of view.unrated) {
      const use = period.usage.find((one) => one.id === id);
      const ceiling = period.products.find((product) => product.id === use?.product)?.ceilingFen;
      if (!use || ceiling === undefined) continue;
      const bill = (next[use.merchant] ??= { totalFen: 0, lines: {} });
      bill.lines[id] = use.qty * ceiling;
      bill.totalFen += use.qty * ceiling;
    }
    return withLines(period, { ...view, bills: next, unrated: [] }, (_use, fen) => fen);
  },
  'a tariff is taken a fen above its ceiling': (period, view) => ({
    ...view,
    tariffResults: view.tariffResults.map((reasons, i) => {
      const tariff = period.tariffs[i];
      const ceiling = period.products.find(({ id }) => id === tariff?.product)?.ceilingFen;
      return tariff && ceiling !== undefined && tariff.fen === ceiling + 1
        ? reasons.filter((reason) => reason !== 'overCeiling')
        : reasons;
    }),
  }),
  'a tariff at its ceiling is refused': (period, view) => ({
    ...view,
    tariffResults: view.tariffResults.map((reasons, i) => {
      const tariff = period.tariffs[i];
      const ceiling = period.products.find(({ id }) => id === tariff?.product)?.ceilingFen;
      return tariff?.fen === ceiling && reasons.length === 0 ? ['overCeiling'] : reasons;
    }),
  }),
  'a charge on a free purpose is taken': (_, view) => ({
    ...view,
    tariffResults: view.tariffResults.map((reasons) => reasons.filter((reason) => reason !== 'freePurpose')),
  }),
  'an unknown product has its tariff': (_, view) => ({
    ...view,
    tariffResults: view.tariffResults.map((reasons) =>
      reasons.filter((reason) => reason !== 'unknownProduct'),
    ),
  }),
  'revenue over the cap is shared too': (_, view) => ({
    ...view,
    surplusFen: view.surplusFen + view.excessFen,
  }),
  'the surplus is taken before cost': (_, view) => ({
    ...view,
    surplusFen: view.surplusFen + view.netCostFen,
  }),
  'tax is shared': (period, view) => ({
    ...view,
    surplusFen:
      view.surplusFen > 0 && period.tax.mode === 'amount'
        ? view.surplusFen + period.tax.fen
        : view.surplusFen,
  }),
  'the resource fee is taken of the revenue within the cap alone': (period, view) => ({
    ...view,
    resourceFeeFen: Math.floor(
      Math.min(view.revenueFen, view.permittedRevenue) * Number(period.sharing.resourceFeeRate),
    ),
  }),
  'the resource fee is rounded up': (_, view) => ({ ...view, resourceFeeFen: view.resourceFeeFen + 1 }),
  'a subsidy is not netted': (period, view) =>
    withCap(
      { ...view, netCostFen: view.netCostFen + period.subsidyFen },
      view.permittedRevenue + period.subsidyFen,
    ),
  'an unrelated cost is taken': (_, view) => ({
    ...view,
    refusedCosts: Object.fromEntries(
      Object.entries(view.refusedCosts).filter(([, reasons]) => !reasons.includes('unrelated')),
    ),
  }),
  'points are taken for a rate': (period, view) => ({
    ...view,
    permittedRate: String(percent(period.bondYield) + Number(period.points)),
  }),
  'shared cost is laid net of the subsidy': (period, view) => {
    const total = adding(Object.values(view.sharedCostByProduct));
    const [first, ...rest] = Object.entries(view.sharedCostByProduct);
    if (!first) return view;
    const off = Math.min(total, period.subsidyFen, first[1]);
    return { ...view, sharedCostByProduct: Object.fromEntries([[first[0], first[1] - off], ...rest]) };
  },
  'what is left of the shared cost goes to the last product': (_, view) => {
    const laid = Object.entries(view.sharedCostByProduct);
    const down = Math.min(...laid.map(([, fen]) => fen));
    const over = laid.filter(([, fen]) => fen === down + 1).length;
    if (over === 0 || laid.some(([, fen]) => fen > down + 1)) return view;
    return {
      ...view,
      sharedCostByProduct: Object.fromEntries(
        laid.map(([id], i) => [id, i === laid.length - 1 ? down + over : down]),
      ),
    };
  },
  'a bill is rounded to whole yuan': (_, view) => ({
    ...view,
    bills: Object.fromEntries(
      Object.entries(view.bills).map(([merchant, bill]) => [
        merchant,
        { ...bill, totalFen: Math.floor(bill.totalFen / 100) * 100 },
      ]),
    ),
  }),
  'the forecast never warns': (_, view) => ({ ...view, forecastOverCap: false }),
  'the forecast warns at the cap': (_, view) => ({
    ...view,
    forecastOverCap: view.forecastFen >= view.permittedRevenue,
  }),
  'excess at the cap by a fen too early': (_, view) => ({
    ...view,
    excessFen: view.revenueFen === view.permittedRevenue ? 1 : view.excessFen,
  }),
};
