import type { SupplyOrderTable } from '@gongshu/infra/supply-orders/tables';
import type { ColumnType, Generated } from 'kysely';

/** jsonb: written as JSON text, read as what it holds. */
type Json<T> = ColumnType<T, string, string>;

/** The authorisation that a supply rests on (Zhongwei art. 10); the document by its hash. */
export type Authorisation = { number: string; on: string; document: string };

/** How a protected field goes out (Zhongwei art. 28). */
export type Treatment =
  | { kind: 'desensitised'; method: string }
  | { kind: 'subjectAuthorised'; document: string };

/** A risk, or what was put right: its code and words. Words stay in the table. */
export type Finding = { code: string; text: string };

export type SupplyState = 'active' | 'suspended' | 'ended';

/** One supply of an entry's fields to the platform. Dates of Asia/Shanghai, both inclusive; [starts_at, ends_at). */
export type SupplyTable = {
  supply_no: string;
  jurisdiction: string;
  resource_id: string;
  /** The entry's own department, whoever recorded it. */
  department: string;
  authorisation: Json<Authorisation>;
  fields: string[];
  treatments: Json<Record<string, Treatment>>;
  from_on: string;
  until_on: string;
  starts_at: Date;
  ends_at: Date;
  state: Generated<SupplyState>;
  recorded_by: string;
  recorded_at: Date;
  ended_at: Generated<Date | null>;
  ended_by: Generated<string | null>;
  version: Generated<number>;
};

/** One suspension; open until restored. A supply has one open suspension at most. */
export type SupplySuspensionTable = {
  id: string;
  supply_no: string;
  risk: Json<Finding[]>;
  from_at: Date;
  suspended_by: string;
  rectification: ColumnType<Finding[] | null, string | null | undefined, string | null>;
  document: Generated<string | null>;
  restored_at: Generated<Date | null>;
  restored_by: Generated<string | null>;
};

export type SupplyTables = {
  supply_order: SupplyOrderTable;
  supply_order_hold: {
    order_id: string;
    supply_no: string;
    from_at: Date;
    lifted_at: Generated<Date | null>;
  };
  supply: SupplyTable;
  supply_number: { jurisdiction: string; year: number; last: number };
  supply_suspension: SupplySuspensionTable;
};

/** What the supply and the accesses read of a grant; its own tables are wider. */
export type GrantReach = {
  use_grant: { grant_no: string; jurisdiction: string; state: string };
  use_grant_resource: { grant_no: string; resource_id: string; fields: string[] };
};
