/** Tables of complaints in disclosure's schema; who complained stands in `complainant` alone. */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';

export type ComplainantTable = {
  case_no: string;
  jurisdiction: string;
  name: string | null;
  contact: string | null;
  /** The account and body that complained, where they were signed in and not anonymous, or named a case of theirs. */
  account: string | null;
  organisation: string | null;
  linked_case: string | null;
  /** What the code is made with, and its hash. */
  salt: string;
  code_hash: string;
  /** Of what was sent, so that the same key with another complaint is refused. */
  request_hash: string;
};

export type ComplaintTables = ProcedureTables & {
  complainant: ComplainantTable;
  complaint_attachment: {
    case_no: string;
    hash: string;
    media_type: string;
    bytes: number;
    content: Buffer;
    received_at: Date;
    /** The act it came with; null for what came with the complaint itself. */
    receipt: string | null;
  };
  /** What was done by number and code; of what was sent, so that the same key with something else is refused. */
  complaint_act: { receipt: string; case_no: string; request_hash: string };
  known_case: { case_no: string; jurisdiction: string; applicant: string };
};
