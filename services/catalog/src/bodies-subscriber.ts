import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Bus } from '@gongshu/infra/bus';
import { typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely } from 'kysely';

/** Learns from the registry's events which bodies a jurisdiction has: its operator, its bureau. */
export const createBodiesSubscriber = (
  db: Kysely<ApplicationTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-catalog-bodies',
    topics: [topicOf('registry', 'case')],
    handle: async (event, trx) => {
      if (typeName(event.type) !== 'party.registered.v1') return;
      const { party, kind } = event.data as { party: string; kind: string };
      await trx
        .insertInto('body')
        .values({ jurisdiction: event.jurisdiction, id: party, kind })
        .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doUpdateSet({ kind }))
        .execute();
    },
    ...options,
  });
