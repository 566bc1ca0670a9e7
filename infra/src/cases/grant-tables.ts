/** Tables of agreements and grants: written by the catalog service and by the activity that watches a grant's term. */
import type { AgreementTerms, AgreementWords } from '@gongshu/shared/agreement/render';
import type { BoundCondition } from '@gongshu/shared/grant/scope';
import type { GrantEndKind, GrantKind, GrantState, SuspensionCause } from '@gongshu/shared/grant/types';
import type { Generated } from 'kysely';
import type { Reason } from './tables.ts';

export type AgreementTable = {
  agreement_no: string;
  case_no: string;
  jurisdiction: string;
  merchant: string;
  operator: string;
  version: number;
  items: AgreementWords;
  terms: AgreementTerms;
  document: string;
  hash: string;
  state: 'offered' | 'signed' | 'replaced';
  rendered_by: string;
  rendered_at: Date;
};

export type AgreementSignatureTable = {
  agreement_no: string;
  organisation: string;
  party: 'merchant' | 'operator';
  hash: string;
  signed_by: string;
  signed_at: Date;
};

export type UseGrantTable = {
  grant_no: string;
  jurisdiction: string;
  case_no: string;
  agreement_no: string;
  merchant: string;
  operator: string;
  authority: string;
  kind: GrantKind;
  replaces: string | null;
  purpose: string;
  conditions: BoundCondition[];
  from_on: string;
  until_on: string;
  starts_at: Date;
  ends_at: Date;
  state: Generated<GrantState>;
  end_kind: GrantEndKind | null;
  ended_at: Date | null;
  ended_by: string | null;
  ended_reasons: Reason[] | null;
  wake_at: Date | null;
  wake_kind: string | null;
  warning_days: number[];
  version: Generated<number>;
  granted_at: Date;
  /** Documents of one made on paper before; its case and its agreement are its own number. */
  brought_in: Generated<string[] | null>;
};

export type UseGrantResourceTable = {
  grant_no: string;
  resource_id: string;
  reviewer_organisation: string;
  fields: string[];
  masked: string[];
};

export type UseGrantSuspensionTable = {
  id: string;
  grant_no: string;
  cause: SuspensionCause;
  subject: string | null;
  reasons: Reason[];
  from_at: Date;
  lifted_at: Date | null;
  lifted_reasons: Reason[] | null;
};

export type OverreachReportTable = {
  id: string;
  grant_no: string;
  jurisdiction: string;
  reported_by: string;
  organisation: string;
  facts: { text: string; resources: string[] };
  document: string | null;
  reported_at: Date;
  outcome: 'suspended' | 'dismissed' | null;
  reasons: Reason[] | null;
  decided_by: string | null;
  decided_at: Date | null;
};

export type GrantTables = {
  agreement: AgreementTable;
  agreement_signature: AgreementSignatureTable;
  use_grant: UseGrantTable;
  use_grant_resource: UseGrantResourceTable;
  use_grant_suspension: UseGrantSuspensionTable;
  use_grant_warning: { grant_no: string; days_left: number; due_at: Date };
  overreach_report: OverreachReportTable;
  grant_number: { jurisdiction: string; series: 'agreement' | 'grant'; year: number; last: number };
  merchant: {
    jurisdiction: string;
    organisation: string;
    standing: 'enrolled' | 'suspended' | 'exited';
    since: Date;
  };
};
