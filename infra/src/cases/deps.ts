import type { Kysely } from 'kysely';
import type { Delivery } from '../intake/deliver.ts';
import type { ApplicationTables } from './tables.ts';

/** What acting on a case needs: the tables of the case's service, and the way to its workflow. */
export type CaseDeps = {
  db: Kysely<ApplicationTables>;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
};
