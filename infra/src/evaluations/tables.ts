/** Tables of yearly evaluations: written by the registry's routes and subscriber, and by activities. */
import type { Generated } from 'kysely';
import type { MerchantTables } from '../merchants/standing.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { DueColumns } from '../schedules.ts';

export type EvaluationDueTable = DueColumns & {
  agreement: string;
  year: number;
  jurisdiction: string;
  from_on: string;
  until_on: string;
};

export type EvaluationFactTable = {
  source: string;
  jurisdiction: string;
  operator: string;
  case_no: string;
  tag: string;
  /** On the law's clock. */
  at: Date;
  good: boolean | null;
  amount: Generated<number>;
};

export type EvaluationTables = ProcedureTables &
  MerchantTables & {
    evaluated_agreement: {
      agreement: string;
      jurisdiction: string;
      operator: string;
      from_on: string;
      until_on: string;
      ended_at: Date | null;
    };
    evaluation_due: EvaluationDueTable;
    evaluation: {
      case_no: string;
      agreement: string;
      year: number;
      jurisdiction: string;
      operator: string;
      from_on: string;
      until_on: string;
    };
    evaluation_questionnaire: { case_no: string; organisation: string; grp: string; sent_at: Date };
    evaluation_answer: {
      receipt: string;
      case_no: string;
      organisation: string;
      grp: string;
      scores: Record<string, string>;
      words: string | null;
      answer_hash: string;
      given_at: Date;
      stands: Generated<boolean>;
    };
    evaluation_fact: EvaluationFactTable;
  };
