/** What notices, reports and bulletins say, many at once, for files. */
import { type Kysely, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { contentOf, type Shelf } from './papers.ts';

type Db = Kysely<DisclosureTables>;

/** What notices say, by number; one whose event could not hold it, not at all. */
export const noticeTexts = async (
  db: Db,
  numbers: readonly string[],
): Promise<Map<string, Record<string, unknown>>> => {
  const rows = await db
    .selectFrom('public_publication')
    .select(['number', 'document'])
    .where('number', '=', sql<string>`any(${[...numbers]}::text[])`)
    .execute();
  return new Map(
    rows.flatMap(({ number, document }) => {
      const content = contentOf(document);
      return content === null ? [] : [[number, content] as const];
    }),
  );
};

/** What reports or bulletins say, by document. */
export const disclosedTexts = async (
  db: Db,
  shelf: Shelf,
  documents: readonly string[],
): Promise<Map<string, Record<string, unknown>>> => {
  const rows = await db
    .selectFrom(shelf)
    .select(['document', 'content'])
    .where('document', '=', sql<string>`any(${[...documents]}::text[])`)
    .execute();
  return new Map(rows.map(({ document, content }) => [document, JSON.parse(content ?? '{}')]));
};
