import { accessesUnder } from '@gongshu/cli/story/access';
import { deskWith } from '@gongshu/cli/story/desk';
import { sql } from 'kysely';
import { department, operator, purpose, resource, startSupplies, type Supplies } from './access-support.ts';

let s: Supplies;
jest.setTimeout(60_000);
beforeAll(async () => {
  s = await startSupplies();
  await s.entry(resource);
}, 60_000);
afterAll(() => s?.stop());

it('[D1, A8] the story: a supply recorded, one access permitted, one refused; told again, nothing is added', async () => {
  const url = await s.app.listen({ port: 0, host: '127.0.0.1' });
  const desk = async (who: typeof department | typeof operator) =>
    deskWith(url, (await s.tokens.bearer(who)).replace('Bearer ', ''));
  const desks = { operator: await desk(operator), reviewer: () => desk(department) };
  const fields = ['停车场名称', '剩余车位'];
  const grant = {
    ...{ grantNo: await s.grant({ fields }), purpose, state: 'active', resources: [{ resource, fields }] },
    ...{ fromOn: '2024-03-01', untilOn: '2024-12-31', grantedAt: '2024-03-01T10:00:00+08:00' },
  };
  const told = await accessesUnder(desks, grant);
  expect(told).toMatchObject({
    supply: { department: 'dept-transport', fields, state: 'active' },
    refused: { code: 'fieldBeyondGrant', article: { article: '二十二' } },
    traced: 2,
  });
  await s.moveTo('2024-03-20T00:00:00+08:00');
  expect(await accessesUnder(desks, grant)).toEqual(told);
  const counts = await s.rows(sql<object>`
    select (select count(*) from supply) as supplies, (select count(*) from access) as accesses,
      (select count(*) from document) as documents`);
  expect(counts).toEqual([{ supplies: 1, accesses: 2, documents: 1 }]);
});
