/** Whose the cases are that a merchant may complain about (S4): by the events of catalog and registry alone. */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import type { ComplaintTables } from './tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'data'>;
const submitted: readonly string[] = ['application.submitted.v1', 'onboarding.submitted.v1'];

/** Told twice, it changes nothing. */
export const keepCase = async (
  trx: Transaction<ComplaintTables>,
  { type, jurisdiction, data }: Told,
): Promise<void> => {
  if (!submitted.includes(typeName(type) ?? '')) return;
  const { caseNo, applicant } = data as { caseNo: string; applicant: string };
  await trx
    .insertInto('known_case')
    .values({ case_no: caseNo, jurisdiction, applicant })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const createCasesSubscriber = (
  db: Kysely<ComplaintTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-disclosure-cases' },
    topics: [topicOf('catalog', 'case'), topicOf('registry', 'case')],
    handle: (event, trx) => keepCase(trx, event),
    ...options,
  });
