import { type Kysely, sql } from 'kysely';

/**
 * Merchants of a city that stand enrolled in the catalog, where a test is not about how they came to be: as the
 * registry's events would have written them. `db` may be bound to any schema.
 */
export const enrolled = async (
  db: Kysely<any>,
  jurisdiction: string,
  ...organisations: string[]
): Promise<void> => {
  for (const organisation of organisations)
    await sql`
      insert into catalog.merchant (jurisdiction, organisation, standing, since)
      values (${jurisdiction}, ${organisation}, 'enrolled', '2024-01-02T09:00:00+08:00')
      on conflict do nothing`.execute(db);
};
