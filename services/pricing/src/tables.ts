/** Schema pricing, as far as every part of it queries it; each part adds tables of its own. */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Generated } from 'kysely';

export type PricingTables = ProcedureTables & {
  /** Versions of products, by the registry's events. */
  product_version: {
    jurisdiction: string;
    case_no: string;
    product: string;
    version: number;
    owner: string | null;
    class: string | null;
    purpose: string | null;
    state: string | null;
    sequence: Generated<number>;
  };
  /** Who held which mandate, both days inclusive. */
  mandate_term: {
    agreement: string;
    jurisdiction: string;
    operator: string;
    from_on: string;
    last_on: string;
  };
};
