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
};

/** Schema registry, as far as this service queries it itself. */
export type RegistryTables = { party: PartyTable };
