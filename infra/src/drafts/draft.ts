/** Drafts of what a merchant submits: written, changed and closed, each change on record. */
import { randomUUID } from 'node:crypto';
import type { EventType } from '@gongshu/shared/events';
import type { Lifecycle } from '@gongshu/shared/lifecycle';
import { lifecycles } from '@gongshu/shared/lifecycle';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { jsonHash } from '../hash.ts';
import { stale } from '../http/etag.ts';
import { record } from '../record.ts';
import type { DraftBody, DraftTable, DraftTables } from './tables.ts';

export type DraftRow = Selectable<DraftTable>;
/** Who writes a draft of which lifecycle, and when on the law's clock. */
export type Writer = {
  lifecycle: Lifecycle;
  id: string;
  role: string;
  organisation: string;
  jurisdiction: string;
  at: Date;
};
type Trx = Transaction<DraftTables>;

const events = {
  application: { saved: 'draft.saved.v1', closed: 'draft.closed.v1' },
  onboarding: { saved: 'onboarding.draftSaved.v1', closed: 'onboarding.draftClosed.v1' },
} as const satisfies Record<Lifecycle, Record<string, EventType>>;

const change = (row: DraftRow, { id, role, organisation, jurisdiction, at }: Writer) => ({
  subject: row.id,
  jurisdiction,
  at,
  actor: { id, role, organisation },
});

const saved = (trx: Trx, row: DraftRow, by: Writer) =>
  record(trx, lifecycles[by.lifecycle].service, {
    ...change(row, by),
    key: `${row.id}/saved/${row.version}`,
    type: events[by.lifecycle].saved,
    data: { draft: row.id, version: row.version, contentHash: jsonHash(row.body) },
  });

const closed = (trx: Trx, row: DraftRow, by: Writer) =>
  record(trx, lifecycles[by.lifecycle].service, {
    ...change(row, by),
    key: `${row.id}/closed`,
    type: events[by.lifecycle].closed,
    data: { draft: row.id, endCode: row.state, caseNo: row.case_no },
  });

/** A new draft of the writer's body. */
export const openDraft = (db: Kysely<DraftTables>, body: DraftBody, by: Writer): Promise<DraftRow> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('application_draft')
      .values({
        id: `CG-${randomUUID()}`,
        jurisdiction: by.jurisdiction,
        organisation: by.organisation,
        body: JSON.stringify(body) as never,
        case_no: null,
        receipt: null,
        created_by: by.id,
        created_at: by.at,
        updated_at: by.at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await saved(trx, row, by);
    return row;
  });

/** A draft, whoever asks. */
export const findDraft = (db: Kysely<DraftTables>, id: string): Promise<DraftRow | undefined> =>
  db.selectFrom('application_draft').selectAll().where('id', '=', id).executeTakeFirst();

/** Drafts of a body, newest first, before `before`; at most `limit`. */
export const listDrafts = (
  db: Kysely<DraftTables>,
  { jurisdiction, organisation }: { jurisdiction: string; organisation: string },
  {
    state,
    before,
    limit,
  }: { state: DraftRow['state'] | undefined; before: number | undefined; limit: number },
): Promise<DraftRow[]> => {
  let query = db
    .selectFrom('application_draft')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== undefined) query = query.where('seq', '<', before);
  return query.orderBy('seq', 'desc').limit(limit).execute();
};

const locked = async (trx: Trx, id: string): Promise<DraftRow> =>
  trx.selectFrom('application_draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** Replaces what a draft holds. Throws `draftClosed` (409), `versionStale` (412). */
export const rewriteDraft = (
  db: Kysely<DraftTables>,
  id: string,
  { body, version }: { body: DraftBody; version: number },
  by: Writer,
): Promise<DraftRow> =>
  db.transaction().execute(async (trx) => {
    const known = await locked(trx, id);
    if (known.state !== 'open') throw problem('draftClosed');
    if (known.version !== version) throw stale(known.version);
    const row = await trx
      .updateTable('application_draft')
      .set({ body: JSON.stringify(body) as never, version: version + 1, updated_at: by.at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await saved(trx, row, by);
    return row;
  });

type End = { state: 'submitted'; caseNo: string; receipt: string } | { state: 'discarded' };

/** Closes an open draft inside the transaction of what closes it. Throws `draftClosed` (409). */
export const closeDraft = async (trx: Trx, id: string, end: End, by: Writer): Promise<DraftRow> => {
  const row = await trx
    .updateTable('application_draft')
    .set((eb) => ({
      state: end.state,
      case_no: end.state === 'submitted' ? end.caseNo : null,
      receipt: end.state === 'submitted' ? end.receipt : null,
      version: eb('version', '+', 1),
      updated_at: by.at,
    }))
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst();
  if (!row) throw problem('draftClosed');
  await closed(trx, row, by);
  return row;
};

/** Discards a draft; one that is discarded already stays so. Throws `draftClosed` (409) for one that became a case. */
export const discardDraft = (db: Kysely<DraftTables>, id: string, by: Writer): Promise<DraftRow> =>
  db.transaction().execute(async (trx) => {
    const known = await locked(trx, id);
    return known.state === 'discarded' ? known : closeDraft(trx, id, { state: 'discarded' }, by);
  });
