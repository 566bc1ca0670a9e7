// S4: a fifth city has its own limits and grounds for complaints, from its folder of YAML alone.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
const who = disclosurePeople(city);
let the: Disclosure;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure([city], { packs });
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

type Made = { number: string; code: string };
const complain = async (key: string): Promise<Made> => {
  const text = '运营机构拒绝为我提供查询，请调查处理。';
  const given = { jurisdiction: city, about: 'refusal', text, identity: null };
  const made = (await the.call(null, 'POST', '/v1/complaints', given, key)).json<Made>();
  await the.quiet(made.number);
  return made;
};
const status = async ({ number, code }: Made) =>
  (await the.call(null, 'POST', '/v1/complaints/status', { number, code })).json();
const at = (number: string, act: string) => `/v1/complaints/${number}/${act}`;

it('two days to accept, twelve to answer, put off twice; the anonymous hear the result alone', async () => {
  const made = await complain('complaint-fifth-1');
  const { number } = made;
  expect(await status(made)).toMatchObject({ limit: { key: 'acceptance', lastDay: '2025-03-05' } });
  expect(await the.post(who.bureau, at(number, 'acceptance'), {})).toMatchObject({ status: 200 });
  expect(await status(made)).toMatchObject({ limit: { key: 'answer', lastDay: '2025-03-19' } });
  const more = { workingDays: 3, words: '案情复杂。' };
  expect(await the.post(who.bureau, at(number, 'extension'), more)).toMatchObject({ status: 200 });
  expect(await the.post(who.bureau, at(number, 'extension'), more)).toMatchObject({ status: 200 });
  expect((await the.post(who.bureau, at(number, 'extension'), more)).status).toBeGreaterThanOrEqual(409);
  expect(await status(made)).toMatchObject({ limit: { lastDay: '2025-03-27' } });
  const answer = { result: 'founded', measures: ['corrected'], words: '已责令改正。' };
  const [none, alone] = ['noDepartmentConcerned', 'authorityAlone'];
  for (const [noDepartment, code] of [
    [null, 'departmentNotAsked'],
    [none, 'noDepartmentGround'],
  ])
    expect(await the.post(who.bureau, at(number, 'answer'), { ...answer, noDepartment })).toMatchObject({
      code,
    });
  expect(await the.post(who.bureau, at(number, 'answer'), { ...answer, noDepartment: alone })).toMatchObject({
    status: 200,
  });
  expect(await the.told(number, 'complaint.answered.v1')).toMatchObject([
    { noDepartment: alone, article: '第三十三条' },
  ]);
  const read = await status(made);
  expect(read).toMatchObject({
    stage: 'answered',
    result: 'founded',
    told: [{ kind: 'answered', words: null }],
  });
});

it('is declined on the city’s own grounds alone', async () => {
  const { number } = await complain('complaint-fifth-2');
  const decline = (ground: string) =>
    the.post(who.bureau, at(number, 'refusal'), { ground, words: '不属受理范围。' });
  expect((await decline('noFacts')).status).toBe(422);
  expect(await decline('repeated')).toMatchObject({ status: 200 });
});
