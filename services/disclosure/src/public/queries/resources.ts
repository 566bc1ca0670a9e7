/** The catalog as everyone may read it (C1–C5): searched by short Chinese words, narrowed, in pages by number. */
import { foldChinese } from '@gongshu/shared/chinese-text';
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { gramsAsked, markOf, patternOf, type ResourceMark } from '../grams.ts';
import type { PublicField } from '../tables.ts';
import { type Page, type Paged, paged } from './page.ts';

type Db = Kysely<DisclosureTables>;

/** A line of the list. */
export type ResourceLine = {
  id: string;
  title: string;
  abstract: string | null;
  provider: string;
  providerName: string;
  updateFrequency: string | null;
  classification: string | null;
  grade: string | null;
  level: string | null;
  publishedOn: string | null;
};
/** An entry; `open` says whether its use can be applied for now. */
export type ResourcePage = ResourceLine & {
  fields: PublicField[];
  registrationCode: string | null;
  open: boolean;
  /** When what is shown was last told, on the law's clock. */
  changedAt: Date;
};
/** What a list is narrowed by; words of `q` must all be found in title, abstract or field names. */
export type ResourceFilter = { q?: string | undefined } & Partial<
  Record<Exclude<ResourceMark, 'jurisdiction'>, string | undefined>
>;

const columnOf = {
  provider: 'provider',
  level: 'level',
  frequency: 'update_frequency',
  grade: 'grade',
  classification: 'classification',
} as const;
const marks = Object.keys(columnOf) as (keyof typeof columnOf)[];

const lineColumns = [
  ...([
    'id',
    'title',
    'abstract',
    'provider',
    'provider_name',
    'update_frequency',
    'classification',
  ] as const),
  ...(['grade', 'level', 'published_on'] as const),
] as const;

type LineRow = Pick<
  { [K in keyof DisclosureTables['public_resource']]: unknown },
  (typeof lineColumns)[number]
>;
const lineOf = (row: LineRow): ResourceLine =>
  ({
    ...{ id: row.id, title: row.title, abstract: row.abstract, provider: row.provider },
    ...{ providerName: row.provider_name, updateFrequency: row.update_frequency },
    ...{ classification: row.classification, grade: row.grade, level: row.level },
    publishedOn: row.published_on,
  }) as ResourceLine;

const wordsOf = ({ q = '' }: ResourceFilter): string[] =>
  foldChinese(q)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8);

/** Of so many entries after the cursor the ones that fit are looked for first: a common word fills its page from them. */
const lookedThrough = 1_000;
/** Up to so many hits are found by the index of pairs and put in order; more of them lie close together in the list. */
const fewHits = 2_500;

/** Numbers of all entries that fit, in no order, unless there are more than a few. */
const fewOf = async (
  db: Db,
  jurisdiction: string,
  filter: ResourceFilter,
  words: readonly string[],
): Promise<string[] | undefined> => {
  const grams = [
    markOf('jurisdiction', jurisdiction),
    ...marks.flatMap((mark) => (filter[mark] === undefined ? [] : [markOf(mark, filter[mark])])),
    ...words.flatMap((word) => gramsAsked(word)),
  ];
  // A pair is an exact hit; what is longer may have its pairs apart.
  const longer = words.filter((word) => Array.from(word).length > 2).map(patternOf);
  const rows = await db
    .selectFrom('public_resource')
    .select('id')
    .where('shown', '=', true)
    .where(sql<SqlBool>`grams @> ${grams}::text[]`)
    .$if(longer.length > 0, (query) => query.where(sql<SqlBool>`search_text like all (${longer}::text[])`))
    .limit(fewHits + 1)
    .execute();
  return rows.length > fewHits ? undefined : rows.map(({ id }) => id);
};

/** Those that fit, in order, after the cursor: of the next `within` entries, or of all. */
const linesAfter = async (
  db: Db,
  jurisdiction: string,
  filter: ResourceFilter,
  words: readonly string[],
  { after, limit }: Page<string>,
  within?: number,
): Promise<LineRow[]> => {
  const next = db
    .selectFrom('public_resource')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('shown', '=', true)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .$if(within !== undefined, (query) => query.limit(within ?? 0));
  let query = db.selectFrom(next.as('next')).select([...lineColumns]);
  for (const mark of marks) {
    const asked = filter[mark];
    if (asked !== undefined) query = query.where(columnOf[mark], '=', asked);
  }
  for (const word of words) query = query.where('search_text', 'like', patternOf(word));
  return query
    .orderBy('id')
    .limit(limit + 1)
    .execute();
};

/**
 * Published entries of a city that can be applied for, by number: all words of `q`, simplified or traditional, of one
 * character or more, and the filters. `hits` is how many there are, `null` where they are many or nothing is asked.
 */
export const listResources = async (
  db: Db,
  jurisdiction: string,
  filter: ResourceFilter,
  page: Page<string>,
): Promise<Paged<ResourceLine, string> & { hits: number | null }> => {
  const words = wordsOf(filter);
  const answer = (rows: readonly LineRow[], hits: number | null) => ({
    ...paged(rows, page.limit, ({ id }) => String(id), lineOf),
    hits,
  });
  if (words.length === 0 && marks.every((mark) => filter[mark] === undefined))
    return answer(await linesAfter(db, jurisdiction, filter, words, page), null);
  const near = await linesAfter(db, jurisdiction, filter, words, page, lookedThrough);
  if (near.length > page.limit) return answer(near, null);
  const few = await fewOf(db, jurisdiction, filter, words);
  if (few === undefined) return answer(await linesAfter(db, jurisdiction, filter, words, page), null);
  const { after = '', limit } = page;
  const ids = few.filter((id) => id > after).toSorted((a, b) => (a < b ? -1 : 1));
  const rows = await db
    .selectFrom('public_resource')
    .select([...lineColumns])
    .where('id', '=', sql<string>`any(${ids.slice(0, limit + 1)}::text[])`)
    .orderBy('id')
    .execute();
  return answer(rows, few.length);
};

/** An entry by its number, one that is suspended or closed too, with its last words; `undefined` for one never published. */
export const findResource = async (
  db: Db,
  jurisdiction: string,
  id: string,
): Promise<ResourcePage | undefined> => {
  const row = await db
    .selectFrom('public_resource')
    .select([...lineColumns, 'fields', 'registration_code', 'shown', 'described_at'])
    .where('id', '=', id)
    .where('jurisdiction', '=', jurisdiction)
    .where('title', 'is not', null)
    .executeTakeFirst();
  if (!row?.described_at) return undefined;
  return {
    ...lineOf(row),
    ...{ fields: row.fields ?? [], registrationCode: row.registration_code, open: row.shown },
    changedAt: row.described_at,
  };
};

/** Titles of entries by their numbers; those never published are left out. */
export const resourceTitles = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('public_resource')
    .select(['id', 'title'])
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
  return new Map(rows.flatMap(({ id, title }) => (title === null ? [] : [[id, title] as const])));
};

/** Departments that have open entries, with how many, most first: what the list can be narrowed to. At most 100. */
export const resourceProviders = async (
  db: Db,
  jurisdiction: string,
): Promise<{ provider: string; providerName: string; count: number }[]> => {
  const { rows } = await sql<{ provider: string; providerName: string; count: number }>`
    select c.provider, one.provider_name as "providerName", c.count
    from (
      select provider, count
      from public_resource_count
      where jurisdiction = ${jurisdiction}
      order by count desc, provider
      limit 100
    ) c
    cross join lateral (
      select provider_name
      from public_resource
      where jurisdiction = ${jurisdiction}
        and provider = c.provider
        and shown
      order by id
      limit 1
    ) one
    order by c.count desc, c.provider`.execute(db);
  return rows;
};
