import type { Kysely } from 'kysely';
import { type BusMessage, BusRefused } from './bus.ts';
import { toCloudEvent, toKafka } from './cloud-event.ts';
import { chunksOf, type Prepared } from './outbox-chunks.ts';
import { markPublished, type PendingRow, parkRow, pendingRows, whileSending } from './outbox-pending.ts';

export type Publish = (messages: readonly BusMessage[]) => Promise<void>;

/** What one batch did; `taken` below the limit says that nothing more was waiting. */
export interface BatchOutcome {
  taken: number;
  published: number;
}

/** Messages of the rows; one that cannot be written as an event is parked, and what follows of its subject left out. */
async function prepare(db: Kysely<any>, rows: readonly PendingRow[]): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const held = new Set<string>();
  for (const row of rows) {
    if (held.has(row.aggregateid)) continue;
    try {
      prepared.push({ row, message: toKafka(row.topic, toCloudEvent(row)) });
    } catch (error) {
      held.add(row.aggregateid);
      await parkRow(db, row, `cannot be written as an event: ${(error as Error).message}`);
    }
  }
  return prepared;
}

/** Sends one chunk; where the broker refuses it, one by one, so that only what it will never take is parked. */
async function sendChunk(db: Kysely<any>, chunk: readonly Prepared[], publish: Publish, held: Set<string>) {
  const open = chunk.filter(({ row }) => !held.has(row.aggregateid));
  if (open.length === 0) return 0;
  try {
    await publish(open.map(({ message }) => message));
    await markPublished(
      db,
      open.map(({ row }) => row.id),
    );
    return open.length;
  } catch (error) {
    if (!(error instanceof BusRefused)) throw error;
    if (open.length === 1) {
      const { row } = open[0]!;
      held.add(row.aggregateid);
      await parkRow(db, row, `refused by the broker: ${error.message}`);
      return 0;
    }
  }
  let published = 0;
  for (const item of open) published += await sendChunk(db, [item], publish, held);
  return published;
}

/**
 * Sends what waits in the outbox of the schema `db` is bound to, at most `limit` rows, and marks it. The events of
 * one subject never overtake each other: a failure ends the batch, a parked event holds its subject. An event may be
 * sent twice (after a failure between sending and marking), with the same id.
 * `undefined`: another relay is at work. Throws what `publish` throws, and on a database that is away.
 */
export async function relayBatch(
  db: Kysely<any>,
  publish: Publish,
  limit = 500,
): Promise<BatchOutcome | undefined> {
  return await whileSending(db, async (connection) => {
    const rows = await pendingRows(connection, limit);
    const prepared = await prepare(connection, rows);
    const held = new Set<string>();
    let published = 0;
    for (const chunk of chunksOf(prepared)) published += await sendChunk(connection, chunk, publish, held);
    return { taken: rows.length, published };
  });
}
