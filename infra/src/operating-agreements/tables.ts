/** Tables of operating agreements: written by the registry's routes and the activities of their workflows. */
import type { AgreementOrigin, AgreementVersion } from '@gongshu/shared/operating-agreement/types';
import type { Mandate } from '@gongshu/shared/operating-agreement/overlap';
import type { Generated } from 'kysely';
import type { MandateTables } from '../mandates/tables.ts';
import type { ProcedureTables } from '../procedures/tables.ts';

export type OperatingAgreementTable = {
  case_no: string;
  jurisdiction: string;
  operator: string;
  origin: AgreementOrigin;
  selection: string | null;
  predecessor: string | null;
  withdrawn: Generated<boolean>;
};

export type OperatingAgreementTextTable = {
  case_no: string;
  /** 1, 2, …: in the order they were rendered. */
  rendering: number;
  version: number;
  terms: AgreementVersion;
  /** What it says, item by item; null for one concluded on paper. */
  contents: Record<string, unknown> | null;
  document: string | null;
  document_hash: string;
  given_at: Date;
};

export type MandateClaimTable = Mandate & { case_no: string; jurisdiction: string; claimed_at: Date };

export type AgreementTables = ProcedureTables &
  MandateTables & {
    operating_agreement: OperatingAgreementTable;
    operating_agreement_text: OperatingAgreementTextTable;
    mandate_claim: MandateClaimTable;
    brought_in_merchant: {
      jurisdiction: string;
      organisation: string;
      enrolled_on: string;
      document: string;
      recorded_by: string;
      recorded_at: Date;
    };
    brought_in_product: {
      id: string;
      jurisdiction: string;
      name: string;
      operator: string;
      document: string;
      checked_on: string;
      recorded_by: string;
      recorded_at: Date;
    };
    party: { jurisdiction: string; id: string; kind: string; name: string; successor: string | null };
  };
