/** Documents on record, the same in each schema that has cases; their files lie in the document store. */
import type { Generated } from 'kysely';

/** One upload of one body. The same bytes of two bodies are one file and two rows. */
export type DocumentTable = {
  jurisdiction: string;
  organisation: string;
  hash: string;
  bytes: number;
  media_type: string;
  title: string;
  file_name: string;
  uploaded_by: string;
  uploaded_at: Date;
};

/** What a document was filed with, by whom and as what. */
export type DocumentLinkTable = {
  jurisdiction: string;
  /** Number of the case, or of another object that has handlers. */
  case_no: string;
  hash: string;
  role: string;
  organisation: string;
  /** As it is called there; its own title otherwise. */
  title: string | null;
  linked_at: Date;
  /** The act by which it was filed, where its refusal takes it back. */
  receipt: Generated<string | null>;
};

export type DocumentTables = { document: DocumentTable; document_link: DocumentLinkTable };
