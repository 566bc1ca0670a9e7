/** Learns from the registry since when which operator holds a mandate (F2, 65号 二). */
import type { Bus } from '@gongshu/infra/bus';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import type { PricingTables } from '../tables.ts';
import { keepMandate } from './terms.ts';

export const createMandatesSubscriber = (
  db: Kysely<PricingTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-pricing-mandates' },
    topics: [topicOf('registry', 'public')],
    handle: (event, trx) => keepMandate(trx, event),
    ...options,
  });
