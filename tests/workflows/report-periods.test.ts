// S3, M3, M5: a term that an amendment prolongs is reported on to its new end; after a long absence the newest periods
// alone are made good, and what is not is recorded.
import { readFacts } from '@gongshu/infra/disclosures/facts';
import { bulletinFactTypes } from '@gongshu/infra/disclosures/bulletin';
import { type Reports, startReports } from '../support/reports.ts';

const city = 'zhongwei';
const agreement = '640500-YY-2024-000001';
let the: Reports;
beforeAll(async () => {
  the = await startReports([city]);
  await the.law.begin('2024-04-08T09:00:00');
  await the.mandate(city, '2024-04-01', '2024-09-30', '2024-04-08');
}, 120_000);
afterAll(() => the?.stop());

const rows = async (kind: 'bulletin' | 'merchants' | 'work' | 'operator') =>
  (
    await the.db
      .selectFrom('report_due')
      .select(['from_on', 'state'])
      .where('kind', '=', kind)
      .where('step', '=', 'open')
      .orderBy('from_on')
      .execute()
  ).map(({ from_on, state }) => `${from_on} ${state}`);
const amended = (until: string, at: string) =>
  the.tell(city, 'operatingAgreement.amended.v1', agreement, at, {
    ...{ caseNo: agreement, agreement, operator: 'operator', mode: 'whole', fields: [], scenarios: [] },
    ...{ from: '2024-04-01', until, version: 2 },
  });
const periodic = ['bulletin', 'merchants', 'work'] as const;

it('after the last day nothing is foreseen; an amendment that prolongs the term has all of it go on', async () => {
  await the.law.goTo('2024-10-08T09:00:00');
  await the.runDues();
  for (const kind of periodic) expect(await rows(kind)).toEqual(['2024-04-01 opened', '2024-07-01 opened']);
  // One that ends no later changes nothing.
  await amended('2024-09-30', '2024-11-05');
  for (const kind of periodic) expect(await rows(kind)).toHaveLength(2);
  await amended('2027-03-31', '2024-11-06');
  await amended('2027-03-31', '2024-11-06');
  for (const kind of periodic)
    expect(await rows(kind)).toEqual(['2024-04-01 opened', '2024-07-01 opened', '2024-10-01 ahead']);
  expect(await rows('operator')).toEqual(['2024-01-01 ahead']);
});

it('nobody looked for two years: the newest four periods are made good, and what is not is recorded', async () => {
  await the.law.goTo('2026-10-08T09:00:00');
  await the.runDues();
  const opened = ['2024-10-01', '2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01'];
  for (const kind of periodic) {
    expect((await rows(kind)).slice(2)).toEqual([
      ...opened.map((day) => `${day} opened`),
      '2026-10-01 ahead',
    ]);
    const of = kind === 'bulletin' ? '' : '-operator';
    expect(await the.told(`640500-WB-${kind}${of}-2025-01-01`, 'reportPeriods.missed.v1')).toMatchObject([
      { kind, operator: of ? 'operator' : null, from: '2025-01-01', until: '2025-09-30', missed: 3 },
    ]);
  }
  const drafted = await the.db.selectFrom('bulletin_period').select('from_on').orderBy('from_on').execute();
  expect(drafted.map(({ from_on }) => from_on)).toEqual(['2024-04-01', '2024-07-01', ...opened]);
  // No year was so long ago: each is disclosed.
  expect(await rows('operator')).toEqual([...['2024-01-01 opened', '2025-01-01 opened', '2026-01-01 ahead']]);
}, 120_000);

it('a bulletin is drawn from the facts of departments alone, not from all that a city has', async () => {
  const review = { caseNo: 'SQ-1', reviewer: 'dept-transport', startedAt: '2026-09-30T10:00:00+08:00' };
  await the.tell(city, 'application.reviewStarted.v1', 'SQ-1', '2026-09-30', review);
  await the.tell(city, 'trace.recorded.v1', 'TZ-1', '2026-09-30', { act: 'access' });
  const of = async (types?: readonly string[]) =>
    (await readFacts(the.db, city, types)).map(({ subject }) => subject).toSorted();
  expect(await of()).toEqual(expect.arrayContaining(['SQ-1', 'TZ-1', agreement]));
  expect(await of(bulletinFactTypes)).toEqual(['SQ-1']);
});
