import type { Reason } from '@gongshu/infra/cases/tables';
import type { MerchantTables } from '@gongshu/infra/merchants/standing';
import type { Generated } from 'kysely';

/** What was done to a merchant's standing, and why. Never changed. */
export type MerchantActTable = {
  id: string;
  seq: Generated<number>;
  jurisdiction: string;
  organisation: string;
  act: 'suspended' | 'restored' | 'exited';
  reasons: Reason[];
  acted_by: string;
  acting_organisation: string | null;
  at: Date;
};
export type StandingTables = MerchantTables & { merchant_act: MerchantActTable };
