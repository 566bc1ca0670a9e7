// C6, C7: a fifth city has its own limits for feedback and demands, from its folder of YAML alone.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { sql } from 'kysely';
import { catalogPeople, startCatalogRuns } from '../support/catalog-runs.ts';
import { type CatalogRuns, entry } from '../support/entries.ts';
import { sweepUp } from '../support/told-everywhere.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
const who = catalogPeople(city);
let the: CatalogRuns;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startCatalogRuns([city], { packs });
  await the.law.begin('2025-03-03T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

it('feedback: answered within four working days, put off twice by two, never a third time', async () => {
  const resource = await entry(the, city, 'fifth-feedback');
  const words = '第三行的车位数为负，联系人 柳问渠 139-0000-7421。';
  const caseNo = await the.open(who.merchant, '/v1/quality-feedback', {
    ...{ resource, fault: 'wrongValues', words },
  });
  const at = (act: string) => `/v1/quality-feedback/${caseNo}/${act}`;
  const view = async () =>
    (await the.call(who.department, 'GET', `/v1/quality-feedback/${caseNo}`)).json<{
      periods: { key: string; lastDay: string }[];
    }>();
  expect((await view()).periods).toContainEqual(
    expect.objectContaining({ key: 'answer', lastDay: '2025-03-07' }),
  );
  const more = { workingDays: 2, words: '核实中。' };
  expect(await the.post(who.department, at('extension'), more)).toMatchObject({ status: 200 });
  expect(await the.post(who.department, at('extension'), more)).toMatchObject({ status: 200 });
  expect((await the.post(who.department, at('extension'), more)).status).toBeGreaterThanOrEqual(409);
  expect((await view()).periods).toContainEqual(
    expect.objectContaining({ key: 'answer', lastDay: '2025-03-13' }),
  );
  await the.goTo('2025-03-14T09:00:00', caseNo);
  expect(await the.story(caseNo)).toContain('overdue');
  expect(await the.told(caseNo, 'qualityFeedback.overdue.v1')).toMatchObject([{ lastDay: '2025-03-13' }]);
  const answer = { answer: 'corrected', on: '2025-03-14', words: '已更正。' };
  expect(await the.post(who.department, at('answer'), answer)).toMatchObject({ status: 200 });
  await the.goTo('2025-03-21T09:00:00', caseNo); // three working days to confirm, then silence confirms
  expect(await the.told(caseNo, 'qualityFeedback.closed.v1')).toMatchObject([
    { result: 'corrected', by: 'silence' },
  ]);
});

it('a demand: three working days to take it up, and of the results those alone that the city knows', async () => {
  const words = '停车场车位实时数据，用于停车诱导。';
  const caseNo = await the.open(who.merchant, '/v1/demands', { need: 'newResource', words });
  const at = (act: string) => `/v1/demands/${caseNo}/${act}`;
  await the.goTo('2025-04-01T09:00:00', caseNo);
  expect(await the.told(caseNo, 'demandResponse.overdue.v1')).toMatchObject([{ lastDay: '2025-03-26' }]);
  expect(await the.post(who.bureau, at('acceptance'), {})).toMatchObject({ status: 200 });
  expect(await the.post(who.bureau, at('inquiries'), { body: 'dept-transport' })).toMatchObject({
    status: 200,
  });
  const cannot = { answer: 'cannot', ground: 'notHeld', words: '本单位不掌握。' };
  expect(await the.post(who.department, at('answers'), cannot)).toMatchObject({ status: 200 });
  expect(await the.post(who.bureau, at('result'), { result: 'partly', words: '部分提供。' })).toMatchObject({
    ...{ status: 422, code: 'demandResultNotInPack' },
  });
  expect(await the.post(who.bureau, at('result'), { result: 'notHeld', words: '无此数据。' })).toMatchObject({
    status: 200,
  });
  await the.quiet(caseNo);
  expect((await the.row(caseNo)).outcome).toBe('notHeld');
});

it('words of feedback and demands stay in their cases; one that did stand in an event is found (sabotage)', async () => {
  const secrets = ['柳问渠', '139-0000-7421', '停车诱导'];
  const everywhere = await sweepUp(the);
  expect(everywhere).toContain('demandResponse.opened');
  for (const secret of secrets) expect(everywhere).not.toContain(secret);
  for (const kind of ['qualityFeedback', 'demandResponse']) {
    await sql`update outbox set payload = payload || ${JSON.stringify({ kind, by: '柳问渠' })}::jsonb
      where type = ${`${kind}.opened.v1`}`.execute(the.db);
    expect(await sweepUp(the)).toContain('柳问渠');
    await sql`update outbox set payload = payload - 'by'`.execute(the.db);
    expect(await sweepUp(the)).not.toContain('柳问渠');
  }
});
