/** Grants as the catalog's events tell them: under a running one a product may be built (E1, A8). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import type { GrantedResource } from '@gongshu/infra/products/fields';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>;
type Granted = {
  grantNo: string;
  merchant: string;
  operator: string;
  fromOn: string;
  untilOn: string;
  resources: string[];
  scope?: GrantedResource[];
};

const states: Readonly<Record<string, 'running' | 'suspended' | 'ended'>> = {
  'grant.suspended.v1': 'suspended',
  'grant.restored.v1': 'running',
  'grant.expired.v1': 'ended',
  'grant.endedEarly.v1': 'ended',
  'grant.replaced.v1': 'ended',
};

/** Told twice, it changes nothing; what has ended stays so. Events that say nothing of a grant's standing pass by. */
export const keepGrant = async (
  trx: Transaction<ProductTables>,
  { type: full, jurisdiction, lawtime, data }: Told,
): Promise<void> => {
  const type = typeName(full) ?? '';
  const seen_at = new Date(lawtime);
  if (type === 'grant.granted.v1') {
    const { grantNo, merchant, operator, fromOn, untilOn, resources, scope } = data as Granted;
    await trx
      .insertInto('product_grant')
      .values({
        ...{ grant_no: grantNo, jurisdiction, applicant: merchant, operator, state: 'running', seen_at },
        ...{ from_on: fromOn, until_on: untilOn },
        // One that was told before fields were: it covers none until it is told again.
        resources: JSON.stringify(
          scope ?? resources.map((resource) => ({ resource, reviewer: '', fields: [] })),
        ) as never,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  const state = states[type];
  if (state === undefined) return;
  await trx
    .updateTable('product_grant')
    .set({ state, seen_at })
    .where('grant_no', '=', (data as { grantNo: string }).grantNo)
    .where('state', '!=', 'ended')
    .execute();
};

export const createGrantSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-registry-products', topics: [topicOf('catalog', 'case')] },
    handle: (event, trx) => keepGrant(trx, event),
    ...options,
  });
