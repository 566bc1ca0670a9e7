import { type Kysely, sql } from 'kysely';
import type { OutboxRow } from './cloud-event.ts';
import { relayConsumer } from './parked.ts';

/** An outbox row with its place in the order of writing. */
export type PendingRow = OutboxRow & { seq: number };

const columns = sql.raw(`o.seq, o.id, o.aggregateid, o.aggregate_version, o.previous_version, o.type, o.topic,
           o.jurisdiction, o.payload, o.occurred_at, o.recorded_at`);

/**
 * The oldest rows that are not sent yet: by their marks, not by a cursor, so that a transaction that commits late
 * is not passed over; by `seq`, which within a subject is the order of its versions (see `enqueue`).
 * A parked event holds itself and what comes after it of its subject.
 */
export async function pendingRows(db: Kysely<any>, limit: number): Promise<PendingRow[]> {
  const { rows } = await sql<PendingRow>`
    select ${columns}
    from outbox o
    where o.published_at is null
      and o.skipped_at is null
      and not exists (
        select 1
        from dead_letter d
        where d.consumer = ${relayConsumer}
          and d.subject = o.aggregateid
          and d.released_at is null
          and d."offset"::bigint <= o.seq
      )
    order by o.seq
    limit ${limit}`.execute(db);
  return rows;
}

/** Rows that were sent, in the order of sending, from a `pub_seq` on. */
export async function publishedRows(
  db: Kysely<any>,
  { topic, fromPubSeq, limit }: { topic: string; fromPubSeq: number; limit: number },
): Promise<(PendingRow & { pub_seq: number })[]> {
  const { rows } = await sql<PendingRow & { pub_seq: number }>`
    select ${columns}, o.pub_seq
    from outbox o
    where o.topic = ${topic}
      and o.pub_seq >= ${fromPubSeq}
    order by o.pub_seq
    limit ${limit}`.execute(db);
  return rows;
}

/** Marks rows as sent and gives them the next `pub_seq` numbers, without a gap, in the order of `ids`. */
export async function markPublished(db: Kysely<any>, ids: readonly string[]): Promise<void> {
  await sql`
    with head as (
      update relay_head
      set pub_seq = pub_seq + ${ids.length}
      returning pub_seq - ${ids.length} as base
    )
    update outbox o
    set published_at = clock_timestamp(), pub_seq = head.base + sent.place
    from head, unnest(${ids}::uuid[]) with ordinality as sent (id, place)
    where o.id = sent.id`.execute(db);
}

/** Sets an event aside with the reason; its subject is held from here on. Its place is its `seq`. */
export async function parkRow(db: Kysely<any>, row: PendingRow, reason: string): Promise<void> {
  await sql`
    insert into dead_letter (consumer, event_id, subject, topic, "offset", reason)
    values (${relayConsumer}, ${row.id}, ${row.aggregateid}, ${row.topic}, ${String(row.seq)}, ${reason})`.execute(
    db,
  );
}

/** What waits in the outbox, for the health page and the metrics. */
export interface OutboxState {
  pending: number;
  oldestPendingAt: Date | null;
  parked: number;
}

export async function outboxState(db: Kysely<any>): Promise<OutboxState> {
  const { rows } = await sql<OutboxState>`
    select count(*) as pending,
           min(recorded_at) as "oldestPendingAt",
           (select count(*) from dead_letter where released_at is null) as parked
    from outbox
    where published_at is null
      and skipped_at is null`.execute(db);
  return rows[0]!;
}

/** Any number will do, as long as relay and replay take the same one. */
const lockClass = 7_107;

/**
 * Runs `work` on one connection while it holds the sending lock of the schema, so that one process sends at a time.
 * Should the connection die, the server frees the lock and nothing more can be marked on it.
 * `undefined`: another process holds the lock (with `wait` it is waited for, 10 s at most, then it throws).
 */
export async function whileSending<T>(
  db: Kysely<any>,
  work: (connection: Kysely<any>) => Promise<T>,
  { wait = false } = {},
): Promise<T | undefined> {
  return await db.connection().execute(async (connection) => {
    const key = sql`${lockClass}::integer, hashtext(current_schema())`;
    if (wait) await sql`select pg_advisory_lock(${key})`.execute(connection);
    else {
      const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${key}) as got`.execute(
        connection,
      );
      if (!rows[0]?.got) return undefined;
    }
    try {
      return await work(connection);
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}
