/** Bodies with a public role (decision 0027). */
import { type Kysely, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';

type Db = Kysely<DisclosureTables>;

/** Names by id; whoever has no public name is left out, and is shown by the id. */
export const bodyNames = async (
  db: Db,
  jurisdiction: string,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> => {
  const asked = [...new Set(ids.filter((id) => id !== null))];
  if (asked.length === 0) return new Map();
  const rows = await db
    .selectFrom('public_body')
    .select(['id', 'name'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', sql<string>`any(${asked}::text[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
};
