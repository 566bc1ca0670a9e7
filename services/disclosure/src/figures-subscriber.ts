import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { dayOf } from '@gongshu/shared/disclosure-facts/fact';
import { isEventType, topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import { countedAs, opens } from './measures.ts';
import { countOne, setOpen } from './queries/figure.ts';
import type { DisclosureTables } from './tables.ts';

/** Counts one event; the caller's transaction remembers it, so it counts once however often it arrives. */
export const takeFigure = async (event: CloudEvent, trx: Transaction<DisclosureTables>): Promise<void> => {
  const type = typeName(event.type);
  if (type === undefined || !isEventType(type)) return;
  const { jurisdiction, subject, sequence, lawtime } = event;
  const measure = countedAs[type];
  const month = dayOf({ type, at: Date.parse(lawtime) }).slice(0, 7);
  if (measure) await countOne(trx, { jurisdiction, month, measure });
  const open = opens[type];
  if (open !== undefined)
    await setOpen(trx, { resource: subject, jurisdiction, open, sequence: Number(sequence) });
};

/** Builds the public figures from Kafka alone, as any outside subscriber could. */
export const createFiguresSubscriber = (
  db: Kysely<DisclosureTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> & { consumer?: string } = {},
): Subscriber => {
  const { consumer = 'gongshu-disclosure-figures', ...others } = options;
  const topics = [topicOf('catalog', 'public'), topicOf('catalog', 'case')];
  return createSubscriber({ bus, db, consumer, topics, handle: takeFigure, ...others });
};
