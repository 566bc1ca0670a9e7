/** Products as the registry's events tell them: what one is for, and whether it stands on the list (E4). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import type { TariffTables } from '@gongshu/infra/tariffs/tables';
import { topicOf } from '@gongshu/shared/events';
import type { Kysely, Transaction } from 'kysely';
import type { PricingTables } from '../tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'sequence' | 'data'>;
type Version = { caseNo: string; product: string; version: number };

const states: Readonly<Record<string, string>> = {
  'productEgress.listed.v1': 'listed',
  'productEgress.released.v1': 'released',
  'productEgress.suspended.v1': 'suspended',
  'productEgress.restored.v1': 'released',
  'productEgress.recalled.v1': 'recalled',
  'productEgress.retired.v1': 'retired',
  'productEgress.reopened.v1': 'underWay',
};

/** When a version came to stand as it does: what is charged for on which days rests on it. */
const keepStanding = async (
  trx: Transaction<PricingTables>,
  row: Omit<TariffTables['product_standing'], 'at'>,
  data: unknown,
): Promise<void> => {
  const { at } = data as { at?: string };
  if (at === undefined) return;
  await (trx as unknown as Transaction<TariffTables>)
    .insertInto('product_standing')
    .values({ ...row, at: new Date(at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Both topics tell of one case: what it is and how it stands come in either order. Told twice, nothing changes. */
export const keepProduct = async (
  trx: Transaction<PricingTables>,
  { type: full, jurisdiction, sequence, data }: Told,
): Promise<void> => {
  const type = typeName(full) ?? '';
  const { caseNo: case_no, product, version } = data as Version;
  const key = { jurisdiction, case_no, product, version };
  if (type === 'productEgress.submitted.v1') {
    const { owner, class: kind, purpose } = data as { owner: string; class: string; purpose: string };
    await trx
      .insertInto('product_version')
      .values({ ...key, owner, class: kind, purpose, state: null })
      .onConflict((conflict) =>
        conflict
          .columns(['jurisdiction', 'product', 'version'])
          .doUpdateSet({ case_no, owner, class: kind, purpose }),
      )
      .execute();
    return;
  }
  const state = states[type];
  if (state === undefined) return;
  await keepStanding(trx, { jurisdiction, product, version, state, sequence: Number(sequence) }, data);
  await trx
    .insertInto('product_version')
    .values({ ...key, owner: null, class: null, purpose: null, state, sequence: Number(sequence) })
    .onConflict((conflict) =>
      conflict
        .columns(['jurisdiction', 'product', 'version'])
        .doUpdateSet({ state, sequence: Number(sequence) })
        .where('product_version.sequence', '<', Number(sequence)),
    )
    .execute();
};

/** Learns from the registry which products stand on the list. */
export const createProductsSubscriber = (
  db: Kysely<PricingTables>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-pricing-products' },
    topics: [topicOf('registry', 'case'), topicOf('registry', 'public')],
    handle: (event, trx) => keepProduct(trx, event),
    ...options,
  });
