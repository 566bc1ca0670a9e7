// X4: evidence that a mandate asks for and that was never filed is a task, told once; late is told once; it never suspends.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { keepMandate } from '@gongshu/service-disclosure/evidence/mandates-subscriber';
import { type Disclosure, startDisclosure } from '../support/disclosure.ts';
import { atEvidence } from '../support/evidence.ts';

const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
let the: Disclosure;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure(['zhongwei', 'lanting'], { packs });
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

const playing = (city: string) => {
  const at = atEvidence(the, city);
  const tell = (name: 'inForce' | 'ended', caseNo: string, from = '2025-03-01') =>
    at.db.transaction().execute((trx) =>
      keepMandate(trx as never, packs, {
        ...{ type: `cn.gongshu.operatingAgreement.${name}.v1`, jurisdiction: city },
        ...{ lawtime: '2025-03-03T09:00:00+08:00', data: { caseNo, operator: 'operator', from } },
      }),
    );
  const tasks = async (by = at.who.operator): Promise<any[]> =>
    (await the.call(by, 'GET', '/v1/tasks?limit=200'))
      .json()
      .items.filter(({ kind }: any) => kind === 'evidenceFiling');
  return { ...at, tell, tasks };
};

it('[X4 zhongwei] the text names no day: asked for at once without one, told once; filed, it is done; returned, it is not', async () => {
  const { tell, tasks, told, submit, decide, standing, who } = playing('zhongwei');
  expect(await tasks()).toEqual([]); // no mandate asks
  for (const _twice of [1, 2]) await tell('inForce', 'A-1');
  expect(await tasks()).toHaveLength(5);
  expect((await tasks()).map(({ caseNo }) => caseNo)).toContain('mlps3');
  expect((await tasks())[0]).toMatchObject({ lastDay: null, overdue: false, acts: ['recordEvidence'] });
  // Each names what asks for it: grading of protection stands in 二十九, and none is without.
  const rests = await tasks();
  expect(rests.find(({ caseNo }) => caseNo === 'mlps3')).toMatchObject({ article: '第二十九条' });
  expect(rests.filter(({ article }) => article === null)).toEqual([]);
  expect(await tasks(who.bureau as never)).toEqual([]); // the operator's to do
  expect(await told('mlps3', 'missing')).toMatchObject([
    { operator: 'operator', agreement: 'A-1', dueOn: null },
  ]);
  const first = await submit('mlps3', { issuedOn: '2025-02-01' });
  expect(await tasks()).toHaveLength(4);
  await decide(first['evidence'], 'return', { reasons: [{ code: 'unreadable', text: '看不清' }] });
  expect(await tasks()).toHaveLength(5);
  const second = await submit('mlps3', { issuedOn: '2025-02-01' });
  await decide(second['evidence'], 'accept');
  expect(await tasks()).toHaveLength(4);
  expect(await told('mlps3', 'missing')).toHaveLength(1);

  await tell('ended', 'A-1');
  expect(await tasks()).toEqual([]);
  for (const _twice of [1, 2]) await tell('inForce', 'A-2');
  expect(await tasks()).toHaveLength(4); // what is on file is not asked for anew
  expect((await told('simulatedData', 'missing')).map(({ agreement }) => agreement)).toEqual(['A-1', 'A-2']);
  expect(await told('cryptographyAssessment', 'suspensionOrdered')).toEqual([]);
  expect(await standing('cryptographyAssessment')).toMatchObject({ state: 'missing', order: null });
});

it('the fifth city, from its YAML alone: ten working days from the later of first day and look, then told late, once', async () => {
  const { tell, tasks, told, accepted, round } = playing('lanting');
  await tell('inForce', 'B-1', '2025-03-05');
  expect((await tasks()).map(({ lastDay }) => lastDay)).toEqual(['2025-03-19', '2025-03-19']);
  await accepted('platformStandards', { issuedOn: '2025-03-01' });
  await the.law.begin('2025-03-19T23:59:58');
  await round();
  expect(await told('mlps3', 'missingOverdue')).toEqual([]);
  await the.law.begin('2025-03-20T00:00:01');
  for (const _twice of [1, 2]) await round();
  await tell('inForce', 'B-1', '2025-03-05');
  expect(await told('mlps3', 'missingOverdue')).toMatchObject([{ agreement: 'B-1', lastDay: '2025-03-19' }]);
  expect(await told('platformStandards', 'missingOverdue')).toEqual([]);
  expect(await tasks()).toMatchObject([{ lastDay: '2025-03-19', overdue: true }]);
  expect(await told('mlps3', 'suspensionOrdered')).toEqual([]);
});
