import type { ColumnMapping } from '@gongshu/shared/import/mapping';
import type { ResourceState, ReviewerKind } from '@gongshu/shared/resource';

type Level = 'city' | 'county';

/** One catalog entry (Zhongwei art. 8). Instants are of the law clock, dates of Asia/Shanghai. */
export type ResourceTable = {
  id: string;
  jurisdiction: string;
  /** The key the department's own list gives it; one entry a key in a jurisdiction. */
  source_key: string;
  title: string;
  provider_organisation: string;
  provider_code: string;
  provider_name: string;
  abstract: string;
  update_frequency: string | null;
  data_quality: string | null;
  /** The scenarios it serves, in words (Wuhai s.8). */
  scenario: string | null;
  level: Level | null;
  /** The bureau of the entry's own level (本级主管部门), where that is a county's. */
  authority_organisation: string | null;
  classification: string | null;
  /** Never defaulted: null until someone has graded it. */
  grade: string | null;
  reviewer_kind: ReviewerKind | null;
  reviewer_organisation: string | null;
  /** Grounds found on which it never enters the catalog (national norm art. 5). */
  exclusions: string[];
  /** What other law governs first, and the document that shows it allows the use (Zhongwei art. 2). */
  other_law: string[];
  other_law_basis: string | null;
  obtained_by_sharing: boolean;
  data_updated_on: string | null;
  state: ResourceState;
  /** Where a suspended entry goes back to. */
  resume_state: ResourceState | null;
  closed_reason: string | null;
  batch: string | null;
  registration_code: string | null;
  /** What the department's file says beside the entry's own parts: format, licence, theme, keywords, note. */
  source: Record<string, string>;
  /** Of the file's row as last taken in, so that the same row again changes nothing. */
  imported_hash: string | null;
  import_id: string | null;
  /** Title, abstract and field names, folded for the search. */
  search_text: string;
  version: number;
  created_at: Date;
  updated_at: Date;
};

export type ResourceFieldTable = {
  resource_id: string;
  position: number;
  name: string;
  description: string | null;
  grade: string | null;
};

/** The provider's consent to use data obtained by sharing (national norm art. 5, Wuhai s.6). */
export type SharingConsentTable = {
  id: string;
  resource_id: string;
  provider_organisation: string;
  document_id: string;
  /** Where the document itself was uploaded. */
  document_hash: string | null;
  consented_on: string;
  scope: string;
  recorded_by: string;
  recorded_at: Date;
  withdrawn_on: string | null;
  withdrawn_document_id: string | null;
  withdrawn_at: Date | null;
};

/** A numbered package of entries for the registration platform (national norm art. 16, Wuhai s.6). */
export type RegistrationPackageTable = {
  id: string;
  jurisdiction: string;
  number: number;
  content: string;
  sha256: string;
  entries: number;
  created_by: string;
  created_at: Date;
  sent_at: Date | null;
};

export type RegistrationItemTable = {
  package_id: string;
  resource_id: string;
  code: string | null;
  coded_at: Date | null;
};

/** A study of the catalog against demand (Zhongwei art. 9). */
export type StudyTable = {
  id: string;
  jurisdiction: string;
  held_on: string;
  demand: string;
  results: string;
  result_codes: string[];
  recorded_by: string;
  recorded_at: Date;
};

export type StudyPartyTable = { study_id: string; role: string; organisation: string };
export type StudyResourceTable = { study_id: string; resource_id: string };

export type ImportMappingTable = {
  id: string;
  jurisdiction: string;
  mapping: ColumnMapping;
  /** Organisation id by provider code, where it is not the code itself. */
  organisations: Record<string, string>;
  created_by: string;
  created_at: Date;
};

/** What an import did, row by row counted. */
export type ImportRunTable = {
  id: string;
  jurisdiction: string;
  mapping_id: string;
  mode: 'allOrNothing' | 'keepGood';
  sha256: string;
  total: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  imported_by: string;
  imported_at: Date;
};

/** The catalog's own tables, those of resources; applications add theirs. */
export type ResourceTables = {
  resource: ResourceTable;
  resource_field: ResourceFieldTable;
  sharing_consent: SharingConsentTable;
  registration_package: RegistrationPackageTable;
  registration_item: RegistrationItemTable;
  study: StudyTable;
  study_party: StudyPartyTable;
  study_resource: StudyResourceTable;
  import_mapping: ImportMappingTable;
  import_run: ImportRunTable;
};
