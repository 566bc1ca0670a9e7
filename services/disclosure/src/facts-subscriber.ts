/** Facts from Kafka alone (S1–S3, M3–M5): kept as they come, and what falls due once a mandate is in force. */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { foreseeMandate, foreseeProlonged } from '@gongshu/infra/disclosures/due';
import { keepFact } from '@gongshu/infra/disclosures/facts';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely, Transaction } from 'kysely';

const clock = { id: 'clock', role: 'system', organisation: null } as const;

/** Told twice, it changes nothing. */
export const takeFact = async (
  trx: Transaction<DisclosureCaseTables>,
  packs: Pick<PackSet, 'jurisdictions' | 'resolve'>,
  event: CloudEvent,
): Promise<void> => {
  await keepFact(trx, event);
  const type = typeName(event.type);
  if (type !== 'operatingAgreement.inForce.v1' && type !== 'operatingAgreement.amended.v1') return;
  if (!packs.jurisdictions.includes(event.jurisdiction)) return;
  const { operator, from } = event.data as { operator: string; from: string };
  const pack = packs.resolve(event.jurisdiction);
  const at = Date.parse(event.lawtime);
  if (type === 'operatingAgreement.inForce.v1') await foreseeMandate(trx, pack, { operator, from }, at);
  else await foreseeProlonged(trx, pack, operator, { actor: clock, at: new Date(at) });
};

export const createReportFactsSubscriber = (
  db: Kysely<DisclosureCaseTables>,
  bus: Pick<Bus, 'subscribe'>,
  {
    packs,
    ...options
  }: Pick<SubscriberOptions, 'report' | 'timing'> & { packs: Pick<PackSet, 'jurisdictions' | 'resolve'> },
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-disclosure-reports' },
    topics: (['catalog', 'registry', 'pricing', 'disclosure'] as const).flatMap((service) => [
      topicOf(service, 'case'),
      topicOf(service, 'public'),
    ]),
    handle: (event, trx) => takeFact(trx, packs, event),
    ...options,
  });
