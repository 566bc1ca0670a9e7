import type { Generated, Selectable } from 'kysely';

export const staffStates = ['active', 'left'] as const;
export const identityMeans = ['idCard', 'passport', 'residencePermit'] as const;
export const vettingResults = ['passed', 'failed'] as const;
export const assignmentKinds = ['resource', 'grant', 'task'] as const;
export const staffActs = ['access', 'processing', 'transfer', 'destruction', 'maintenance'] as const;

/**
 * A person who processes data (D4). Name and identity: in this table and its answers only; of the card's number nothing
 * but a salted hash. Dates of Asia/Shanghai, both included; without an `until` it holds on.
 */
export type StaffTable = {
  id: string;
  jurisdiction: string;
  organisation: string;
  /** The account at the platform, as accesses name it. */
  account: string;
  name: string;
  state: Generated<(typeof staffStates)[number]>;
  identity_how: (typeof identityMeans)[number] | null;
  identity_salt: string | null;
  identity_hash: string | null;
  identity_document: string | null;
  identity_on: string | null;
  identity_until: string | null;
  filed_on: string | null;
  vetting_result: (typeof vettingResults)[number] | null;
  vetting_document: string | null;
  vetted_on: string | null;
  vetted_until: string | null;
  confidentiality_document: string | null;
  confidentiality_on: string | null;
  confidentiality_until: string | null;
  registered_by: string;
  registered_at: Date;
  left_at: Date | null;
};

export type StaffTables = {
  staff: StaffTable;
  staff_assignment: {
    id: string;
    person: string;
    kind: (typeof assignmentKinds)[number];
    subject: string;
    from_on: string;
    until_on: string;
    assigned_by: string;
    assigned_at: Date;
    ended_at: Date | null;
  };
  staff_act: {
    id: string;
    seq: Generated<string>;
    person: string;
    assignment: string;
    act: (typeof staffActs)[number];
    note: string;
    at: Date;
    recorded_by: string;
  };
};
export type StaffRow = Selectable<StaffTable>;
export type AssignmentRow = Selectable<StaffTables['staff_assignment']>;
export type StaffActRow = Selectable<StaffTables['staff_act']>;
