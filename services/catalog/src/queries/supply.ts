import type { Act, ActObject } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { type SupplyRow, type SuspensionRow, supplyObject } from '../supplies/view.ts';
import type { SupplyState, SupplyTables } from '../tables/supply.ts';

type Reader = Kysely<SupplyTables>;

export type SupplyFilter = {
  jurisdiction: string;
  /** Only this department's, for an actor that sees no more. */
  ownDepartment?: string;
  resource?: string | undefined;
  department?: string | undefined;
  state?: SupplyState | undefined;
};

/** Supplies of a city as they stand at `at`, newest number first, before `before`; at most `limit`. */
export const listSupplies = (
  db: Reader,
  { jurisdiction, ownDepartment, resource, department, state }: SupplyFilter,
  { before, limit, at }: { before: string | undefined; limit: number; at: Date },
): Promise<SupplyRow[]> => {
  let query = db.selectFrom('supply').selectAll().where('jurisdiction', '=', jurisdiction);
  if (ownDepartment !== undefined) query = query.where('department', '=', ownDepartment);
  if (resource !== undefined) query = query.where('resource_id', '=', resource);
  if (department !== undefined) query = query.where('department', '=', department);
  if (state === 'ended')
    query = query.where((eb) => eb.or([eb('state', '=', 'ended'), eb('ends_at', '<=', at)]));
  else if (state !== undefined) query = query.where('state', '=', state).where('ends_at', '>', at);
  if (before !== undefined) query = query.where('supply_no', '<', before);
  return query.orderBy('supply_no', 'desc').limit(limit).execute();
};

/** The supply of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
export const supplyFor = async (
  db: Reader,
  request: FastifyRequest,
  supplyNo: string,
  act: Act,
): Promise<SupplyRow> => {
  const row = await db.selectFrom('supply').selectAll().where('supply_no', '=', supplyNo).executeTakeFirst();
  if (!row) throw problem('notFound');
  request.mustBeAllowed(supplyObject(row), act);
  return row;
};

/** The suspensions of a supply, in their order. */
export const suspensionsOf = (db: Reader, supplyNo: string): Promise<SuspensionRow[]> =>
  db
    .selectFrom('supply_suspension')
    .selectAll()
    .where('supply_no', '=', supplyNo)
    .orderBy('from_at')
    .orderBy('id')
    .execute();

/** What permission to read a supply's documents depends on, by its number. */
export const supplyObjectOf = async (db: Reader, supplyNo: string): Promise<ActObject | undefined> => {
  const row = await db
    .selectFrom('supply')
    .select(['jurisdiction', 'department'])
    .where('supply_no', '=', supplyNo)
    .executeTakeFirst();
  return row && supplyObject(row);
};
