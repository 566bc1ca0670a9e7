/**
 * Tables of use, bills, sharing and settlements (F2, F5): written by the pricing service and by the activities of its
 * cases. Fen arrive as numbers (past 2^53 the driver refuses), quantities and rates as exact decimals in text.
 */
import type { ChargeUnit, CustomerClass, SharingParty } from '@gongshu/shared/packs/topics/pricing';
import type { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import type { SettlementFigures } from '@gongshu/shared/settlement/types';
import type { Generated } from 'kysely';
import type { ProcedureTables } from '../procedures/tables.ts';

export type UsageRow = {
  jurisdiction: string;
  operator: string;
  id: string;
  product: string;
  unit: ChargeUnit;
  qty: string;
  merchant: string;
  class: CustomerClass;
  purpose: ProductPurpose;
  scenario: string | null;
  used_on: string;
  source: 'rest' | 'file' | 'event' | 'dispute';
  reverses: string | null;
  recorded_at: Date;
  recorded_by: string;
};

/** A party of the agreement, in its order. `factor` is an exact decimal. */
export type TermsParty = { id: string; kind: SharingParty; factor: string };

export type SharingTermsRow = {
  terms: string;
  jurisdiction: string;
  operator: string;
  year: number;
  version: number;
  agreement: string;
  resource_fee_rate: string;
  parties: TermsParty[];
  document: string;
  hash: string;
  state: 'proposed' | 'agreed' | 'replaced';
  proposed_at: Date;
  proposed_by: string;
  agreed_at: Date | null;
  agreed_by: string | null;
  used_by: string | null;
};

export type SettlementTables = ProcedureTables & {
  usage_record: UsageRow;
  billing_period: {
    jurisdiction: string;
    operator: string;
    period: string;
    until_on: string;
    hash: string;
    records: number;
    unrated: number;
    fen: number;
    issued_at: Date;
    issued_by: string;
  };
  bill: {
    bill: string;
    jurisdiction: string;
    operator: string;
    period: string;
    merchant: string;
    fen: number;
    records: number;
    hash: string;
    issued_at: Date;
  };
  bill_line: {
    bill: string;
    line: number;
    kind: 'charge' | 'free' | 'reversal';
    income: string;
    product: string;
    unit: ChargeUnit;
    class: CustomerClass;
    purpose: ProductPurpose;
    scenario: string | null;
    tariff: string | null;
    unit_fen: number | null;
    discount: string | null;
    qty: string;
    records: number;
    fen: number;
  };
  usage_charge: {
    jurisdiction: string;
    operator: string;
    usage: string;
    bill: string;
    line: number;
    fen: number;
  };
  bill_dispute: {
    dispute: string;
    jurisdiction: string;
    bill: string;
    operator: string;
    merchant: string;
    code: string;
    words: string;
    raised_at: Date;
    raised_by: string;
    outcome: 'upheld' | 'rejected' | null;
    answer: string | null;
    answered_at: Date | null;
    answered_by: string | null;
    reversed: Generated<number>;
  };
  sharing_terms: SharingTermsRow;
  settlement_result: {
    case_no: string;
    jurisdiction: string;
    operator: string;
    year: number;
    attempt: number;
    state: 'frozen' | 'confirmed' | 'closed';
    figures: SettlementFigures;
    revenue_fen: number;
    permitted_fen: number;
    excess_fen: number;
    consumed_fen: number;
    carried_fen: number;
    resource_fee_fen: number;
    surplus_fen: number;
    terms: string;
    hash: string;
    frozen_at: Date;
    confirmed_at: Date | null;
    closed_at: Date | null;
  };
  settlement_share: {
    case_no: string;
    party: string;
    position: number;
    kind: SharingParty;
    factor: string;
    fen: number;
    paid_on: string | null;
    document: string | null;
    paid_at: Date | null;
  };
};
