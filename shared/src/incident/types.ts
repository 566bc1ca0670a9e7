/** What the machine of an incident knows, is told and remembers: ids, codes, hashes, instants; no words. */
import type { Given, ProcedureStart } from '../procedure/machine.ts';
import type { PlanClass, Severity, ToldOfIncident } from '../packs/topics/incident.ts';
import type { SupplyScope } from '../supply-order.ts';
import type { FrozenIncidentRules } from './rules.ts';

export type IncidentFacts = {
  /** Who declared it, and as what. */
  declarer: string;
  declarerRole: string;
  severity: Severity;
  class: PlanClass;
  /** When it was discovered, in milliseconds since the epoch: hours run from it. */
  knownAt: number;
  scope: SupplyScope;
  /** The operator that acts on it; null where the city has none on record. */
  operator: string | null;
  /** The version of the contingency plan in force for its class when it was declared. */
  plan: string | null;
  /** It touches or may touch personal information, as far as was known when it was declared. */
  personsConcerned?: true;
};

export type IncidentAct =
  /** By `codes`: what was done at once. */
  | { kind: 'recordMeasures'; codes: string[]; document: string | null }
  | { kind: 'reportIncident'; to: ToldOfIncident; document: string; on: number }
  /** `personsConcerned`: found later that it touches or may touch personal information. */
  | { kind: 'gradeIncident'; severity: Severity; personsConcerned?: true }
  | { kind: 'orderSuspension'; scope: SupplyScope; document: string | null }
  /** The orders that stand suffice at the graver grade, on these grounds. */
  | { kind: 'confirmSuspension'; reasonCodes: string[]; document: string | null }
  | { kind: 'orderRectification'; findings: string[]; document: string }
  | { kind: 'reportRectification'; document: string }
  | { kind: 'acceptRectification'; document: string | null }
  | { kind: 'returnRectification'; reasonCodes: string[]; document: string | null }
  | { kind: 'orderRestoration'; orders: string[]; document: string }
  | { kind: 'reviewIncident'; causes: string[]; document: string }
  | { kind: 'dismissIncident'; reasonCodes: string[]; document: string };

export type IncidentStage = 'handling' | 'rectification' | 'acceptance' | 'restoration' | 'review' | 'done';

/** An order of this incident; `liftedAt` null while it holds. */
export type IncidentOrder = { order: string; scope: SupplyScope; at: number; liftedAt: number | null };

export type IncidentState = {
  stage: IncidentStage;
  outcome: 'closed' | 'falseAlarm' | null;
  severity: Severity;
  /** Declared, or found since, to touch or possibly touch personal information. */
  personsConcerned?: true;
  /** When this step began; its limit runs from it. */
  since: number;
  overdue: boolean;
  /** Measures on record, and whether the first came late. */
  measures: number;
  measuresOverdue: boolean;
  /** Those told so far, and when. */
  reported: { to: ToldOfIncident; at: number; late: boolean }[];
  /** Those whose hours passed before they were told. */
  reportsOverdue: ToldOfIncident[];
  orders: IncidentOrder[];
  /** An order of suspension is asked for (or a finding that those that stand suffice): since when, and whether its hours passed. */
  suspension?: { since: number; overdue: boolean };
  /** What was asked when a grade that binds nobody stopped it: milliseconds of its hours used, and whether they had passed. */
  stopped?: { used: number; overdue: boolean };
  /** Rectifications handed in. */
  attempts: number;
  reviewed: boolean;
};

export type IncidentStart = ProcedureStart<FrozenIncidentRules, IncidentFacts>;
export type IncidentActOf<K extends IncidentAct['kind']> = Given<Extract<IncidentAct, { kind: K }>>;
