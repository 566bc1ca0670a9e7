// Bring-in of running grants: what is on paper is watched from its own days, row by row.
import { sql } from 'kysely';
import { auditor, hash, type GrantCity, merchant, startGrants, zhongwei } from './grants-support.ts';

let city: GrantCity;
beforeAll(async () => {
  city = await startGrants();
  await sql`
    insert into document
      (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
    values ('zhongwei', 'city-bureau', ${hash}, 1, 'application/pdf', '协议', 'a.pdf', 'someone', now())
    on conflict do nothing`.execute(city.db);
}, 60_000);
afterAll(() => city?.stop());

const paper = (change: object = {}) => ({
  ...{ merchant: 'merchant-1', operator: 'operator', purpose: 'parkingGuidance', documents: [hash] },
  ...{ fromOn: '2023-06-01', untilOn: '2025-05-31' },
  resources: [{ resource: city.parking, fields: ['剩余车位'] }],
  ...change,
});
const bringIn = (grants: object[], keep = 'none', who: object = zhongwei.bureau) =>
  city.call(who as never, 'POST', '/v1/bring-in/grants', { body: { grants, keep } });

it('enters a running grant with its mark, days and scope, and its watch is started', async () => {
  const answer = await bringIn([paper()]);
  expect(answer.statusCode).toBe(200);
  const { kept } = answer.json<{ kept: { subject: string }[] }>();
  const grantNo = kept[0]?.subject ?? '';
  const read = await city.call(merchant, 'GET', `/v1/grants/${grantNo}`);
  expect(read.json()).toMatchObject({
    ...{ grantNo, broughtIn: true, state: 'active', fromOn: '2023-06-01', untilOn: '2025-05-31' },
    resources: [{ resource: city.parking, fields: ['剩余车位'] }],
  });
  const told = await sql<{ act: string; workflow_id: string }>`
    select act, workflow_id from intake where workflow_id = ${grantNo}`.execute(city.db);
  expect(told.rows).toMatchObject([{ act: 'openGrant' }]);
  const events = await sql<{ payload: object }>`
    select payload from outbox where aggregateid = ${grantNo}`.execute(city.db);
  expect(events.rows[0]?.payload).toMatchObject({ broughtIn: true, grantNo });
});

it('an expired one, one of tomorrow, an unknown field and a paper nobody uploaded are refused; the good row alone is kept', async () => {
  const rows = [
    paper({ untilOn: '2024-02-29' }),
    paper({ fromOn: '2024-03-02' }),
    paper({ resources: [{ resource: city.parking, fields: ['没有的字段'] }] }),
    paper({ documents: [`sha256:${'9'.repeat(64)}`] }),
    paper({ operator: 'operator-9' }),
    paper({ purpose: 'secondUse' }),
  ];
  const answer = await bringIn(rows, 'good');
  expect(answer.statusCode).toBe(200);
  const { kept, refused } = answer.json<{
    kept: { row: number }[];
    refused: { row: number; code: string; errors: { pointer: string }[] }[];
  }>();
  expect(kept.map(({ row }) => row)).toEqual([5]);
  expect(refused.map(({ row, code }) => [row, code])).toEqual([
    [0, 'broughtInExpired'],
    [1, 'broughtInFuture'],
    [2, 'agreementFieldUnknown'],
    [3, 'documentUnknown'],
    [4, 'mandateMissing'],
  ]);
  expect(refused[2]?.errors[0]?.pointer).toBe('/body/grants/2/resources/0/fields/0');
});

it('none is kept where none was asked to be kept without all', async () => {
  const before = await sql<{ n: string }>`select count(*) as n from use_grant`.execute(city.db);
  const answer = await bringIn([paper({ purpose: 'third' }), paper({ untilOn: '2023-12-31' })]);
  expect(answer.json()).toMatchObject({
    status: 422,
    code: 'rowsRefused',
    errors: [{ pointer: '/body/grants/1' }],
  });
  const after = await sql<{ n: string }>`select count(*) as n from use_grant`.execute(city.db);
  expect(after.rows).toEqual(before.rows);
});

it.each([
  ['a merchant', merchant],
  ['an auditor', auditor],
])('%s brings nothing in', async (_name, who) => {
  expect((await bringIn([paper()], 'none', who)).statusCode).toBe(403);
});

it.each([
  ['a day that is none', { fromOn: '2024-02-30' }],
  ['a term backwards', { untilOn: '2023-01-01' }],
  ['no resource', { resources: [] }],
  ['a NUL in a field', { resources: [{ resource: 'X', fields: ['a\u0000b'] }] }],
  ['an unknown member', { more: 1 }],
])('%s is told as what it is', async (_name, change) => {
  const { statusCode } = await bringIn([paper(change)]);
  expect([400, 422]).toContain(statusCode);
});
