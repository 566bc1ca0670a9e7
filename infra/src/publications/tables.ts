/** What is published: the text as it is served never changes; withdrawn is not deleted. */
export type PublicationTable = {
  number: string;
  /** In the order of publication. */
  seq: number;
  jurisdiction: string;
  kind: string;
  /** The case or object it tells of. */
  subject: string;
  title_zh: string;
  title_en: string;
  /** Canonical JSON as it is served; `hash` is over its bytes. */
  document: string;
  hash: string;
  from_on: string;
  /** The last day; null: until withdrawn. */
  until_on: string | null;
  published_at: Date;
  withdrawn_at: Date | null;
  withdrawn_code: string | null;
  withdrawn_reason: string | null;
};
export type PublicationTables = { publication: PublicationTable };
