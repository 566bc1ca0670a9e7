/** What the machine of a settlement knows, is told and remembers: amounts in fen, ids, codes, hashes, dates. */
import type { IncomeKind, SharingParty } from '../packs/topics/pricing.ts';

/** A party's share, in the order of the agreement; `factor` is an exact decimal. */
export type Share = { party: string; kind: SharingParty; factor: string; fen: number };

/**
 * A year of an operator, frozen. Two sums that never meet: `excessFen` is over the permitted revenue and owed to the next
 * period, or pooled where the pack says so; `surplusFen` lies within it and is shared. Each is whole fen.
 */
export type SettlementFigures = {
  hash: string;
  revenueFen: number;
  /** By income kind of the pack; they add up to `revenueFen`. */
  revenueByKind: Partial<Record<IncomeKind, number>>;
  permittedFen: number;
  /** The case whose permitted revenue it was held against. */
  permittedBy: string;
  withinCapFen: number;
  excessFen: number;
  /** Of `excessFen`, what is shared beside the surplus: all of it, or nothing where left out. */
  pooledFen?: number;
  /** Of earlier overruns, what the permitted revenue of this year has taken off. */
  consumedFen: number;
  /** Owed to the permitted revenues of later years: `excessFen` where it is not pooled, and what of earlier overruns is left. */
  carriedFen: number;
  acceptedCostFen: number;
  netCostFen: number;
  taxFen: number;
  resourceFeeRate: string;
  resourceFeeFen: number;
  surplusFen: number;
  terms: string;
  shares: Share[];
};

export type SettlementFacts = {
  operator: string;
  year: number;
  /** The finance office of the city; null where none is registered, and the bureau confirms in its stead. */
  financeBody: string | null;
  /** The last day of operation, where a mandate ended within the year. */
  endedOn: string | null;
  figures: SettlementFigures;
};

/** What is paid: the resource fee to the treasury, or the share of a party. */
export type Payment = { what: 'resourceFee' | 'share'; party: string | null; fen: number };

export type SettlementAct =
  | { kind: 'confirmSettlementAsOperator'; figures: string }
  | { kind: 'confirmSettlement'; figures: string }
  | { kind: 'returnSettlement'; side: 'operator' | 'finance'; figures: string; reasonCodes: string[] }
  | { kind: 'refreezeSettlement'; figures: SettlementFigures }
  | ({ kind: 'paySettlement'; paidOn: string; document: string } & Payment);

export type SettlementState = {
  stage: 'operatorConfirmation' | 'financeConfirmation' | 'returned' | 'payment' | 'done';
  outcome: 'closed' | null;
  attempt: number;
  figures: SettlementFigures;
  /** When the present step began, and whether its limit has passed. */
  since: number;
  overdue: boolean;
  /** What is left to be paid. */
  due: Payment[];
};
