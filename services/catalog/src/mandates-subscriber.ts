import type { Bus } from '@gongshu/infra/bus';
import { typeName } from '@gongshu/infra/cloud-event';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely } from 'kysely';
import { followMandate, isMandateEvent, type MandateTold } from './mandates/follow.ts';
import { followNorm, isNormEvent, type NormTold } from './mandates/norms.ts';

/** Learns from the registry which mandates run and which norms stand; told twice, the second changes nothing. */
export const createMandatesSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  { packs, ...options }: { packs: Pick<PackSet, 'resolve'> } & Pick<SubscriberOptions, 'report' | 'timing'>,
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-catalog-mandates',
    topics: [topicOf('registry', 'case'), topicOf('registry', 'public')],
    handle: async (event, trx) => {
      const type = typeName(event.type);
      const { jurisdiction } = event;
      if (isMandateEvent(type))
        await followMandate(trx, packs.resolve(jurisdiction), type, event.data as MandateTold);
      if (isNormEvent(type)) await followNorm(trx, jurisdiction, type, event.data as NormTold);
    },
    ...options,
  });
