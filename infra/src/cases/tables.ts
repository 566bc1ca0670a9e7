/** Tables of data-use applications: written by activities and intake, read by the catalog service. */
import type { Generated } from 'kysely';
import type { DocumentTables } from '../documents/tables.ts';
import type { Lifecycle } from '@gongshu/shared/lifecycle';
import type { ApplicationRules, Recorded, Step } from '@gongshu/shared/application/types';

export type ApplicationTable = {
  case_no: string;
  lifecycle: Generated<Lifecycle>;
  /** Whether it asks anew, or changes or prolongs the grant it names. */
  kind: Generated<'new' | 'amendment' | 'renewal'>;
  grant_no: string | null;
  jurisdiction: string;
  applicant_organisation: string;
  operator_organisation: string;
  /** The mandate that covers it, and the codes that decided so (O12); `null` in cases from before. */
  mandate: Generated<string | null>;
  field_code: Generated<string | null>;
  scenario_code: Generated<string | null>;
  pack_version: string;
  rules: ApplicationRules;
  calendar_version: string;
  stage: Step;
  outcome: string | null;
  content_version: Generated<number>;
  submitted_by: string;
  submitted_at: Date;
  accepted_at: Date | null;
  ended_at: Date | null;
  version: Generated<number>;
};

export type ApplicationContentTable = {
  case_no: string;
  version: number;
  contents: Record<string, unknown>;
  content_hash: string;
  changed: string[];
  receipt: string;
  submitted_at: Date;
};

export type ApplicationResourceTable = {
  case_no: string;
  resource_id: string;
  reviewer_kind: string;
  reviewer_organisation: string;
};

export type TurnTable = {
  turn_id: string;
  case_no: string;
  jurisdiction: string;
  step: Step;
  organisation: string;
  organisation_name: string;
  body_kind: string;
  started_at: Date;
  outcome: Generated<string>;
  overdue: Generated<boolean>;
  late: Generated<boolean>;
  suspended: Generated<boolean>;
  provisional: Generated<boolean>;
  last_day: string | null;
  deadline: Date | null;
  extension: string | null;
  calendar_version: string;
  entries: Generated<number>;
  wake_at: Date | null;
  wake_kind: string | null;
  held: Generated<boolean>;
  directed_due_on: string | null;
  /** The account it was given to; nobody's in particular without one. */
  assignee: Generated<string | null>;
  ended_at: Date | null;
  ended_receipt: string | null;
};

export type TurnEntryTable = {
  turn_id: string;
  position: number;
  kind: string;
  at: Date;
  entry: Recorded;
  receipt: string | null;
};

export type TurnReminderTable = {
  turn_id: string;
  key: string;
  kind: string;
  due_at: Date;
  recorded_at: Date;
};

/** One thing missing or wrong, by the code of the application's part. */
export type CorrectionItem = { item: string; text: string };

export type CorrectionTable = {
  id: string;
  turn_id: string;
  case_no: string;
  kind: string | null;
  items: CorrectionItem[];
  returned_at: Date;
  lapse_on: string | null;
  answered_at: Date | null;
};

export type ExtensionTable = {
  id: string;
  turn_id: string;
  days: number;
  reason: string;
  document_hash: string | null;
  state: string;
  granted_days: number | null;
  requested_at: Date;
  answered_at: Date | null;
};

export type Finding = { field: string; finding: 'passed' | 'failed'; note: string };
export type Reason = { code: string; text: string };
export type Condition = { code: string; text: string; fields?: string[]; until?: string };

export type DecisionTable = {
  turn_id: string;
  outcome: string;
  findings: Finding[];
  reasons: Reason[];
  conditions: Condition[];
  decided_by: string;
  decided_at: Date;
  receipt: string;
};

export type CertificateTable = {
  id: string;
  turn_id: string;
  content: Record<string, unknown>;
  hash: string;
  made_at: Date;
};

export type IntakeState = 'taken' | 'delivered' | 'refused' | 'parked' | 'struckOut';

export type IntakeTable = {
  receipt: string;
  seq: Generated<number>;
  act: string;
  jurisdiction: string;
  case_no: string;
  turn_id: string | null;
  workflow_id: string;
  payload: Record<string, unknown>;
  actor_id: string;
  actor_role: string;
  actor_organisation: string | null;
  received_at: Date;
  taken_at: Generated<Date>;
  state: Generated<IntakeState>;
  code: string | null;
  settled_at: Date | null;
  attempts: Generated<number>;
  next_try_at: Generated<Date>;
  fault: string | null;
  settled_by: string | null;
};

export type IntakeTextTable = { receipt: string; body: IntakeText };

/** The words of an act, by what it is. */
export type IntakeText = {
  findings?: Finding[];
  reasons?: Reason[];
  conditions?: Condition[];
  items?: CorrectionItem[];
  contents?: Record<string, unknown>;
  reason?: string;
  /** The number the body above gave to what was filed with it. */
  filingNumber?: string;
  /** Why a parked act was struck out. */
  strikeReason?: string;
};

/** Bodies of the catalog's cities, by the registry's events; `successor`: the one its work went to. */
export type BodyTable = {
  jurisdiction: string;
  id: string;
  kind: string;
  successor: Generated<string | null>;
};

/** Who is away and who stands in, both days included; the registry's table has more columns. */
export type AbsenceTable = {
  id: string;
  jurisdiction: string;
  organisation: string;
  person: string;
  substitute: string;
  from_on: string;
  until_on: string;
  cancelled_at: Date | null;
};

/** Accounts and their bodies, no names; the registry's table has more columns. */
export type AccountTable = { jurisdiction: string; id: string; organisation: string };

export type ApplicationTables = DocumentTables & {
  body: BodyTable;
  person: AccountTable;
  absence: AbsenceTable;
  application: ApplicationTable;
  application_number: { jurisdiction: string; year: number; last: number };
  application_content: ApplicationContentTable;
  application_resource: ApplicationResourceTable;
  turn: TurnTable;
  turn_entry: TurnEntryTable;
  turn_reminder: TurnReminderTable;
  correction: CorrectionTable;
  extension: ExtensionTable;
  decision: DecisionTable;
  certificate: CertificateTable;
  intake: IntakeTable;
  intake_text: IntakeTextTable;
};
