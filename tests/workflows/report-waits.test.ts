// S1, S2: a publication whose case was never opened is called up ever more seldom, and told once; opened, it is published.
import { triesUntold } from '@gongshu/infra/disclosures/waiting';
import type { ReportDue } from '@gongshu/shared/disclosure-facts/due';
import { sql } from 'kysely';
import { type Reports, startReports } from '../support/reports.ts';

const city = 'zhongwei';
let the: Reports;
beforeAll(async () => {
  the = await startReports([city]);
  await the.law.begin('2024-05-06T09:00:00');
  await the.mandate(city, '2024-04-01', '2027-03-31', '2024-05-06');
}, 120_000);
afterAll(() => the?.stop());

const due = (step: 'open' | 'publish'): ReportDue => ({
  ...{ jurisdiction: city, kind: 'operator', operator: 'operator', step },
  ...{ from: '2024-01-01', until: '2024-12-31' },
});
const row = async () => {
  const { rows } = await sql<{ state: string; tries: number; waits: number | null }>`
    select state, tries, round(extract(epoch from called_at - clock_timestamp()))::int + 10 as waits
    from report_due where kind = 'operator' and step = 'publish' and from_on = '2024-01-01'`.execute(the.db);
  return rows[0];
};
const told = () => the.told('640500-WF-operator-operator-2024-01-01', 'reportPublication.waits.v1');

it('waits twice as long each time, an hour at most; the bureau is told once', async () => {
  await the.law.goTo('2025-04-01T09:00:00');
  const waits: (number | null | undefined)[] = [];
  for (let n = 1; n <= 12; n += 1) {
    expect(await the.act(due('publish'))).toEqual({ done: 'notOpened' });
    waits.push((await row())?.waits);
    expect((await told()).length).toBe(n < triesUntold ? 0 : 1);
  }
  expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600, 3600]);
  expect(await row()).toMatchObject({ state: 'ahead', tries: 12 });
  expect(await told()).toEqual([
    expect.objectContaining({ kind: 'operator', operator: 'operator', from: '2024-01-01', tries: 5 }),
  ]);
});

it('opened at last, it is published, and waits no more', async () => {
  expect(await the.act(due('open'))).toEqual({ done: 'open' });
  await the.deliverAll();
  const caseNo = await the.disclosureOf(city, 'operator', 2024);
  await the.quiet(caseNo);
  expect(await the.act(due('publish'))).toEqual({ done: 'published' });
  await the.deliverAll();
  expect(await row()).toMatchObject({ state: 'opened', waits: null });
  expect(await the.told(caseNo, 'yearlyDisclosure.published.v1')).toHaveLength(1);
  expect(await told()).toHaveLength(1);
});
