/** What the machine of a risk assessment or audit knows, is told and remembers: ids, codes, hashes, dates; no words (X5). */
import type { BusinessDate } from '../business-date.ts';
import type { AuditKind, FindingGrade } from '../packs/topics/audit.ts';
import type { Given, ProcedureStart } from '../procedure/machine.ts';
import type { AuditRules } from './rules.ts';

export type AuditFacts = {
  audit: AuditKind;
  /** Who is assessed. */
  operator: string;
  /** The period assessed, both days inclusive. */
  from: BusinessDate;
  until: BusinessDate;
  /** By its Schedule: what the text asks for is not withdrawn. */
  scheduled: boolean;
};

/** `responsible`: the body that puts it right, which acts as `role`. Its words stand beside the act. */
export type GivenFinding = { grade: FindingGrade; responsible: string; role: string };

export type AuditAct =
  | {
      kind: 'planAudit';
      document: string;
      on: BusinessDate;
      participants: { organisation: string; role: string }[];
    }
  | { kind: 'carryOutAudit'; document: string; on: BusinessDate }
  | { kind: 'recordFindings'; findings: GivenFinding[] }
  | { kind: 'replyToFindings'; document: string }
  /** After a reply: those that do not stand. */
  | { kind: 'settleFindings'; dropped: number[]; reasonCodes: string[] }
  | { kind: 'rectifyFinding'; finding: number; document: string }
  | { kind: 'acceptRectification'; finding: number }
  | { kind: 'returnRectification'; finding: number; reasonCodes: string[] }
  | { kind: 'withdrawAudit' };

export type FindingState = 'found' | 'dropped' | 'open' | 'reported' | 'accepted';

export type Finding = GivenFinding & {
  /** From 1. */
  no: number;
  state: FindingState;
  /** When its limit began; null before it stands. */
  since: number | null;
  /** Times it was put right and sent back. */
  returns: number;
  /** The attempt, counted by its returns, whose limit passed last; null: none has. */
  overIn: number | null;
  document: string | null;
  /** When it was reported last, and whether the limit to decide on that has passed. */
  reportedAt?: number;
  acceptanceOver?: boolean;
};

export type AuditStage = 'opened' | 'planned' | 'carriedOut' | 'reply' | 'settling' | 'rectifying' | 'done';

export type AuditState = {
  stage: AuditStage;
  outcome: 'closed' | 'withdrawn' | null;
  /** The findings were not there, or were not settled, within their limit. */
  overdue: boolean;
  plannedOn: BusinessDate | null;
  /** When the findings were recorded; the reply runs from it. */
  foundAt: number | null;
  /** When the reply came; what stands is settled from then on. */
  repliedAt?: number;
  findings: Finding[];
};

export type AuditStart = ProcedureStart<AuditRules, AuditFacts>;
export type AuditActOf<K extends AuditAct['kind']> = Given<Extract<AuditAct, { kind: K }>>;
