/** The tables of the public pages, from Kafka alone, as any outside subscriber could build them (S1–S4, decision 0027). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { serviceNames, topicOf, visibilities } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import type { DisclosureTables } from '../tables.ts';
import { caseHandlers, countComplaint } from './cases.ts';
import { type Handler, toldOf } from './keep.ts';
import { merchantHandlers } from './merchants.ts';
import { productHandlers } from './products.ts';
import { resourceHandlers } from './resources.ts';

/** What each event changes on the public pages; the order in which events of different things come makes no difference. */
export const publicHandlers: Readonly<Record<string, Handler>> = {
  ...resourceHandlers,
  ...productHandlers,
  ...caseHandlers,
  ...merchantHandlers,
};

/** Reminders and the platform's own bookkeeping are nobody's complaint. */
const complaintKind = /^complaint\.([A-Za-z]+)\.v1$/;
const uncounted = ['reminderDue', 'heldForIntake', 'actStruckOut'];

const handlerOf = (handlers: Readonly<Record<string, Handler>>, type: string): Handler | undefined => {
  const kind = complaintKind.exec(type)?.[1];
  if (kind !== undefined && !uncounted.includes(kind)) return countComplaint(kind);
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined;
};

/** Takes one event; the caller's transaction remembers it, so it counts once however often it arrives. */
export const takePublic =
  (handlers = publicHandlers) =>
  async (event: CloudEvent, trx: Transaction<DisclosureTables>): Promise<void> => {
    const type = typeName(event.type);
    if (type !== undefined) await handlerOf(handlers, type)?.(trx, toldOf(event));
  };

/** Every topic of every service: what is shown is told on the public ones, what takes it off on either. */
export const publicTopics = serviceNames.flatMap((service) =>
  visibilities.map((visibility) => topicOf(service, visibility)),
);

/** Builds the tables of the public pages; `handlers` stand in a test for a version that forgot one. */
export const createPublicSubscriber = (
  db: Kysely<DisclosureTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> & {
    consumer?: string;
    handlers?: Readonly<Record<string, Handler>>;
  } = {},
): Subscriber => {
  const { consumer = 'gongshu-disclosure-public', handlers, ...others } = options;
  return createSubscriber({
    ...{ bus, db, consumer, topics: publicTopics, handle: takePublic(handlers), ...others },
  });
};
