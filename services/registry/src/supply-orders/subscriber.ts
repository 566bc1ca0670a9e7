import type { Bus } from '@gongshu/infra/bus';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { readOrder } from '@gongshu/infra/supply-orders/keep';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';
import { obeyOrder } from './obey.ts';

/** Obeys what disclosure orders (D1, decision 0031); told twice, the second changes nothing. */
export const createOrdersSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-registry-orders', topics: [topicOf('disclosure', 'case')] },
    handle: async (event, trx) => {
      const order = readOrder(event);
      if (order) await obeyOrder(trx, order.move, order.told);
    },
    ...options,
  });
