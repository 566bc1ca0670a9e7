/** Facts that evaluations are counted from, learnt from the events of cases as any subscriber learns them (V1). */
import type { Bus } from '@gongshu/infra/bus';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import type { EvaluationFactTable, EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { topicOf } from '@gongshu/shared/events';
import type { Insertable, Kysely, Transaction } from 'kysely';

type Fact = Insertable<EvaluationFactTable>;
type Told = Record<string, string | boolean | undefined>;

const check = /^(?:application|onboarding)\.check(Passed|Failed|Overdue)\.v1$/;

/**
 * What an event says to an evaluation; `undefined` for one that says nothing. A check that went overdue stays so,
 * whenever it is done.
 */
export const factIn = (
  event: Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>,
): Fact | undefined => {
  const type = typeName(event.type) ?? '';
  const data = event.data as Told;
  const base = { jurisdiction: event.jurisdiction, at: new Date(event.lawtime) };
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

/** Told twice, the second changes nothing; what was once bad stays bad. */
export const keepFact = async (trx: Transaction<EvaluationTables>, fact: Fact): Promise<void> => {
  await trx
    .insertInto('evaluation_fact')
    .values(fact)
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'case_no', 'tag'])
        .doUpdateSet({ good: fact.good })
        .where((eb) =>
          eb.or([eb('evaluation_fact.good', 'is', null), eb('evaluation_fact.good', '=', true)]),
        ),
    )
    .execute();
};

/** Follows the cases of the catalog and of the registry. */
export const createFactsSubscriber = (
  db: Kysely<any>,
  bus: Pick<Bus, 'subscribe'>,
  options: Pick<SubscriberOptions, 'report' | 'timing'> = {},
): Subscriber =>
  createSubscriber({
    bus,
    db,
    consumer: 'gongshu-registry-evaluation',
    topics: [topicOf('catalog', 'case'), topicOf('registry', 'case')],
    handle: async (event, trx) => {
      const fact = factIn(event);
      if (fact) await keepFact(trx, fact);
    },
    ...options,
  });
