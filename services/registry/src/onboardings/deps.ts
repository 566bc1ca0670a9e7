import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { MerchantTables } from '@gongshu/infra/merchants/standing';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely, Transaction } from 'kysely';
import type { NormTables } from '../norms/tables.ts';
import type { RegistryTables } from '../tables.ts';

/** Cases of the registry, the parties they are about, and what stands before them. */
export type OnboardingTables = Omit<ApplicationTables, keyof RegistryTables> &
  RegistryTables &
  MerchantTables &
  NormTables;
export type OnboardingDb = Kysely<OnboardingTables>;
export type OnboardingTrx = Transaction<OnboardingTables>;

/** What the routes of onboardings close over. */
export type OnboardingDeps = {
  db: OnboardingDb;
  packs: PackSet;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};
