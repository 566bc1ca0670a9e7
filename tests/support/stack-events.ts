import { randomUUID } from 'node:crypto';
import { createBus } from '@gongshu/infra/bus';
import { type CloudEvent, fromKafka, typeName } from '@gongshu/infra/cloud-event';
import { topicOf } from '@gongshu/shared/events';
import { until } from './stack.ts';

/** An event as it lies in a topic. */
export type Heard = CloudEvent & { name: string; topic: string; place: string };

export type Listener = {
  /** Every event of a case, from both topics, in the order of their sequence; one a place, however often delivered. */
  of: (caseNo: string) => Heard[];
  /** The names of a case's events in order, once `last` is among them (or patience has run out). */
  namesUntil: (caseNo: string, last: string, patienceMillis?: number) => Promise<string[]>;
  stop: () => Promise<void>;
};

/** Hears the catalog's topics from their beginning, as a subscriber outside would. */
export const listen = async (brokers: string[]): Promise<Listener> => {
  const bus = createBus({ brokers, clientId: 'journey' });
  const heard = new Map<string, Heard>();
  const subscription = bus.subscribe({
    group: `journey-${randomUUID()}`,
    topics: [topicOf('catalog', 'public'), topicOf('catalog', 'case')],
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    each: async (delivery) => {
      const { topic, partition, offset } = delivery;
      const event = fromKafka(delivery);
      const place = `${topic}/${partition}/${offset}`;
      heard.set(place, { ...event, name: typeName(event.type) ?? event.type, topic, place });
    },
  });
  await subscription.joined;
  const of: Listener['of'] = (caseNo) =>
    [...heard.values()]
      .filter(({ subject }) => subject === caseNo)
      .sort((a, b) => Number(a.sequence) - Number(b.sequence));
  return {
    of,
    namesUntil: async (caseNo, last, patienceMillis) => {
      const whole = (events: Heard[]) =>
        events.some(({ name }) => name === last) &&
        events.every(({ sequence }, index) => Number(sequence) === index + 1);
      const events = await until(async () => of(caseNo), whole, patienceMillis);
      return events.map(({ name }) => name.replace(/^application\.(.*)\.v1$/, '$1'));
    },
    stop: async () => {
      await subscription.stop();
      await bus.close();
    },
  };
};
