// O6, O8, O9: five years of one agreement, run after run, brought in from paper; what no calendar knows yet never fires.
import { act, handOver, inForce, must, registerOperators } from '../support/agreements.ts';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';
import { namePath } from '../support/turns-history.ts';

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(['wuhai', 'shuozhou', 'zhongwei']);
  for (const city of ['wuhai', 'shuozhou', 'zhongwei']) await registerOperators(the, city);
}, 120_000);
afterAll(() => the?.stop());

const paper = async (city: string, change: object = {}) => ({
  ...{ operator: 'operator', signedOn: '2022-03-15', termMonths: 36, parties: ['city-bureau', 'operator'] },
  mandate: { mode: 'whole', fields: [], scenarios: [] },
  itemsHash: `sha256:${'a'.repeat(64)}`,
  documents: [await the.upload(city, 'city-bureau', '纸质协议')],
  ...change,
});
const bringIn = (city: string, agreements: object[], keep = 'none') =>
  the.call(peopleOf(city).bureau, 'POST', '/v1/bring-in/agreements', { agreements, keep });

it('five years, in several runs of its workflow, end on the corresponding day', async () => {
  await the.law.begin('2024-03-01T09:00:00');
  const caseNo = await inForce(the, 'wuhai', { termMonths: 60, path: 'agreement-five-years' });
  const row = await the.row(caseNo);
  // The same case goes on in runs of a few dozen events, as one of thousands would.
  const handle = the.client.workflow.getHandle(caseNo);
  await handle.terminate();
  const { state, entries, readings, reminded, start } = row;
  await the.client.workflow.start('operatingAgreement', {
    ...{ workflowId: caseNo, taskQueue: 'gongshu' },
    args: [
      {
        ...start,
        startedAt: row.opened_at.getTime(),
        runLength: 20,
        carried: { state, position: entries, readings, done: reminded, receipts: [] },
      },
    ],
  });
  const { runId: first } = await handle.describe();
  const { bureau } = peopleOf('wuhai');
  for (const year of [2025, 2026, 2027, 2028]) {
    await the.goTo(`${year}-03-01T09:00:00`, caseNo);
    const document = await the.upload('wuhai', 'city-bureau', `${year} 年`);
    await must(the, bureau, caseNo, 'suspension', { reasons: [{ code: 'risk', text: '风险' }], document });
    await must(the, bureau, caseNo, 'restoration', { document });
  }
  const { runId: later } = await handle.describe();
  expect(later).not.toBe(first);
  await the.goTo('2029-03-01T23:59:00', caseNo);
  expect((await the.row(caseNo)).stage).toBe('inForce');
  await the.goTo('2029-03-02T00:00:05', caseNo);
  expect((await the.row(caseNo)).stage).toBe('handOver');
  await handOver(the, 'wuhai', caseNo);
  expect(await the.story(caseNo)).toEqual([
    ...['drafted', 'signed', 'signed', 'inForce', 'overdue'],
    ...Array.from({ length: 4 }, () => ['suspended', 'restored']).flat(),
    ...['ended', ...Array.from({ length: 6 }, () => 'handedOver'), 'closed'],
  ]);
});

it('a filing whose days reach a year not published is provisional, and never overdue', async () => {
  await the.law.begin('2026-12-25T09:00:00');
  const caseNo = await inForce(the, 'zhongwei');
  await the.goTo('2027-04-01T09:00:00', caseNo);
  const { readings, stage } = await the.row(caseNo);
  const filing = Object.values(readings).find(({ key }) => key.startsWith('filing/'));
  expect(filing).toMatchObject({ provisional: true, lastDay: null });
  expect(stage).toBe('inForce');
  expect(await the.story(caseNo)).not.toContain('overdue');
});

it('brought in from paper it is in force at once, and its window and its end are those of the paper', async () => {
  await the.law.begin('2024-09-02T09:00:00');
  const refused = await bringIn('shuozhou', [
    await paper('shuozhou', { signedOn: '2021-01-01' }),
    await paper('shuozhou', { termMonths: 48 }),
    await paper('shuozhou', { parties: ['city-bureau', 'dept-transport'] }),
    await paper('shuozhou', { operator: 'dept-transport', parties: ['city-bureau', 'dept-transport'] }),
  ]);
  expect(refused.json()).toMatchObject({ status: 422, code: 'rowsRefused' });
  expect(refused.json<{ errors: { code: string }[] }>().errors.map(({ code }) => code)).toEqual([
    ...['broughtInExpired', 'groundMissing', 'broughtInPartyMissing', 'operatorNotAParty'],
  ]);
  const answer = await bringIn('shuozhou', [await paper('shuozhou'), await paper('shuozhou')], 'good');
  const { kept, refused: rest } = answer.json<{ kept: { subject: string }[]; refused: { code: string }[] }>();
  expect(rest.map(({ code }) => code)).toEqual(['mandatesOverlap']);
  const caseNo = kept[0]?.subject ?? '';
  namePath(caseNo, 'agreement-brought-in');
  await the.quiet(caseNo);
  expect(await the.told(caseNo, 'operatingAgreement.inForce.v1')).toMatchObject([
    { from: '2022-03-15', until: '2025-03-15', origin: 'broughtIn' },
  ]);
  const { operator } = peopleOf('shuozhou');
  expect(await act(the, operator, caseNo, 'renewal', {})).toMatchObject({ code: 'renewalTooEarly' });
  await the.goTo('2024-09-15T00:00:05', caseNo);
  expect(await the.story(caseNo)).toEqual(['broughtIn', 'inForce', 'renewalOpened']);
  await the.goTo('2024-12-16T00:00:05', caseNo);
  expect(await act(the, operator, caseNo, 'renewal', {})).toMatchObject({ code: 'renewalTooLate' });
  await the.goTo('2025-03-16T00:00:05', caseNo);
  expect((await the.row(caseNo)).stage).toBe('handOver');
});
