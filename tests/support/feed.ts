import type { Bus } from '@gongshu/infra/bus';
import { type OutboxRow, toCloudEvent, toKafka } from '@gongshu/infra/cloud-event';

/** A bus that hands over the events of these outbox rows, in order, as the broker would; `joined` waits for the last. */
export const feed = (rows: readonly OutboxRow[]): Pick<Bus, 'subscribe'> => ({
  subscribe: ({ each, topics }) => {
    const joined = (async () => {
      for (const [offset, row] of rows.entries()) {
        if (!topics.includes(row.topic)) continue;
        const { headers, value } = toKafka(row.topic, toCloudEvent(row));
        await each({
          ...{ topic: row.topic, partition: 0, offset: String(offset), key: null, headers },
          value: Buffer.from(value ?? ''),
        } as never);
      }
    })();
    return { joined, stop: async () => {} } as never;
  },
});
