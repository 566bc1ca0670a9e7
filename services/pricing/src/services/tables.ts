/** Services to merchants as they stand in schema pricing (F6). Whole fen; rates and quantities exact decimals as text. */
import type { ChargeUnit, IncomeKind, ServiceFeeKind } from '@gongshu/shared/packs/topics/pricing';
import type { ColumnType, Generated, Kysely, Selectable, Transaction } from 'kysely';
import type { CostTables } from '../costs/tables.ts';

export const orderStates = ['placed', 'cancelled'] as const;
/** What a unit's cost rests on: a stated figure with its paper, or items of the cost ledger over units of service. */
export type CostBasis =
  | { kind: 'stated'; fen: number; document: string }
  | {
      kind: 'ledger';
      costs: string[];
      sumFen: number;
      units: string /** Left out before 0.6.4: all. */;
      share?: string;
    };

export type ServiceTables = CostTables & {
  service_fee: {
    id: string;
    jurisdiction: string;
    operator: string;
    item: string;
    version: number;
    title: string;
    kind: ServiceFeeKind;
    unit: ChargeUnit;
    cost_fen: number;
    cost_basis: ColumnType<CostBasis, string, never>;
    margin: string;
    fen: number;
    from_on: string;
    withdrawn: Generated<boolean>;
    published_by: string;
    published_at: Date;
  };
  service_order: {
    id: string;
    jurisdiction: string;
    operator: string;
    merchant: string;
    fee: string;
    item: string;
    unit_fen: number;
    qty: string;
    note: string;
    state: (typeof orderStates)[number];
    placed_on: string;
    placed_by: string;
    placed_at: Date;
    cancelled_at: Date | null;
  };
  service_charge: {
    id: string;
    jurisdiction: string;
    operator: string;
    charge: string;
    merchant: string;
    service_order: string;
    fee: string;
    item: string;
    qty: string;
    unit_fen: number;
    fen: number;
    income: IncomeKind;
    charged_on: string;
    recorded_by: string;
    recorded_at: Date;
  };
};
export type ServiceDb = Kysely<ServiceTables>;
export type ServiceTrx = Transaction<ServiceTables>;
export type FeeRow = Selectable<ServiceTables['service_fee']>;
export type OrderRow = Selectable<ServiceTables['service_order']>;
export type ChargeRow = Selectable<ServiceTables['service_charge']>;
