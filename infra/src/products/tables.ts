/** Tables of products (E1–E5), in the registry's schema. */
import type { CheckRecord } from '@gongshu/shared/product/check-record';
import type { ProductContents } from '@gongshu/shared/product/contents';
import type { Generated } from 'kysely';
import type { EvidenceItem, EvidenceReport } from '@gongshu/shared/product/evidence-report';
import type { OpenedVote } from '@gongshu/shared/product/types';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { GrantedResource } from './fields.ts';

export type ProductState =
  | 'underWay'
  | 'listed'
  | 'released'
  | 'suspended'
  | 'recalled'
  | 'retired'
  | 'withdrawn'
  | 'lapsed';

/** A reason within a vote: on a field, on an exception by its number, on a public source by its id. */
export type VoteReason = { on: 'field' | 'exception' | 'source'; of: string; code: string; text: string };
/** An opened vote with the words it was given. */
export type VoteWords = OpenedVote & { reasons: VoteReason[] };

export type ProductTables = ProcedureTables & {
  product: {
    product_no: string;
    jurisdiction: string;
    owner: string;
    operator: string;
    name: string;
    class: string;
    purpose: string;
    registration_code: string | null;
    national_code: string | null;
    national_code_document: Generated<string | null>;
    national_code_at: Generated<Date | null>;
    national_code_by: Generated<string | null>;
    created_at: Date;
  };
  product_code: { product_no: string; code: string; drawn_at: Date };
  product_version: {
    case_no: string;
    product_no: string;
    version: number;
    state: ProductState;
    listed_at: Date | null;
    released_at: Date | null;
    ended_at: Date | null;
  };
  product_content: {
    case_no: string;
    content_hash: string;
    contents: ProductContents;
    given_at: Date;
  };
  product_artefact: {
    case_no: string;
    attempt: number;
    artefact: string;
    contents: ProductContents;
    contents_hash: string;
    author: string;
    given_at: Date;
  };
  egress_evidence: {
    case_no: string;
    attempt: number;
    verdict: EvidenceReport['verdict'];
    report: EvidenceReport;
    report_hash: string;
    recorded_at: Date;
  };
  egress_item: {
    case_no: string;
    attempt: number;
    item: number;
    kind: EvidenceItem['kind'];
    place: Record<string, unknown>;
    public_source: string | null;
  };
  egress_vote: {
    case_no: string;
    attempt: number;
    round: number;
    checker: string;
    receipt: string;
    sealed: string;
    opened: VoteWords | null;
    cast_at: Date;
    opened_at: Date | null;
  };
  check_record_key: { key_id: string; algorithm: string; public_key: string; first_used_at: Date };
  check_record: {
    case_no: string;
    attempt: number;
    round: number;
    record: CheckRecord;
    record_hash: string;
    key_id: string;
    signature: string;
    signed_at: Date;
  };
  product_delivery: {
    id: string;
    case_no: string;
    jurisdiction: string;
    holder: string;
    holder_name: string;
    contact: string;
    document: string | null;
    delivered_by: string;
    delivered_at: Date;
    told_at: Date | null;
    told_by: 'notice' | 'operator' | null;
  };
  product_grant: {
    grant_no: string;
    jurisdiction: string;
    applicant: string;
    operator: string;
    state: string;
    resources: GrantedResource[];
    from_on: string | null;
    until_on: string | null;
    seen_at: Date;
  };
};
