/**
 * Metered use as an outside system tells it by event (F1). A message that is no record, or whose record does not count, is
 * parked with its reason and may be handed over again; the id of a record makes it count once.
 */
import type { Bus, Delivery } from '@gongshu/infra/bus';
import { type CloudEvent, MalformedEvent } from '@gongshu/infra/cloud-event';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import { MeteredUse, meteredUse } from '@gongshu/shared/events/usage';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import { takeUsage, type UsageDb, type UsageTrx, usageTaking } from './record.ts';

const typeWanted = `cn.gongshu.${meteredUse.type}`;
const visible = /^[\x21-\x7e]{1,160}$/;

/** A CloudEvent 1.0 in binary mode. Throws MalformedEvent, quoting nothing of it; another type is passed over. */
export const readMeteredUse = ({
  headers,
  value,
}: Pick<Delivery, 'headers' | 'value'>): CloudEvent | undefined => {
  const of = (name: string): string => headers[`ce_${name}`] ?? '';
  if (of('specversion') !== '1.0') throw new MalformedEvent('specversion is not 1.0');
  if (of('type') !== typeWanted) return undefined;
  for (const name of ['id', 'source']) if (!visible.test(of(name))) throw new MalformedEvent(`no ${name}`);
  let data: unknown;
  try {
    data = JSON.parse(value?.toString('utf8') ?? '');
  } catch {
    throw new MalformedEvent('the value is not JSON');
  }
  const parsed = MeteredUse.safeParse(data);
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
    throw new MalformedEvent(
      `data breaks the schema of ${meteredUse.type}: ${places.join(', ')}`.slice(0, 500),
    );
  }
  return {
    ...{ specversion: '1.0', id: `${of('source')} ${of('id')}`, source: of('source'), type: typeWanted },
    ...{ subject: parsed.data.id, time: of('time'), datacontenttype: 'application/json', dataschema: '' },
    ...{ partitionkey: parsed.data.id, sequence: '1', previoussequence: '0' },
    ...{ jurisdiction: parsed.data.jurisdiction, lawtime: of('time'), data: parsed.data },
  };
};

/** Takes one record, inside the transaction that remembers its event. Throws the record's refusal as a problem. */
export const takeMetered = async (
  trx: UsageTrx,
  packs: Pick<PackSet, 'resolve' | 'jurisdictions'>,
  { jurisdiction, operator, ...given }: MeteredUse,
  at: Date,
): Promise<void> => {
  if (!packs.jurisdictions.includes(jurisdiction)) throw problem('usageOperatorUnknown');
  const owner = { jurisdiction, operator };
  const known = await trx
    .selectFrom('body' as never)
    .select('id' as never)
    .where('jurisdiction' as never, '=', jurisdiction as never)
    .where('id' as never, '=', operator as never)
    .where('kind' as never, '=', 'operator' as never)
    .executeTakeFirst();
  if (!known) throw problem('usageOperatorUnknown');
  await lockUsage(trx, owner);
  const taking = await usageTaking(trx, packs.resolve(jurisdiction), owner, {
    ...{ source: 'event', recorded_at: at, recorded_by: 'metering' },
  });
  const [taken] = await takeUsage(trx, owner, [given], taking);
  if (taken?.kind === 'refused') throw problem(taken.reason.code);
  if (taken?.kind !== 'new') return;
  const batch = `${jurisdiction}/${operator}/${given.id}`;
  await record(trx, 'pricing', {
    ...{ key: `${batch}/metered`, type: 'usage.recorded.v1', subject: batch, jurisdiction, at },
    actor: { id: 'metering', role: 'system', organisation: operator },
    data: { batch, operator, source: 'event', records: 1, same: 0, refused: 0, hash: jsonHash([given.id]) },
  });
};

/** Learns of use from the topic of the metering system. */
export const createMeteredUseSubscriber = (
  db: UsageDb,
  bus: Pick<Bus, 'subscribe'>,
  {
    packs,
    lawNow,
    ...options
  }: Pick<SubscriberOptions, 'report' | 'timing' | 'tries'> & {
    packs: Pick<PackSet, 'resolve' | 'jurisdictions'>;
    lawNow: () => Promise<Date>;
  },
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-pricing-usage', topics: [meteredUse.topic] },
    readForeign: readMeteredUse,
    // What does not count will not count a moment later: it is parked at once.
    tries: 1,
    handle: async (event, trx) => takeMetered(trx, packs, event.data as MeteredUse, await lawNow()),
    ...options,
  });
