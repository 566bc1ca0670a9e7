import { setTimeout as sleep } from 'node:timers/promises';
import { eventTypes, isEventType } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import { databaseAway } from './away.ts';
import type { Bus, Delivery, SubscribeOptions } from './bus.ts';
import { type CloudEvent, fromKafka, MalformedEvent, typeName } from './cloud-event.ts';
import {
  checkOrder,
  claim,
  type OrderFinding,
  parkDelivery,
  parkedDelivery,
  settleParked,
} from './subscriber-store.ts';

export type { OrderFinding } from './subscriber-store.ts';

export interface SubscriberOptions {
  bus: Pick<Bus, 'subscribe'>;
  /** Bound to the subscriber's own schema, where its effects and its processed_event rows stand. */
  db: Kysely<any>;
  /** The consumer group, and the name under which events are remembered. */
  consumer: string;
  topics: string[];
  /** The effect, inside the transaction that also remembers the event: both or neither. */
  handle: (event: CloudEvent, trx: Transaction<any>) => Promise<void>;
  /** Told of gaps, inversions and parked messages, after they were written down. */
  report?: (
    finding: OrderFinding | { kind: 'parked'; topic: string; subject: string | null; reason: string },
  ) => void;
  /** Tries of a failing handler before its message is parked, those apart that found the database away; 5 when left out. */
  tries?: number;
  timing?: Pick<SubscribeOptions, 'sessionTimeout' | 'heartbeatInterval'>;
  /** Reads what others than the platform say; such events are in no order of ours. `undefined` passes one over. */
  readForeign?: (delivery: Pick<Delivery, 'headers' | 'value'>) => CloudEvent | undefined;
}

export interface SubscriberCounts {
  handled: number;
  duplicates: number;
  /** Types this version does not know; a newer publisher's. */
  skipped: number;
  parked: number;
  gaps: number;
  inversions: number;
}

export interface Subscriber {
  joined: Promise<void>;
  counts: Readonly<SubscriberCounts>;
  /** Hands a parked message to the handler once more; throws what still stands against it. False: nothing parked there. */
  redeliver(parkedId: number, by: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** The event in a message, checked against its schema; `undefined` for a type that this version does not know. */
function readEvent(delivery: Pick<Delivery, 'headers' | 'value'>): CloudEvent | undefined {
  const event = fromKafka(delivery);
  const type = typeName(event.type);
  if (type === undefined || !isEventType(type)) return undefined;
  const parsed = eventTypes[type].schema.loose().safeParse(event.data); // fields added later are let through
  if (parsed.success) return event;
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
  throw new MalformedEvent(`data breaks the schema of ${type}: ${places.join(', ')}`);
}

/**
 * The reference subscriber: every event once, in the same transaction as its effect, however often it arrives.
 * Gaps and inversions within a subject are found by the sequence, written to `event_gap` and reported. A message that
 * is no event, breaks its schema, or fails its handler again and again is parked in `dead_letter`, and the ones after it
 * go on. With the database away it waits, parking nothing; the place in the topic is committed only after the transaction.
 */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const {
    bus,
    db,
    consumer,
    topics,
    handle,
    report = () => {},
    tries = 5,
    timing = {},
    readForeign,
  } = options;
  const read = readForeign ?? readEvent;
  const counts = { handled: 0, duplicates: 0, skipped: 0, parked: 0, gaps: 0, inversions: 0 };

  const take = async (event: CloudEvent, topic: string) => {
    let finding: OrderFinding | undefined;
    const fresh = await db.transaction().execute(async (trx) => {
      if (!(await claim(trx, consumer, event.id))) return false;
      if (!readForeign) finding = await checkOrder(trx, consumer, topic, event);
      await handle(event, trx);
      return true;
    });
    counts[fresh ? 'handled' : 'duplicates'] += 1;
    if (!finding) return;
    counts[finding.kind === 'gap' ? 'gaps' : 'inversions'] += 1;
    report(finding);
  };

  const park = async (delivery: Delivery, reason: string) => {
    if (!(await parkDelivery(db, consumer, delivery, reason))) return;
    counts.parked += 1;
    report({
      kind: 'parked',
      topic: delivery.topic,
      subject: delivery.headers['ce_subject'] ?? null,
      reason,
    });
  };

  const each = async (delivery: Delivery) => {
    let failure = '';
    try {
      const event = read(delivery);
      if (!event) {
        counts.skipped += 1;
        return;
      }
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        try {
          return await take(event, delivery.topic);
        } catch (error) {
          if (databaseAway(error)) throw error; // no try of the handler: the message comes again
          failure = `handler failed ${attempt} times: ${error instanceof Error ? error.name : typeof error}`;
          if (attempt < tries) await sleep(50 * 2 ** attempt);
        }
      }
    } catch (error) {
      if (!(error instanceof MalformedEvent)) throw error;
      failure = error.message;
    }
    await park(delivery, failure); // with the database away this throws, and the message comes again
  };

  const subscription = bus.subscribe({ group: consumer, topics, each, ...timing });
  return {
    joined: subscription.joined,
    counts,
    redeliver: async (parkedId, by) =>
      await db.transaction().execute(async (trx) => {
        const parked = await parkedDelivery(trx, consumer, parkedId);
        if (!parked) return false;
        const event = read(parked);
        if (event && (await claim(trx, consumer, event.id))) await handle(event, trx);
        await settleParked(trx, parkedId, by);
        return true;
      }),
    stop: () => subscription.stop(),
  };
}
