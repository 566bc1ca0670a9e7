import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

/**
 * The operator that accepts and checks a city's cases, and the bureau that hears of them; the operator's own where a
 * city has none. Throws `operatorUnknown`. `table` holds the bodies of the service's schema.
 */
export const bodiesOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
): Promise<{ operator: string; authority: string }> => {
  const rows: { id: string; kind: string }[] = await db
    .selectFrom(table)
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', ['operator', 'bureau'])
    .where('successor', 'is', null)
    .orderBy('id')
    .execute();
  const operator = rows.find(({ kind }) => kind === 'operator')?.id;
  if (!operator) throw problem('operatorUnknown');
  return { operator, authority: rows.find(({ kind }) => kind === 'bureau')?.id ?? operator };
};

/** The bureau (implementing body) of a city. Throws `bureauUnknown` (409) where none is registered. */
export const bureauOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
): Promise<string> => {
  const row: { id: string } | undefined = await db
    .selectFrom(table)
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'bureau')
    .where('successor', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  if (!row) throw problem('bureauUnknown');
  return row.id;
};
