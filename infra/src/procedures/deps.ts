import type { Kysely } from 'kysely';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Delivery } from '../intake/deliver.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { ProcedureTables } from './tables.ts';

/** What the routes of procedures close over. */
export type ProcedureDeps = {
  db: Kysely<ProcedureTables>;
  packs: PackSet;
  documents: DocumentStore;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};
