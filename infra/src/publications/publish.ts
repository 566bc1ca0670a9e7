/** Publishing (公布): reachable by anyone at the public address, with its hash, from and until (issue: never a boolean). */
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { clauseWords, type RestsOn } from '@gongshu/shared/packs/resting-on';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { nextNumber } from '../cases/number.ts';
import { sha256 } from '../hash.ts';
import { type Change, record } from '../record.ts';
import type { PublicationTable, PublicationTables } from './tables.ts';

// The table stands beside others of the registry's schema.
// biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
export const publications = (trx: Kysely<any>): Kysely<PublicationTables> => trx;
export type PublicationRow = Selectable<PublicationTable>;

export type Publish = {
  jurisdiction: string;
  /** A code, such as `selectionResult`. */
  kind: string;
  /** The case it tells of, by its number. */
  subject: string;
  title: { zh: string; en: string };
  /** Everything the public is to read: it is served as it is given. */
  content: object;
  /** First and last day, `YYYY-MM-DD` of Asia/Shanghai; without a last one it stands until withdrawn. */
  from: string;
  until?: string | null | undefined;
  rests?: ArticleRef | RestsOn | null | undefined;
  actor: AuditActor;
  at: Date;
};

/** Of a case's number the area code; the jurisdiction's own name where the subject bears none. */
const areaOf = ({ subject, jurisdiction }: Pick<Publish, 'subject' | 'jurisdiction'>): string =>
  /^\d{6}(?=-)/.exec(subject)?.[0] ?? jurisdiction;

const restsIn = (rests: Publish['rests']): RestsOn =>
  rests && 'instrument' in rests
    ? { article: clauseWords(rests.article, rests.instrument), articleInstrument: rests.instrument }
    : { ...rests };

const changeOf = (
  row: Pick<PublicationRow, 'number' | 'jurisdiction' | 'kind' | 'subject' | 'hash'>,
  name: 'published' | 'withdrawn',
  {
    at,
    actor,
    rests,
    ...more
  }: { at: Date; actor: AuditActor; rests: Publish['rests'] } & Record<string, unknown>,
): Change => ({
  key: `${row.number}/${name}`,
  type: `publication.${name}.v1`,
  subject: row.number,
  jurisdiction: row.jurisdiction,
  ...{ at, actor },
  data: {
    ...{ publication: row.number, kind: row.kind, subject: row.subject, hash: row.hash },
    at: toInstantText(at.getTime()),
    ...more,
    ...restsIn(rests),
  },
});

/**
 * Publishes in the caller's transaction: number `GB-<area>-<year>-<n>`, the canonical text, its hash, and the event
 * `publication.published.v1`. Call it once an act; each call publishes anew.
 */
export const publish = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { jurisdiction, kind, subject, title, content, from, until = null, rests, actor, at }: Publish,
): Promise<{ publication: string; hash: string }> => {
  const year = yearOf(businessDateOf(at.getTime()));
  const n = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'GB' });
  const number = `GB-${areaOf({ subject, jurisdiction })}-${year}-${String(n).padStart(6, '0')}`;
  const document = canonicalJson({ number, jurisdiction, kind, subject, title, content, from, until });
  const hash = sha256(document);
  await publications(trx)
    .insertInto('publication')
    .values({
      ...{ number, jurisdiction, kind, subject, document, hash },
      ...{ title_zh: title.zh, title_en: title.en, from_on: from, until_on: until, published_at: at },
    } as never)
    .execute();
  const row = { number, jurisdiction, kind, subject, hash };
  await record(trx, 'registry', changeOf(row, 'published', { at, actor, rests, from, until }));
  return { publication: number, hash };
};

export type Withdrawal = {
  publication: string;
  /** Why, by code, and in words where there is more to say. */
  reason: { code: string; text?: string | undefined };
  rests?: Publish['rests'];
  actor: AuditActor;
  at: Date;
};

/**
 * Withdraws a publication: it is current no more, and stays reachable by its number, marked. Throws `notFound`, and
 * `publicationWithdrawn` (409) for one that is withdrawn.
 */
export const withdrawPublication = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { publication, reason, rests, actor, at }: Withdrawal,
): Promise<PublicationRow> => {
  const row = await publications(trx)
    .updateTable('publication')
    .set({ withdrawn_at: at, withdrawn_code: reason.code, withdrawn_reason: reason.text ?? null })
    .where('number', '=', publication)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) {
    const stands = await publications(trx)
      .selectFrom('publication')
      .select('number')
      .where('number', '=', publication)
      .executeTakeFirst();
    throw problem(stands ? 'publicationWithdrawn' : 'notFound');
  }
  const { code: reasonCode } = reason;
  await record(trx, 'registry', changeOf(row, 'withdrawn', { at, actor, rests, reasonCode }));
  return row;
};

/** Withdraws whatever of a kind is current about a subject; nothing where nothing is. */
export const withdrawAllOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { subject, kind, ...how }: Omit<Withdrawal, 'publication'> & Pick<Publish, 'subject' | 'kind'>,
): Promise<void> => {
  const current = await publications(trx)
    .selectFrom('publication')
    .select('number')
    .where('subject', '=', subject)
    .where('kind', '=', kind)
    .where('withdrawn_at', 'is', null)
    .execute();
  for (const { number } of current) await withdrawPublication(trx, { publication: number, ...how });
};
