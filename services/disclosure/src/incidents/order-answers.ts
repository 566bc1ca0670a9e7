/** What became of orders that suspend (D1, decision 0031), as catalog and registry answer: nothing missed is lost. */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import type { Missed } from '@gongshu/infra/supply-orders/keep';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { OrderMove } from '@gongshu/shared/supply-order';
import type { Kysely, Transaction } from 'kysely';

type Told = Pick<CloudEvent, 'id' | 'type' | 'jurisdiction' | 'data'>;
type Answer = { order: string; move: OrderMove; at: string; held: number; rested: number; missed: Missed[] };
const services: Readonly<Record<string, string>> = {
  'supplyOrder.obeyed.v1': 'catalog',
  'listOrder.obeyed.v1': 'registry',
};

/** Told twice, it changes nothing. */
export const keepAnswer = async (
  trx: Transaction<IncidentTables>,
  { id, type, jurisdiction, data }: Told,
): Promise<void> => {
  const service = services[typeName(type) ?? ''];
  if (service === undefined) return;
  const { order, move, at, held, rested, missed } = data as Answer;
  await trx
    .insertInto('supply_order_answer')
    .values({
      ...{ event_id: id, jurisdiction, order_id: order, service, move, held, rested, at: new Date(at) },
      missed: JSON.stringify(missed) as never,
    })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .execute();
};

export const createOrderAnswersSubscriber = (
  db: Kysely<IncidentTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-disclosure-orders' },
    topics: [topicOf('catalog', 'case'), topicOf('registry', 'case')],
    handle: (event, trx) => keepAnswer(trx, event),
    ...options,
  });
