/** Waiting for an event on Kafka, as an outside subscriber would. */
import { randomUUID } from 'node:crypto';
import { createBus } from '@gongshu/infra/bus';
import { type CloudEvent, fromKafka } from '@gongshu/infra/cloud-event';

/** The first event of the types about a subject; throws when none came within the patience. */
export const readEvent = async (
  brokers: string[],
  topic: string,
  {
    subject,
    types,
    patienceMillis = 30_000,
  }: { subject: string; types: readonly string[]; patienceMillis?: number },
): Promise<CloudEvent> => {
  const bus = createBus({ brokers, clientId: 'gongshu-story' });
  let found: ((event: CloudEvent) => void) | undefined;
  const arrived = new Promise<CloudEvent>((resolve) => {
    found = resolve;
  });
  const subscription = bus.subscribe({
    group: `gongshu-story-${randomUUID()}`,
    topics: [topic],
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    each: async (delivery) => {
      const event = fromKafka(delivery);
      if (event.subject === subject && types.some((type) => event.type.endsWith(type))) found?.(event);
    },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      arrived,
      new Promise<never>((_, fail) => {
        timer = setTimeout(
          () => fail(new Error(`no event ${types.join(' or ')} of ${subject} on ${topic}`)),
          patienceMillis,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
    await subscription.stop();
    await bus.close();
  }
};
