import type { BusMessage } from './bus.ts';
import type { PendingRow } from './outbox-pending.ts';

/** A broker takes about a megabyte at once for a partition; half of it leaves room for headers. */
const chunkBytes = 512 * 1024;

/** A row and the message made of it. */
export interface Prepared {
  row: PendingRow;
  message: BusMessage;
}

/**
 * Cuts a batch where it grows too large, and where a subject changes its topic: what stands on the second topic
 * is sent only after what stands on the first was acknowledged.
 */
export function chunksOf(prepared: readonly Prepared[]): Prepared[][] {
  const chunks: Prepared[][] = [];
  let chunk: Prepared[] = [];
  let bytes = 0;
  let topics = new Map<string, string>();
  for (const item of prepared) {
    const size = Buffer.byteLength(item.message.value) + 1_024;
    const { aggregateid, topic } = item.row;
    const moved = (topics.get(aggregateid) ?? topic) !== topic;
    if (chunk.length > 0 && (moved || bytes + size > chunkBytes)) {
      chunks.push(chunk);
      [chunk, bytes, topics] = [[], 0, new Map()];
    }
    chunk.push(item);
    bytes += size;
    topics.set(aggregateid, topic);
  }
  return chunk.length > 0 ? [...chunks, chunk] : chunks;
}
