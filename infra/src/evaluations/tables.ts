/** Tables of yearly evaluations: written by the registry's routes and subscriber, and by activities. */
import type { Generated } from 'kysely';
import type { MerchantTables } from '../merchants/standing.ts';
import type { ProcedureTables } from '../procedures/tables.ts';

export type EvaluationDueTable = {
  agreement: string;
  year: number;
  jurisdiction: string;
  from_on: string;
  until_on: string;
  opens_at: Date;
  state: Generated<'ahead' | 'opened' | 'held' | 'cancelled'>;
  /** Whether its Schedule stands with Temporal. */
  scheduled: Generated<boolean>;
  /** When it was last called up, on real time. */
  called_at: Date | null;
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
