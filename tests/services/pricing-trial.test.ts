// F2, 65号 二: on trial until a full calendar year of operation lies behind, under a mandate from its first day to its last.
import { keepMandate } from '@gongshu/service-pricing/mandates/terms';
import { costYearOf } from '@gongshu/service-pricing/revenues/open';
import { type Kysely, sql } from 'kysely';
import { type Pricing, startPricing } from '../support/pricing.ts';

const jurisdiction = 'zhongwei';
const year = 2026; // whose revenue is limited; the year before is 2025

let the: Pricing;
beforeAll(async () => {
  the = await startPricing([jurisdiction]);
}, 120_000);
afterAll(() => the?.stop());

type Mandate = { from: string; until: string; operator?: string; ended?: string; amendedUntil?: string };
let agreements = 0;
const event = (name: string, lawtime: string, data: object) => ({
  ...{ type: `cn.gongshu.operatingAgreement.${name}.v1`, jurisdiction, lawtime, data },
});
/** An agreement as the registry tells of it, each event twice. */
const mandate = async (given: Mandate, operator: string): Promise<void> => {
  agreements += 1;
  const { from, until, ended, amendedUntil } = given;
  const of = { caseNo: `YY-${agreements}`, operator: given.operator ?? operator, from, until };
  const events = [
    event('inForce', `${from}T09:00:00+08:00`, of),
    ...(amendedUntil ? [event('amended', `${from}T10:00:00+08:00`, { ...of, until: amendedUntil })] : []),
    ...(ended ? [event('ended', `${ended}T23:59:59+08:00`, of)] : []),
  ];
  await the.db.transaction().execute(async (trx) => {
    for (const one of events) for (const told of [one, one]) await keepMandate(trx, told as never);
  });
};
const reportFiled = (operator: string, state = 'filed') =>
  sql`
    insert into cost_report (id, jurisdiction, operator, year, version, state, content, hash, due_on, late, recipient,
      filed_by, filed_at)
    values (${`CR-${operator}`}, ${jurisdiction}, ${operator}, ${year - 1}, 1, ${state}, '{}', '', '2026-03-31', false,
      'city-bureau', 'clerk', now())`.execute(the.db as unknown as Kysely<unknown>);
const asked = (operator: string) => costYearOf(the.db as never, { jurisdiction, operator, year });

const whole = { from: '2025-01-01', until: '2029-12-31' };
const begun = '2024-06-15';
const half = { from: begun, until: '2025-06-30' };
/** Whether it is a trial, by the mandates there are. */
it.each<[string, Mandate[], boolean]>([
  ['since March of last year', [{ ...whole, from: '2025-03-01' }], true],
  ['since January 1 of last year', [whole], false],
  ['since January 2 of last year', [{ ...whole, from: '2025-01-02' }], true],
  ['since the year before last', [{ ...whole, from: begun }], false],
  ['ended on December 30', [{ ...whole, ended: '2025-12-30' }], true],
  ['ended with the year', [{ ...whole, ended: '2025-12-31' }], false],
  ['ran out in June', [half], true],
  ['ran out in June but was prolonged', [{ ...half, amendedUntil: '2026-06-30' }], false],
  ['renewed without a gap', [half, { from: '2025-07-01', until: '2030-06-30' }], false],
  ['renewed after a day', [half, { from: '2025-07-02', until: '2030-06-30' }], true],
  ['held by the body that went into it', [{ ...whole, operator: 'before' }], false],
  ['held by another', [{ ...whole, operator: 'another' }], true],
  ['under no mandate that is known', [], true],
])('a report of last year is filed, the mandate %s', async (_name, mandates, trial) => {
  const operator = `operator-${agreements}-${mandates.length}`;
  await sql`delete from mandate_term`.execute(the.db);
  await sql`
    insert into body (jurisdiction, id, kind, successor) values (${jurisdiction}, 'before', 'operator', ${operator})
    on conflict (jurisdiction, id) do update set successor = excluded.successor`.execute(the.db);
  for (const one of mandates) await mandate(one, operator);
  // Without the report no year is behind it, however long the mandate.
  expect(await asked(operator)).toEqual({ costYear: year, trial: true });
  await reportFiled(operator);
  expect(await asked(operator)).toEqual({ costYear: year - 1, trial });
});

it('sabotage twin: a filed report alone would end the trial of one who began in March', async () => {
  const careless = async (operator: string) => ({ trial: (await asked(operator)).costYear === year });
  await mandate({ ...whole, from: '2025-03-01' }, 'march');
  await reportFiled('march');
  expect((await asked('march')).trial).toBe(true);
  expect((await careless('march')).trial).toBe(false);
});

it('a report that was returned is none', async () => {
  await mandate(whole, 'returned');
  await reportFiled('returned', 'returned');
  expect(await asked('returned')).toEqual({ costYear: year, trial: true });
});
