import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { PartyKind } from '../party.ts';
import type { PartyTable, RegistryTables } from '../tables.ts';

export type PartyRow = Selectable<PartyTable>;

/** One body of a city. */
export const findParty = (
  db: Kysely<RegistryTables>,
  jurisdiction: string,
  id: string,
): Promise<PartyRow | undefined> =>
  db
    .selectFrom('party')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();

/** Bodies of a city among these ids. */
export const findParties = (
  db: Kysely<RegistryTables>,
  jurisdiction: string,
  ids: readonly string[],
): Promise<PartyRow[]> =>
  db
    .selectFrom('party')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', [...ids])
    .execute();

/** Registrations of one city come one after the other; the lock goes with the transaction. */
export const lockParties = async (trx: Transaction<RegistryTables>, jurisdiction: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`registry parties ${jurisdiction}`}, 0))`.execute(
    trx,
  );
};

/** Kinds of which a city has one: its bureau (a county's is a `countyBureau`). Operators: as many as mandates ask for. */
export const soleKinds: readonly PartyKind[] = ['bureau'];

/** The bodies of a city of which there is one; ask under `lockParties`. */
export const soleBodies = (trx: Transaction<RegistryTables>, jurisdiction: string): Promise<PartyRow[]> =>
  trx
    .selectFrom('party')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', soleKinds)
    .orderBy('registered_at')
    .execute();

/** Bodies of a city in the order of their ids, from behind `after`; `only` narrows to one body. */
export const listParties = (
  db: Kysely<RegistryTables>,
  {
    jurisdiction,
    kind,
    after,
    only,
    limit,
  }: {
    jurisdiction: string;
    kind: PartyKind | undefined;
    after: string | undefined;
    only: string | undefined;
    limit: number;
  },
): Promise<PartyRow[]> =>
  db
    .selectFrom('party')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'bureau'))
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();

/** Registers a body once; false when its id is there already, whatever else it says. */
export const insertParty = async (trx: Transaction<RegistryTables>, row: PartyRow): Promise<boolean> => {
  const inserted = await trx
    .insertInto('party')
    .values(row)
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
};

/**
 * A body's name as it stood on record at an instant: what was issued under an earlier name keeps it. `undefined` for a
 * body that is not registered.
 */
export const namesOfParty = async (
  db: Kysely<RegistryTables>,
  jurisdiction: string,
  id: string,
): Promise<((at: Date) => string) | undefined> => {
  const party = await findParty(db, jurisdiction, id);
  if (!party) return undefined;
  const earlier = await db
    .selectFrom('party_name')
    .select(['name', 'recorded_at'])
    .where('jurisdiction', '=', jurisdiction)
    .where('party', '=', id)
    .orderBy('position')
    .execute();
  return (at) => earlier.find(({ recorded_at }) => recorded_at.getTime() > at.getTime())?.name ?? party.name;
};
