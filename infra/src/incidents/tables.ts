/** Tables of incidents, contingency plans, drills (X2), sanctions (X1) and answers to orders (D1), in disclosure's schema. */
import type { Generated } from 'kysely';
import type { OperatorMandateTables } from '../mandates/running.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { DueColumns } from '../schedules.ts';
import type { Missed } from '../supply-orders/keep.ts';

export type PlanState = 'submitted' | 'inForce' | 'returned' | 'replaced';

export type IncidentTables = ProcedureTables &
  OperatorMandateTables & {
    supply_order_answer: {
      event_id: string;
      seq: Generated<number>;
      jurisdiction: string;
      order_id: string;
      service: string;
      move: 'ordered' | 'lifted';
      held: number;
      rested: number;
      missed: Missed[];
      at: Date;
    };
    contingency_plan: {
      plan: string;
      jurisdiction: string;
      body: string;
      /** Who drew it up together with that body, in order; empty where it did so alone. */
      joint_with: Generated<string[]>;
      class: string;
      /** Empty where the class is none of scenarios. */
      scenario: string;
      version: number;
      document: string;
      state: PlanState;
      submitted_at: Date;
      submitted_by: string;
      decided_at: Date | null;
      decided_by: string | null;
      reasons: { code: string; text: string }[];
      replaced_at: Date | null;
      replaced_by: string | null;
    };
    /** Scenarios of the catalog; `stands`: collected or approved, and not withdrawn since. */
    known_scenario: { scenario: string; jurisdiction: string; code: string; stands: boolean };
    drill: {
      drill: string;
      jurisdiction: string;
      body: string;
      due_on: string;
      reminded_at: Date | null;
      overdue_at: Date | null;
      held_on: string | null;
      document: string | null;
      findings: { code: string; text: string }[] | null;
      recorded_at: Date | null;
      recorded_by: string | null;
    };
    drill_due: DueColumns & { drill: string; look: 'reminder' | 'due' };
    sanction_measure: {
      case_no: string;
      measure: string;
      jurisdiction: string;
      body: string;
      from_at: Date;
      until_on: string | null;
      lifted_at: Date | null;
    };
  };
