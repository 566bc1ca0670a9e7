/** Which scenarios stand, by the catalog's events alone: for each class of them a contingency plan is owed (X2; 中卫 二十八). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'data'>;
const standing: Readonly<Record<string, boolean>> = {
  'scenario.collected.v1': true,
  'scenario.approved.v1': true,
  'scenario.refused.v1': false,
  'scenario.withdrawn.v1': false,
};

/** Told twice, it changes nothing. */
export const keepScenario = async (
  trx: Transaction<IncidentTables>,
  { type, jurisdiction, data }: Told,
): Promise<void> => {
  const stands = standing[typeName(type) ?? ''];
  if (stands === undefined) return;
  const { scenario, code } = data as { scenario: string; code: string };
  await trx
    .insertInto('known_scenario')
    .values({ scenario, jurisdiction, code, stands })
    .onConflict((conflict) => conflict.column('scenario').doUpdateSet({ stands }))
    .execute();
};

export const createScenariosSubscriber = (
  db: Kysely<IncidentTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-disclosure-scenarios', topics: [topicOf('catalog', 'case')] },
    handle: (event, trx) => keepScenario(trx, event),
    ...options,
  });
