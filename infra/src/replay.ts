import { type ServiceName, topicOf, type Visibility } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import type { Bus } from './bus.ts';
import { toCloudEvent, toKafka } from './cloud-event.ts';
import { chunksOf } from './outbox-chunks.ts';
import { publishedRows, whileSending } from './outbox-pending.ts';

export interface Replay {
  /** Bound to the service's schema. */
  db: Kysely<any>;
  bus: Pick<Bus, 'publish'>;
  service: ServiceName;
  visibility: Visibility;
  /** The first `pub_seq` to send again; 1 refills the topic whole. */
  fromPubSeq: number;
}

/**
 * Sends again, from the outbox, what was sent before, in the same order and with the same ids: for a topic that was
 * lost, or a subscriber that needs old events once more. The relay rests meanwhile, so that no new event gets in front
 * of its predecessors. Returns how many were sent; throws BusUnavailable half-way, and may simply be run again.
 */
export async function replayTopic({ db, bus, service, visibility, fromPubSeq }: Replay): Promise<number> {
  const topic = topicOf(service, visibility);
  const sent = await whileSending(
    db,
    async (connection) => {
      let [from, count] = [fromPubSeq, 0];
      for (;;) {
        const rows = await publishedRows(connection, { topic, fromPubSeq: from, limit: 200 });
        if (rows.length === 0) return count;
        const prepared = rows.map((row) => ({ row, message: toKafka(topic, toCloudEvent(row)) }));
        for (const chunk of chunksOf(prepared)) await bus.publish(chunk.map(({ message }) => message));
        count += rows.length;
        from = rows.at(-1)!.pub_seq + 1;
      }
    },
    { wait: true },
  );
  return sent ?? 0;
}
