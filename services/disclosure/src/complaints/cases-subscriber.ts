/** Whose the cases are that a merchant may complain about (S4): by the events of catalog and registry alone. */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import type { ComplaintTables } from './tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'data'>;
/** What opens a case of a body, and where the event says whose it is: ids alone. */
const openedBy: Readonly<Record<string, string>> = {
  'application.submitted.v1': 'applicant',
  'onboarding.submitted.v1': 'applicant',
  'productEgress.submitted.v1': 'owner',
  'demandResponse.opened.v1': 'asker',
  'qualityFeedback.opened.v1': 'givenBy',
};

/** Told twice, it changes nothing. */
export const keepCase = async (
  trx: Transaction<ComplaintTables>,
  { type, jurisdiction, data }: Told,
): Promise<void> => {
  const key = openedBy[typeName(type) ?? ''];
  if (key === undefined) return;
  const { caseNo, [key]: applicant } = data as { caseNo: string } & Record<string, string>;
  if (applicant === undefined) return;
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
    // A name of its own since it learns egress, demands and feedback: it reads the topics again from their beginning.
    ...{ bus, db, consumer: 'gongshu-disclosure-known-cases' },
    topics: [topicOf('catalog', 'case'), topicOf('registry', 'case')],
    handle: (event, trx) => keepCase(trx, event),
    ...options,
  });
