import type { Bus } from '@gongshu/infra/bus';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import { keepCreditRecord } from './keep.ts';

/** Follows the sanctions of disclosure, from the first on (X1). */
export const createCreditRecordSubscriber = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-registry-credit-records', topics: [topicOf('disclosure', 'case')] },
    handle: (event, trx) => keepCreditRecord(trx, event),
    ...options,
  });
