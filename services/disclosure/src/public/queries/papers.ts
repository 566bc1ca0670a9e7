/** Public notices with their days, yearly reports, bulletins, and proofs by number and hash (S1–S3, P2, O4, V2). */
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { type Page, type Paged, paged, type Rests } from './page.ts';

type Db = Kysely<DisclosureTables>;

/** A notice; it stands from `from` to `until`, both inclusive, or until it is withdrawn. */
export type PublicNotice = Rests & {
  number: string;
  kind: string;
  /** The case it tells of. */
  subject: string;
  title: { zh: string; en: string };
  hash: string;
  from: string;
  until: string | null;
  publishedAt: Date;
  withdrawn: { at: Date; code: string } | null;
};
/** With its text: what the publication says, and the bytes that the hash is over; `null` where no event could hold it. */
export type PublicNoticeText = PublicNotice & {
  document: string | null;
  content: Record<string, unknown> | null;
};

type NoticeRow = Selectable<DisclosureTables['public_publication']>;
const noticeColumns = [
  ...(['number', 'kind', 'subject', 'title_zh', 'title_en', 'hash', 'from_on', 'until_on'] as const),
  ...(['article', 'instrument', 'published_at', 'withdrawn_at', 'withdrawn_code'] as const),
] as const;
const noticeOf = (row: Pick<NoticeRow, (typeof noticeColumns)[number]>): PublicNotice =>
  ({
    ...{ number: row.number, kind: row.kind, subject: row.subject, hash: row.hash },
    title: { zh: row.title_zh ?? row.number, en: row.title_en ?? row.number },
    ...{ from: row.from_on, until: row.until_on, publishedAt: row.published_at },
    withdrawn:
      row.withdrawn_at === null ? null : { at: row.withdrawn_at, code: row.withdrawn_code ?? 'withdrawn' },
    ...{ article: row.article, instrument: row.instrument },
  }) as PublicNotice;

export type NoticeFilter = {
  kind?: string | undefined;
  /** About this case. */
  subject?: string | undefined;
  /** Only what stands on this day. */
  on?: BusinessDate | undefined;
};
type Newest = [publishedAt: string, number: string];

/** Notices of a city, newest first, withdrawn ones marked; `after` is instant (ISO) and number of the last one. */
export const listNotices = async (
  db: Db,
  jurisdiction: string,
  { kind, subject, on }: NoticeFilter,
  { after, limit }: Page<Newest>,
): Promise<Paged<PublicNotice, Newest>> => {
  let query = db
    .selectFrom('public_publication')
    .select([...noticeColumns])
    .where('jurisdiction', '=', jurisdiction)
    .where('published_at', 'is not', null);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (on !== undefined)
    query = query
      .where('from_on', '<=', on)
      .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
      .where('withdrawn_at', 'is', null);
  if (after !== undefined)
    query = query.where(sql<boolean>`(published_at, number) < (${after[0]}::timestamptz, ${after[1]}::text)`);
  const rows = await query
    .orderBy('published_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .execute();
  return paged(
    rows,
    limit,
    ({ published_at, number }): Newest => [published_at?.toISOString() ?? '', number],
    noticeOf,
  );
};

/** What a publication says, of the canonical JSON it is served as. */
export const contentOf = (document: string | null): Record<string, unknown> | null => {
  if (document === null) return null;
  const { content } = JSON.parse(document) as { content?: Record<string, unknown> };
  return content ?? null;
};

/** A notice of a city with its text. */
export const findNotice = async (
  db: Db,
  jurisdiction: string,
  number: string,
): Promise<PublicNoticeText | undefined> => {
  const row = await db
    .selectFrom('public_publication')
    .select([...noticeColumns, 'document'])
    .where('number', '=', number)
    .where('jurisdiction', '=', jurisdiction)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row && { ...noticeOf(row), document: row.document, content: contentOf(row.document) };
};

/** A yearly report, an overall report, a fairness report, or a bulletin. */
export type Disclosed = Rests & {
  document: string;
  kind: string;
  subject: string;
  issuer: string;
  year: number;
  title: { zh: string; en: string };
  hash: string;
  from: string;
  until: string | null;
  publishedAt: Date;
  /** With the document that stands in its place, where one does. */
  withdrawn: { at: Date; code: string; by: string | null } | null;
};
export type DisclosedText = Disclosed & { content: Record<string, unknown> };
/** Which shelf: reports of a year, or bulletins about source departments. */
export type Shelf = 'public_report' | 'public_bulletin';

const disclosedOf = (row: Omit<Selectable<DisclosureTables[Shelf]>, 'content'>): Disclosed =>
  ({
    ...{ document: row.document, kind: row.kind, subject: row.subject, issuer: row.issuer, year: row.year },
    title: { zh: row.title_zh ?? row.document, en: row.title_en ?? row.document },
    ...{ hash: row.hash, from: row.from_on, until: row.until_on, publishedAt: row.published_at },
    withdrawn:
      row.withdrawn_at === null
        ? null
        : { at: row.withdrawn_at, code: row.withdrawn_code ?? 'withdrawn', by: row.replaced_by },
    ...{ article: row.article, instrument: row.instrument },
  }) as Disclosed;
const shelfColumns = [
  ...(['document', 'jurisdiction', 'kind', 'subject', 'issuer', 'year', 'title_zh', 'title_en'] as const),
  ...(['hash', 'from_on', 'until_on', 'article', 'instrument', 'published_at'] as const),
  ...(['withdrawn_at', 'withdrawn_code', 'replaced_by'] as const),
] as const;

/** Reports or bulletins of a city, newest first; `after` is instant (ISO) and number of the last one. */
export const listDisclosed = async (
  db: Db,
  shelf: Shelf,
  jurisdiction: string,
  { after, limit }: Page<Newest>,
): Promise<Paged<Disclosed, Newest>> => {
  const rows = await db
    .selectFrom(shelf)
    .select([...shelfColumns])
    .where('jurisdiction', '=', jurisdiction)
    .where('published_at', 'is not', null)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(published_at, document) < (${after?.[0]}::timestamptz, ${after?.[1]}::text)`),
    )
    .orderBy('published_at', 'desc')
    .orderBy('document', 'desc')
    .limit(limit + 1)
    .execute();
  return paged(
    rows,
    limit,
    ({ published_at, document }): Newest => [published_at?.toISOString() ?? '', document],
    disclosedOf,
  );
};

/** A report or a bulletin of a city with its content. */
export const findDisclosed = async (
  db: Db,
  shelf: Shelf,
  jurisdiction: string,
  document: string,
): Promise<DisclosedText | undefined> => {
  const row = await db
    .selectFrom(shelf)
    .select([...shelfColumns, 'content'])
    .where('document', '=', document)
    .where('jurisdiction', '=', jurisdiction)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row && { ...disclosedOf(row), content: JSON.parse(row.content ?? '{}') };
};

export type ProofKind = 'silence' | 'checkRecord' | 'receipt' | 'publication' | 'report';
/** Whether a paper is genuine: `unknown` where no such number was ever told, `differs` where its hash is another. */
export type Proof =
  | { result: 'unknown' }
  | { result: 'differs' }
  | { result: 'genuine'; kind: ProofKind; at: Date; withdrawn: boolean };

/** `sha256:` may be left out, and letters may be large. */
const hashGiven = (text: string): string =>
  `sha256:${text
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, '')}`;

/**
 * Verifies a paper of a city by its number and hash: certificates of silence, check records, receipts that began a
 * case, publications, reports and bulletins. Tells nothing of what the paper says, and no hash that was not given.
 */
export const verifyPaper = async (
  db: Db,
  jurisdiction: string,
  given: { number: string; hash: string },
): Promise<Proof> => {
  const number = given.number.trim();
  const { rows } = await sql<{ kind: ProofKind; hash: string; at: Date; withdrawn: boolean }>`
    select kind, hash, at, false as withdrawn
    from public_proof
    where number = ${number} and jurisdiction = ${jurisdiction}
    union all
    select 'publication', hash, published_at, withdrawn_at is not null
    from public_publication
    where number = ${number} and jurisdiction = ${jurisdiction} and published_at is not null
    union all
    select 'report', hash, published_at, withdrawn_at is not null
    from public_report
    where document = ${number} and jurisdiction = ${jurisdiction} and published_at is not null
    union all
    select 'report', hash, published_at, withdrawn_at is not null
    from public_bulletin
    where document = ${number} and jurisdiction = ${jurisdiction} and published_at is not null`.execute(db);
  if (rows.length === 0) return { result: 'unknown' };
  const hash = hashGiven(given.hash);
  const found = rows.find((row) => row.hash === hash);
  return found
    ? { result: 'genuine', kind: found.kind, at: found.at, withdrawn: found.withdrawn }
    : { result: 'differs' };
};
