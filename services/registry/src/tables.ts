import type { Generated } from 'kysely';
import type { PartyKind } from './party.ts';

export type PartyTable = {
  jurisdiction: string;
  id: string;
  kind: PartyKind;
  name: string;
  uscc: string | null;
  level: 'city' | 'county' | null;
  county: string | null;
  parent_id: string | null;
  registered_at: Date;
  version: number;
  /** The body its work went to. */
  successor: string | null;
  succeeded_on: string | null;
  succession_document: string | null;
};

export type PartyNameTable = {
  jurisdiction: string;
  party: string;
  position: number;
  name: string;
  /** The last day it held. */
  until_on: string;
  document: string | null;
  recorded_by: string;
  recorded_at: Date;
};

export type OfficeTable = {
  jurisdiction: string;
  id: string;
  organisation: string;
  name: string;
  recorded_at: Date;
};

/** Names and contacts: in this table and its answers only. */
export type PersonTable = {
  jurisdiction: string;
  /** The account's, as the token's subject names it. */
  id: string;
  organisation: string;
  office: string | null;
  name: string;
  mail: string | null;
  phone: string | null;
  recorded_at: Date;
  version: Generated<number>;
};

/** Both days included. */
export type AbsenceTable = {
  id: string;
  jurisdiction: string;
  organisation: string;
  person: string;
  substitute: string;
  from_on: string;
  until_on: string;
  reason_code: string;
  recorded_by: string;
  recorded_at: Date;
  cancelled_by: string | null;
  cancelled_at: Date | null;
};

/** Schema registry, as far as this service queries it itself. */
export type RegistryTables = {
  party: PartyTable;
  party_name: PartyNameTable;
  office: OfficeTable;
  person: PersonTable;
  absence: AbsenceTable;
};
