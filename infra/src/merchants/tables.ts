import type { Generated } from 'kysely';
import type { Reason } from '../cases/tables.ts';
import type { StandingOrderTables } from '../supply-orders/tables.ts';
import type { MerchantTables } from './standing.ts';

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
export type StandingTables = MerchantTables & StandingOrderTables & { merchant_act: MerchantActTable };
