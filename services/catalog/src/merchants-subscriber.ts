import type { Bus } from '@gongshu/infra/bus';
import { typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { ruleOf } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely, Transaction } from 'kysely';
import type { UseTrx } from './grants/deps.ts';
import { carryOut, restoreGrants, type StandingChange } from './merchants/follow-standing.ts';

const standingOf = {
  'merchant.enrolled.v1': 'enrolled',
  'merchant.suspended.v1': 'suspended',
  'merchant.restored.v1': 'enrolled',
  'merchant.exited.v1': 'exited',
} as const;
type Told = keyof typeof standingOf;
const isTold = (type: string | undefined): type is Told => type !== undefined && type in standingOf;

/** Writes how the merchant stands, and carries out what the pack makes of that (M1, 中卫 18). */
export const followMerchant = async (
  anyTrx: Transaction<any>,
  pack: ResolvedPack,
  type: Told,
  change: StandingChange,
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  const { jurisdiction, merchant: organisation, at: since } = change;
  const standing = standingOf[type];
  await trx
    .insertInto('merchant')
    .values({ jurisdiction, organisation, standing, since })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'organisation']).doUpdateSet({ standing, since }),
    )
    .execute();
  if (type === 'merchant.restored.v1') await restoreGrants(trx, pack, change);
  if (type === 'merchant.suspended.v1')
    await carryOut(trx, pack, ruleOf(pack, 'merchantOnboarding', 'whileSuspended').value, change);
  if (type === 'merchant.exited.v1')
    await carryOut(trx, pack, ruleOf(pack, 'merchantOnboarding', 'onExit').value, change);
};

/** Learns from the registry's events how each merchant stands; told twice, the second changes nothing. */
export const createMerchantsSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  { packs, ...options }: { packs: Pick<PackSet, 'resolve'> } & Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-catalog-merchants',
    topics: [topicOf('registry', 'case')],
    handle: async (event, trx) => {
      const type = typeName(event.type);
      if (!isTold(type)) return;
      const data = event.data as { merchant: string; at: string; reasonCodes?: string[] };
      await followMerchant(trx, packs.resolve(event.jurisdiction), type, {
        jurisdiction: event.jurisdiction,
        merchant: data.merchant,
        reasonCodes: data.reasonCodes ?? [],
        at: new Date(data.at),
      });
    },
    ...options,
  });
