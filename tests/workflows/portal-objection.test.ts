// O4 wuhai 四（二）: who objects through the portal holds the result as a bidder does; the portal asks the registry as anybody.
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';
import { type Procedures, startProcedures } from '../support/procedures.ts';
import { actsOf, seedCity } from '../support/selections.ts';

let the: Procedures;
let portal: Portal;
let registryUrl: string;
beforeAll(async () => {
  the = await startProcedures(['wuhai']);
  await seedCity(the, 'wuhai');
  await the.app.listen({ port: 0, host: '127.0.0.1' });
  registryUrl = `http://127.0.0.1:${(the.app.server.address() as AddressInfo).port}`;
  portal = await startPortal({ registryUrl, lawNow: async () => new Date(await the.law.now()) }, []);
}, 120_000);
afterAll(async () => {
  await portal?.stop();
  await the?.stop();
});

const number = 'GB-150300-2024-000001';
const page = `/wuhai/notices/${number}`;
/** What the registry's events leave on the portal. */
const noticed = async (caseNo: string): Promise<void> => {
  const at = new Date(await the.law.now());
  await portal.db
    .insertInto('public_publication')
    .values({
      ...{
        number,
        jurisdiction: 'wuhai',
        kind: 'selectionNotice',
        subject: caseNo,
        title_zh: '评选结果公示',
      },
      ...{ title_en: 'Public notice of the result', document: null, hash: `sha256:${'a'.repeat(64)}` },
      ...{
        from_on: '2024-03-22',
        until_on: null,
        published_at: at,
        withdrawn_at: null,
        withdrawn_code: null,
      },
      ...{ article: null, instrument: null },
    })
    .execute();
  await portal.db
    .insertInto('public_selection')
    .values({
      ...{ case_no: caseNo, sequence: 1, jurisdiction: 'wuhai', kind: 'noticePublished', at },
      data: JSON.stringify({ winner: 'bidder-a', notice: 1, workingDays: 5 }),
    })
    .execute();
};

it('[O4 wuhai] is taken in once, waits for its answer, and is refused once the notice has ended', async () => {
  const it = actsOf(the, 'wuhai');
  await it.begin();
  const caseNo = await it.toAssessment();
  await it.score(caseNo);
  await it.must(caseNo, 'public-notice');
  await noticed(caseNo);
  const drawn = await portal.page(page);
  expect(drawn.body).toMatch(/公示截止[\s\S]*2024年3月29日[\s\S]*天后截止[\s\S]*提交异议/);
  const fields = {
    token: tokenOf(drawn.body),
    text: '评分第二项有误',
    name: '王某某',
    phone: '0473-7000000',
    email: '',
  };
  const lacking = await portal.post(`${page}/objections`, { ...fields, phone: '' });
  expect([lacking.statusCode, /href="#f-phone"/.test(lacking.body)]).toEqual([400, true]);
  const [first, again] = [
    await portal.post(`${page}/objections`, fields),
    await portal.post(`${page}/objections`, fields),
  ];
  const receipt = /SJ-[0-9a-f-]{36}/.exec(first.body)?.[0];
  expect([first.statusCode, again.statusCode, again.body.includes(receipt ?? '?')]).toEqual([200, 200, true]);
  await the.quiet(caseNo);
  expect(await the.told(caseNo, 'selection.objectionRaised.v1')).toHaveLength(1);
  const { rows } = await sql<{ line: string }>`select t::text as line from idempotency as t`.execute(
    portal.db,
  );
  expect(rows.filter(({ line }) => /王某某|7000000|评分第二项/.test(line))).toEqual([]);
  await the.goTo('2024-04-02T09:00:00', caseNo);
  expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'objectionsOpen' });
  expect((await portal.page(page)).body).toContain('公示期已满');
  const late = await portal.post(`${page}/objections`, { ...fields, token: 'late-token-1' });
  expect([late.statusCode, /role="alert"/.test(late.body)]).toEqual([409, true]);
});

it('is told to come again where the registry does not answer; nothing counts as sent', async () => {
  const alone = await startPortal(
    { registryUrl: 'http://127.0.0.1:1', lawNow: async () => new Date(await the.law.now()) },
    [],
  );
  await alone.db
    .insertInto('public_publication')
    .values(await portal.db.selectFrom('public_publication').selectAll().executeTakeFirstOrThrow())
    .execute();
  const fields = { token: 'some-token-1', text: '有误', name: '王某某', phone: '0473-7000000' };
  const answer = await alone.post(`${page}/objections`, fields);
  expect([answer.statusCode, /未得到回执前，不视为已提交/.test(answer.body)]).toEqual([503, true]);
  await alone.stop();
});
