/** Tables of permitted revenues (F2): written by the pricing service and by the activities of their cases. */
import type { PermittedParts } from '@gongshu/shared/permitted-revenue/figures';
import type { DueColumns } from '../schedules.ts';
import type { Generated } from 'kysely';
import type { ProcedureTables } from '../procedures/tables.ts';

export type RevenueTables = ProcedureTables & {
  revenue_figures: {
    case_no: string;
    hash: string;
    question: object;
    parts: PermittedParts;
    /** The ledger as it stood. */
    costs: object;
    given_at: Date;
  };
  permitted_revenue: {
    case_no: string;
    jurisdiction: string;
    operator: string;
    year: number;
    /** Whole fen. */
    fen: number;
    consumed_fen: number;
    trial: boolean;
    figures: string;
    in_force_at: Date;
    replaced_at: Date | null;
    replaced_by: string | null;
  };
  revenue_case: {
    case_no: string;
    jurisdiction: string;
    operator: string;
    year: number;
    ended: Generated<boolean>;
  };
  revenue_due: DueColumns & { jurisdiction: string; operator: string; year: number };
};
