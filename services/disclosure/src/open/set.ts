/** One set that can be downloaded: its columns, and its rows in pages so that any size goes out. */
import { toInstantText } from '@gongshu/shared/business-date';
import type { CsvColumn } from '@gongshu/infra/http/csv';
import type { Kysely } from 'kysely';
import type { Paged } from '../public/queries/page.ts';
import type { DisclosureTables } from '../tables.ts';

type Db = Kysely<DisclosureTables>;
type Row = Readonly<Record<string, unknown>>;
export type OpenSet = {
  /** Of its file: `/zhongwei/open-data/<name>.csv`. */
  name: string;
  title: { zh: string; en: string };
  columns: readonly CsvColumn<Row>[];
  /** Rows in pages, by number; each page is read when the one before has gone out. */
  pages: (db: Db, city: string, now: Date) => AsyncIterable<readonly Row[]>;
};

const cellOf = (value: unknown): string | number | boolean | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return toInstantText(value.getTime());
  if (Array.isArray(value))
    return value.map((one: unknown) => cellOf((one as { name?: unknown } | null)?.name ?? one)).join('；');
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
};

/** Columns by the key of each, in order, with their titles. */
export const columnsOf = (titles: Readonly<Record<string, string>>): CsvColumn<Row>[] =>
  Object.entries(titles).map(([key, title]) => ({ title, value: (row) => cellOf(row[key]) }));

/** What a list in pages is continued after. */
export type Key<L extends (...given: never[]) => Promise<Paged<unknown, unknown>>> =
  | (Awaited<ReturnType<L>> extends Paged<unknown, infer K> ? K : never)
  | undefined;

/** What a line rests on. */
export const rests = { article: '依据条款', instrument: '依据文件' };
