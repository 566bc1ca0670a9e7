/** What the machine of a ceiling price knows, is told and remembers: ids, codes, hashes, dates, amounts in fen. */
import type { BusinessDate } from '../business-date.ts';
import type { ChargeUnit } from '../packs/topics/pricing.ts';
import type { CeilingForecast } from './forecast.ts';

/** One charging unit of the case. `before`: the ceiling that it takes the place of, null for the first. */
export type UnitCeiling = {
  unit: ChargeUnit;
  /** Whole fen a unit. */
  fen: number;
  from: BusinessDate;
  /** Units expected in a year, an exact decimal. */
  expectedQty: string;
  before: number | null;
};

export type CeilingFacts = {
  product: string;
  /** Who offers the product. */
  operator: string;
  ceilings: UnitCeiling[];
  forecast: CeilingForecast;
  /** The office that the ceiling is reported to, where the city has one on record. */
  reportBody: string | null;
  areaCode: string;
};

export type CeilingAct =
  | { kind: 'setCeiling'; forecast: CeilingForecast }
  | { kind: 'reportCeiling'; document: string }
  | { kind: 'receiptCeiling'; on: BusinessDate; document: string }
  | { kind: 'withdrawCeiling' };

export type CeilingState = {
  stage: 'drafted' | 'set' | 'reported' | 'done';
  outcome: 'closed' | 'withdrawn' | null;
  /** When it was set, from which the report is due; null before. */
  setAt: number | null;
  reportedAt: number | null;
  /** The limit of the report has passed. */
  overdue: boolean;
};
