/** A whole period as `POST /v1/pricing/what-if` takes it, and what is compared of its answer. */
export type Tax = { mode: 'amount'; fen: number } | { mode: 'rate'; rate: string };
export type Cost = { id: string; kind: string; product: string | null; fen: number; related: boolean };
export type Product = { id: string; unit: string; ceilingFen: number; expectedQty: number };
export type Tariff = { product: string; class: string; purpose: string; fen: number; discount: string };
export type Use = {
  id: string;
  product: string;
  qty: number;
  merchant: string;
  class: string;
  purpose: string;
};
export type AllocationKey = string | { weights: Record<string, number> };
export type Period = {
  jurisdiction: string;
  costKinds?: string[];
  costs: Cost[];
  subsidyFen: number;
  allocationKey: AllocationKey;
  bondYield: string;
  points: string;
  tax: Tax;
  previousExcessFen: number;
  products: Product[];
  tariffs: Tariff[];
  usage: Use[];
  sharing: {
    resourceFeeRate: string;
    poolFen: number | null;
    factors: Record<string, string>;
    parties: string[];
  };
};

/** The answer in the oracle's own words: lists by id where order means nothing, a reason where one applies. */
export type View = {
  /** By cost id: why it is refused. */
  refusedCosts: Record<string, string[]>;
  netCostFen: number;
  permittedRate: string;
  permittedRevenue: number;
  forecastFen: number;
  forecastOverCap: boolean;
  /** By tariff, in their order: why it is refused; none when it is accepted. */
  tariffResults: string[][];
  bills: Record<string, { totalFen: number; lines: Record<string, number> }>;
  unrated: string[];
  conflicting: string[];
  revenueFen: number;
  excessFen: number;
  carriedToNextPeriodFen: number;
  sharedCostByProduct: Record<string, number>;
  resourceFeeFen: number;
  surplusFen: number;
  poolOverSurplus: boolean;
  shares: Record<string, number>;
};
/** The whole question refused, or its answer. */
export type Answer = { refused: string } | View;

export const freePurposes: readonly string[] = ['publicGovernance', 'publicWelfare'];

/** The product a cost belongs to, if any. */
export const productOf = (cost: Cost): string | undefined => cost.product ?? undefined;
