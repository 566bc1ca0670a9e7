/** Facts that evaluations are counted from, learnt from the events of cases as any subscriber learns them (V1). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import type { EvaluationFactTable, EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { momentOf } from '@gongshu/shared/disclosure-facts/fact';
import { topicOf } from '@gongshu/shared/events';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { ofPublicSide, type Said } from './public-facts.ts';

type Fact = Insertable<EvaluationFactTable>;
type Told = Record<string, string | boolean | number | undefined>;

const check = /^(?:application|onboarding)\.check(Passed|Failed|Overdue)\.v1$/;

/** A settlement counts as not done from its first day on, so that one that is never confirmed tells too. */
const ofSettlement = (name: string, data: Told, text: (key: string) => string): Said[] => {
  const of = { operator: text('operator'), case_no: text('caseNo'), tag: text('year') };
  if (name === 'opened') return [{ ...of, source: 'settlementsOnTime', good: null }];
  return [
    { ...of, source: 'settlementsOnTime', good: data['late'] === false },
    { ...of, source: 'revenueWithinCap', good: data['excessFen'] === 0 },
  ];
};

/**
 * What an event of prices says: cost reports and settlements in time, years within the cap, tariffs published of those
 * that were to be (F2–F5). A tariff above its ceiling is never published, so that one that is stands within it.
 */
const ofPrices = (type: string, data: Told, text: (key: string) => string): Said[] => {
  const settlement = /^settlement\.(opened|confirmed)\.v1$/.exec(type)?.[1];
  if (settlement) return ofSettlement(settlement, data, text);
  const operator = text('operator');
  if (type === 'costReport.filed.v1')
    return [
      {
        ...{ source: 'costReportsOnTime', operator, case_no: text('report'), tag: text('year') },
        good: data['late'] === false,
      },
    ];
  // Filed and sent back it is still to be published; only that settles it.
  const tariff = /^tariff\.(filed|published)\.v1$/.exec(type)?.[1];
  if (!tariff) return [];
  const good = tariff === 'published' ? true : null;
  return [{ source: 'tariffsPublished', operator, case_no: text('tariff'), tag: text('product'), good }];
};

/** What time brings about is of the last day of its term, and of that day's year. */
const toldAt = ({ type, lawtime }: Pick<CloudEvent, 'type' | 'lawtime'>): Date =>
  new Date(momentOf({ type: typeName(type) ?? '', at: Date.parse(lawtime) }));

/** Everything an event says to evaluations; mostly one fact or none. */
export const factsTold = (event: Parameters<typeof factIn>[0]): Fact[] => {
  const one = factIn(event);
  const base = { jurisdiction: event.jurisdiction, at: toldAt(event) };
  const data = event.data as Told;
  const prices = ofPrices(typeName(event.type) ?? '', data, (key) => String(data[key]));
  const others = [...prices, ...ofPublicSide(typeName(event.type) ?? '', data)];
  return [...(one ? [one] : []), ...others.map((said) => ({ ...base, ...said }))];
};

/**
 * What an event says to an evaluation; `undefined` for one that says nothing. A check that went overdue stays so,
 * whenever it is done.
 */
export const factIn = (
  event: Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>,
): Fact | undefined => {
  const type = typeName(event.type) ?? '';
  const data = event.data as Told;
  const base = { jurisdiction: event.jurisdiction, at: toldAt(event) };
  const text = (key: string): string => String(data[key]);
  const done = check.exec(type);
  if (done)
    return {
      ...{ ...base, source: 'applicationsOnTime', operator: text('reviewer') },
      ...{ case_no: text('caseNo'), tag: text('turn') },
      good: done[1] !== 'Overdue' && data['late'] === false,
    };
  if (type === 'grant.granted.v1')
    return {
      ...{ ...base, source: 'scenariosServed', operator: text('operator') },
      ...{ case_no: text('grantNo'), tag: text('purpose'), good: true },
    };
  if (type === 'grant.overreachReported.v1' || type === 'grant.overreachDecided.v1')
    return {
      ...{ ...base, source: 'overreachReports', operator: text('operator') },
      ...{ case_no: text('grantNo'), tag: text('report') },
      good: type === 'grant.overreachReported.v1' ? null : data['outcome'] === 'dismissed',
    };
  return undefined;
};

/**
 * Told twice, the second changes nothing; what was once bad stays bad. Two topics come in any order: that something is
 * still to be done says nothing where it is done.
 */
export const keepFact = async (trx: Transaction<EvaluationTables>, fact: Fact): Promise<void> => {
  await trx
    .insertInto('evaluation_fact')
    .values(fact)
    .onConflict((conflict) => {
      const same = conflict.columns(['source', 'case_no', 'tag']);
      return fact.good === null
        ? same.doNothing()
        : same
            .doUpdateSet({ good: fact.good })
            .where((eb) =>
              eb.or([eb('evaluation_fact.good', 'is', null), eb('evaluation_fact.good', '=', true)]),
            );
    })
    .execute();
};

/** Follows the cases of the catalog, of the registry and of disclosure, and what is told of prices. */
export const createFactsSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-registry-evaluation',
    topics: [
      ...[topicOf('catalog', 'case'), topicOf('registry', 'case')],
      ...[topicOf('pricing', 'case'), topicOf('pricing', 'public'), topicOf('disclosure', 'case')],
    ],
    handle: async (event, trx) => {
      for (const fact of factsTold(event)) await keepFact(trx, fact);
    },
    ...options,
  });
