import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';

/** What the routes of applications close over. */
export type ApplicationDeps = {
  db: Kysely<ApplicationTables & ResourceTables>;
  packs: PackSet;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};
