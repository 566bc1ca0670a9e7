/** The filer: sends packages that wait, again and again until they are there; then they are sent, with the instant. */
import { toInstantText } from '@gongshu/shared/business-date';
import { isProblemCode, Problem } from '@gongshu/shared/problems';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Logger } from 'pino';
import type { DocumentStore } from '../documents/store.ts';
import type { DocumentTables } from '../documents/tables.ts';
import { waitAfter } from '../notices/backoff.ts';
import { type Change, record } from '../record.ts';
import { startRounds } from '../rounds.ts';
import type { FiledDocument, FilingPackage, FilingPort } from './port.ts';
import type { FilingTable, FilingTables } from './tables.ts';

type FilingRow = Selectable<FilingTable>;

export type FilerDeps = {
  /** The registry's schema, as its role. */
  // biome-ignore lint/suspicious/noExplicitAny: the registry's tables
  db: Kysely<any>;
  logger: Logger;
  lawNow: () => Promise<Date>;
  documents: Pick<DocumentStore, 'read'>;
  port: FilingPort;
  /** Real milliseconds; for tests. */
  pollMillis?: number;
  wait?: (attempts: number) => number;
};

/** How long a package that is being sent is nobody else's; longer than a try may take. */
const leaseSeconds = 120;

/** Takes the package that waits longest, and counts the try before it is made. */
const takeDue = async ({ db }: FilerDeps): Promise<FilingRow | undefined> => {
  const { rows } = await sql<FilingRow>`
    update filing
    set attempts = attempts + 1, next_try_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    where number = (
      select number
      from filing
      where sent_at is null
        and next_try_at <= clock_timestamp()
      order by next_try_at
      limit 1
      for update skip locked
    )
    returning *`.execute(db);
  return rows[0];
};

const documentsOf = async ({ db, documents }: FilerDeps, row: FilingRow): Promise<FiledDocument[]> => {
  if (row.documents.length === 0) return [];
  const found = await (db as Kysely<DocumentTables>)
    .selectFrom('document')
    .select(['hash', 'title', 'media_type', 'bytes'])
    .distinctOn('hash')
    .where('jurisdiction', '=', row.jurisdiction)
    .where('hash', 'in', row.documents)
    .orderBy('hash')
    .orderBy('uploaded_at')
    .execute();
  if (found.length < row.documents.length) throw new Problem('documentMissing');
  return found.map(({ hash, title, bytes, media_type: mediaType }) => ({
    ...{ hash, title, bytes, mediaType },
    read: () => documents.read(hash, bytes),
  }));
};

const packageOf = async (deps: FilerDeps, row: FilingRow): Promise<FilingPackage> => ({
  ...{ number: row.number, caseNo: row.case_no, jurisdiction: row.jurisdiction, to: row.recipient },
  filedAt: toInstantText(row.filed_at.getTime()),
  content: row.content,
  hash: row.package_hash,
  documents: await documentsOf(deps, row),
});

const sentChange = (row: FilingRow, at: Date): Change => ({
  key: `${row.number}/sent`,
  type: 'filing.sent.v1',
  subject: row.case_no,
  jurisdiction: row.jurisdiction,
  at,
  actor: { id: 'filer', role: 'system', organisation: null },
  data: {
    ...{ filing: row.number, caseNo: row.case_no, to: row.recipient, package: row.package_hash },
    ...{ documents: row.documents.length, at: toInstantText(at.getTime()) },
  },
});

/** Once: a package that was sent by another filer stays as it is. */
const settle = async ({ db, lawNow }: FilerDeps, row: FilingRow): Promise<void> => {
  const at = await lawNow();
  await (db as Kysely<FilingTables>).transaction().execute(async (trx) => {
    const sent = await trx
      .updateTable('filing')
      .set({ sent_at: at, fault: null, state: sql`case when state = 'pending' then 'sent' else state end` })
      .where('number', '=', row.number)
      .where('sent_at', 'is', null)
      .returning('number')
      .executeTakeFirst();
    if (sent) await record(trx, 'registry', sentChange(row, at));
  });
};

/** What a try that threw is called: our code or the system's, never words. */
const faultOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  if (isProblemCode(code)) return code;
  return typeof code === 'string' && /^[A-Za-z0-9]{1,40}$/.test(code) ? code : 'unreachable';
};

const putOff = async ({ db, wait = waitAfter, logger }: FilerDeps, row: FilingRow, error: unknown) => {
  const fault = faultOf(error);
  logger.warn({ filing: row.number, attempts: row.attempts, code: fault }, 'a filing could not be sent');
  await sql`
    update filing
    set fault = ${fault}, next_try_at = clock_timestamp() + ${wait(row.attempts)} * interval '1 millisecond'
    where number = ${row.number}
      and sent_at is null`.execute(db);
};

/** Sends one package that is due; whether there was one. A failed try is put off, never given up. */
export const sendNext = async (deps: FilerDeps): Promise<boolean> => {
  const row = await takeDue(deps);
  if (!row) return false;
  try {
    await deps.port.send(await packageOf(deps, row));
  } catch (error) {
    await putOff(deps, row, error);
    return true;
  }
  await settle(deps, row);
  return true;
};

/**
 * Runs until stopped: looks every 500 ms and sends what is due, one after the other. A try that the process did not live
 * to settle is made again after its lease; the port knows the package. The returned function stops it and waits for the
 * try under way.
 */
export const startFiler = (deps: FilerDeps): (() => Promise<void>) =>
  startRounds(() => sendNext(deps), {
    pauseMillis: deps.pollMillis ?? 500,
    onError: (err) => deps.logger.warn({ err }, 'filings could not be looked for'),
  });
