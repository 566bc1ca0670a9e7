import type { Bus } from '@gongshu/infra/bus';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { readOrder } from '@gongshu/infra/supply-orders/keep';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import { obeyOrder } from './supplies/orders.ts';

/** What an event of incidents, sanctions or evidence orders of supply; others pass by. */
export const followOrder = async (
  trx: Transaction<any>,
  event: Parameters<typeof readOrder>[0],
): Promise<void> => {
  const order = readOrder(event);
  if (order) await obeyOrder(trx, order.move, order.told);
};

/** Obeys what disclosure orders (D1, decision 0031); told twice, the second changes nothing. */
export const createOrdersSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-catalog-orders', topics: [topicOf('disclosure', 'case')] },
    handle: (event, trx) => followOrder(trx, event),
    ...options,
  });
