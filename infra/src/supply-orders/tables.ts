/** Orders that suspend (decision 0031), the same table in each schema that obeys them. */
import type { ToldScope } from '@gongshu/shared/supply-order';
import type { ColumnType, Generated } from 'kysely';

/** As its events told it; `ordered_at` is null for one lifted before it was told. */
export type SupplyOrderTable = {
  order_id: string;
  jurisdiction: string;
  ground: string;
  scope: ColumnType<ToldScope, string, string>;
  /** A sanction that ends a mandate. */
  terminates: Generated<boolean>;
  article: string | null;
  article_instrument: string | null;
  ordered_at: Date | null;
  lifted_at: Date | null;
};

/** What an order holds in the registry: a listed product or an agreement by its case, a merchant by its body. */
export type StandingHoldTable = {
  order_id: string;
  kind: 'product' | 'agreement' | 'merchant';
  thing: string;
  from_at: Date;
  lifted_at: Generated<Date | null>;
};

export type OrderTables = { supply_order: SupplyOrderTable };
export type StandingOrderTables = OrderTables & { supply_order_hold: StandingHoldTable };
