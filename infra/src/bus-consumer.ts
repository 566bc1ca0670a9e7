import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { SubscribeOptions, Subscription } from './bus.ts';

/** PostgreSQL keeps no NUL, and a message must not be able to make its own parking fail. */
const withoutNul = (text: string) => text.replaceAll('\0', '');

function headersOf(headers: Record<string, Buffer | string | (Buffer | string)[] | undefined> = {}) {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts[withoutNul(name)] = withoutNul(first.toString());
  }
  return texts;
}

/** Handles one batch, message by message; a message whose handling fails is tried again until it succeeds or we stop. */
async function handleBatch(
  payload: EachBatchPayload,
  each: SubscribeOptions['each'],
  stopping: () => boolean,
) {
  const { batch } = payload;
  const over = () => stopping() || !payload.isRunning() || payload.isStale();
  for (const { key, value, headers, offset } of batch.messages) {
    const { topic, partition } = batch;
    const delivery = {
      topic,
      partition,
      offset,
      key: key?.toString() ?? null,
      headers: headersOf(headers),
      value,
    };
    for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
      if (over()) return;
      const failed = await each(delivery).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      for (let slept = 0; slept < wait && !over(); slept += 100) await sleep(100);
      await payload.heartbeat();
    }
    payload.resolveOffset(offset);
    await payload.heartbeat();
  }
}

/** The consumer half of the adapter: one membership of a group, opened anew whenever the client library gives up. */
export function subscribe(kafka: Kafka, options: SubscribeOptions): Subscription {
  const { group, topics, each, sessionTimeout = 30_000, heartbeatInterval = 3_000 } = options;
  const joined = Promise.withResolvers<void>();
  const stop = Promise.withResolvers<void>();
  let stopping = false;
  const session = async (consumer: Consumer) => {
    const crashed = Promise.withResolvers<void>();
    consumer.on(consumer.events.GROUP_JOIN, () => joined.resolve());
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) crashed.resolve();
    });
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: (payload) => handleBatch(payload, each, () => stopping),
    });
    await Promise.race([crashed.promise, stop.promise]);
  };
  const run = async () => {
    for (let failures = 0; !stopping; failures += 1) {
      const began = Date.now();
      const consumer = kafka.consumer({
        groupId: group,
        sessionTimeout,
        heartbeatInterval,
        maxWaitTimeInMs: 250,
        // Joined as a topic was being made, a group has none of its partitions until it asks again; usually five minutes.
        metadataMaxAge: 15_000,
        allowAutoTopicCreation: false,
      });
      await session(consumer).catch(() => {});
      await consumer.disconnect().catch(() => {});
      if (Date.now() - began > 60_000) failures = 0; // it had worked; what ended it is new
      const wait = Math.min(500 * 2 ** failures, 30_000);
      if (!stopping) await Promise.race([sleep(wait, undefined, { ref: false }), stop.promise]);
    }
  };
  const running = run();
  return {
    joined: joined.promise,
    stop: async () => {
      stopping = true;
      stop.resolve();
      await running;
    },
  };
}
