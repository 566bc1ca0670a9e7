/** Tables of ceilings and tariffs (F1, F3): written by the pricing service and by the activities of its cases. */
import type { ChargeUnit, CustomerClass } from '@gongshu/shared/packs/topics/pricing';
import type { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import type { Generated } from 'kysely';
import type { ProcedureTables } from '../procedures/tables.ts';

export const tariffStates = ['filed', 'returned', 'published', 'void'] as const;
export type TariffState = (typeof tariffStates)[number];

export type CeilingTable = {
  case_no: string;
  jurisdiction: string;
  product: string;
  unit: ChargeUnit;
  operator: string;
  /** Whole fen. */
  fen: number;
  expected_qty: string;
  /** First and last day; null: until a later ceiling takes its place. */
  from_on: string;
  until_on: string | null;
  set_at: Date;
  replaced_by: Generated<string | null>;
  /** Replaced before its first day. */
  void: Generated<boolean>;
};

export type TariffTable = {
  tariff: string;
  jurisdiction: string;
  operator: string;
  product: string;
  unit: ChargeUnit;
  class: CustomerClass;
  scenario: string | null;
  purpose: ProductPurpose;
  free: boolean;
  /** Whole fen before the discount. */
  fen: number;
  /** The part taken off, an exact decimal: `0.2` leaves four fifths. */
  discount: string;
  from_on: string;
  until_on: string | null;
  state: TariffState;
  notice_days: number;
  notice_until: string | null;
  grounds: string;
  reasons: Generated<{ code: string; text: string }[]>;
  document: Generated<string | null>;
  set_by: string;
  set_at: Date;
  answered_at: Generated<Date | null>;
  published_at: Date | null;
  replaced_by: Generated<string | null>;
  cut_by: Generated<string | null>;
  cut_from: Generated<string | null>;
  pack_version: string;
};

export type TariffTables = ProcedureTables & {
  product_standing: {
    jurisdiction: string;
    product: string;
    version: number;
    /** Of the event that told it. */
    sequence: number;
    state: string;
    at: Date;
  };
  priced_unit: { jurisdiction: string; product: string; unit: ChargeUnit };
  ceiling: CeilingTable;
  tariff: TariffTable;
};
