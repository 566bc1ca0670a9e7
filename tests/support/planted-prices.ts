/** What of a city's prices is planted where a column's name and type do not say it: revenues, use, bills, settlements. */
import { loadPacks } from '@gongshu/infra/packs';
import { revenueRules } from '@gongshu/shared/permitted-revenue/rules';
import { procedureNo } from '@gongshu/shared/procedure/kinds';
import type { City } from './planting.ts';

const year = 2024;
const revenueOf = ({ digits }: City) => procedureNo('permittedRevenue', digits, year, 1);
const settlementOf = ({ digits }: City) => procedureNo('settlement', digits, year, 1);
const number =
  (series: string) =>
  ({ digits }: City) =>
    `${digits}-${series}-${year}-000001`;
const hashOf = ({ hex }: City) => `sha256:${hex.repeat(8)}`;
const id = (prefix: string, n: number) => (city: City) =>
  `${prefix}-${city.hex}-0000-4000-8000-${String(n).padStart(12, '0')}`;

const partyOf = ({ mark }: City) => `${mark}-party`;
const parts = {
  ...{ acceptedFen: 1, subsidyFen: 0, usedSubsidyFen: 0, netFen: 1, permittedRate: '0.07', profitFen: 0 },
  ...{ taxFen: 0, capBeforeFen: 1, previousExcessFen: 0, consumedFen: 0, carriedOnFen: 0 },
  ...{ permittedRevenueFen: 1, costFenByKind: {}, refusedCosts: [] },
};
const question = { bondYield: '0.02', points: '5', tax: { mode: 'amount', fen: 0 } };
const settled = (city: City) => ({
  ...{ hash: hashOf(city), revenueFen: 1, revenueByKind: { dataServices: 1 }, permittedFen: 1 },
  ...{ permittedBy: revenueOf(city), withinCapFen: 1, excessFen: 0, consumedFen: 0, carriedFen: 0 },
  ...{ acceptedCostFen: 0, netCostFen: 0, taxFen: 0, resourceFeeRate: '0', resourceFeeFen: 0 },
  ...{ surplusFen: 1, terms: number('FP')(city) },
  shares: [{ party: partyOf(city), kind: 'government', factor: '1', fen: 1 }],
});
const business = (city: City) => ({
  ...{ form: 'gongshu-business-report-1', jurisdiction: city.jurisdiction, operator: city.mark, year },
  cost: { acceptedFen: 1, usedSubsidyFen: 0, netFen: 1, byKind: [{ kind: city.mark, fen: 1 }] },
  revenue: { fen: 1, byKind: [{ kind: city.mark, fen: 1 }] },
  ...{ permitted: null, excessFen: 0, settlement: null },
  use: { merchants: 1, products: 1, records: 1, freeRecords: 0, unratedRecords: 0 },
  years: [{ year, revenueFen: 1, netCostFen: 1, permittedFen: null }],
});

/** The case of the permitted revenue that is planted: its figures stand, and came into force. */
export const plantedRevenue = (city: City) => ({
  jurisdiction: city.jurisdiction,
  authority: 'city-bureau',
  rules: revenueRules(loadPacks().resolve(city.jurisdiction)),
  facts: {
    ...{ operator: 'operator', year, trial: false, replaces: null, priceBody: null },
    ...{ hash: hashOf(city), fen: 1, consumedFen: 0, carriedOnFen: 0 },
  },
});

/** By table and column, as `special` of the planting. */
export const plantedPrices: Record<string, (city: City) => unknown> = {
  'pricing.year': () => year,
  'pricing.period': () => '2024-03',
  'pricing.class': () => 'general',
  'pricing.qty': () => '1',
  'pricing.purpose': () => 'industry',
  'pricing.factor': () => '1',
  'pricing.bill': number('ZD'),
  'pricing.bill_dispute.dispute': id('YY', 38),
  'pricing.income': () => 'dataServices',
  'pricing.usage_record.id': ({ mark }) => `${mark}-usage`,
  'pricing.revenue_figures.case_no': revenueOf,
  'pricing.revenue_figures.question': () => JSON.stringify(question),
  'pricing.revenue_figures.parts': () => JSON.stringify(parts),
  'pricing.revenue_figures.costs': ({ mark }) =>
    JSON.stringify([{ id: mark, kind: 'platformBuild', product: null, fen: 1, counted: true }]),
  'pricing.revenue_case.case_no': revenueOf,
  'pricing.permitted_revenue.case_no': revenueOf,
  'pricing.permitted_revenue.figures': hashOf,
  'pricing.sharing_terms.terms': number('FP'),
  'pricing.sharing_terms.resource_fee_rate': () => '0.03',
  'pricing.sharing_terms.parties': (city) =>
    JSON.stringify([{ id: partyOf(city), kind: 'government', factor: '1' }]),
  'pricing.settlement_result.case_no': settlementOf,
  'pricing.settlement_result.terms': number('FP'),
  'pricing.settlement_result.figures': (city) => JSON.stringify(settled(city)),
  'pricing.settlement_share.kind': () => 'government',
  'pricing.business_report.id': id('JY', 39),
  'pricing.business_report.content': (city) => JSON.stringify(business(city)),
};
