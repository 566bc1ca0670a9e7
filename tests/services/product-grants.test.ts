// E1, A8: what of a grant a product may be made from reaches the registry by the grant's own events, without a field's name.
import { fieldMark } from '@gongshu/infra/products/fields';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { keepGrant } from '@gongshu/service-registry/products/grant-subscriber';
import { type Kysely, sql } from 'kysely';
import { type GrantCity, startGrants } from './grants-support.ts';

let city: GrantCity;
let registry: Kysely<ProductTables>;
beforeAll(async () => {
  city = await startGrants();
  registry = city.db.withSchema('registry') as unknown as Kysely<ProductTables>;
}, 60_000);
afterAll(() => city?.stop());

type Told = { type: string; payload: Record<string, unknown> };
const told = async (grantNo: string): Promise<Told[]> => {
  const { rows } = await sql<Told>`
    select type, payload from outbox where aggregateid = ${grantNo} order by aggregate_version`.execute(
    city.db,
  );
  return rows;
};
const keep = async ({ type, payload }: Told, jurisdiction = 'zhongwei'): Promise<void> => {
  const event = {
    type: `cn.gongshu.${type}`,
    jurisdiction,
    lawtime: '2024-03-01T10:00:00+08:00',
    data: payload,
  };
  await registry.transaction().execute((trx) => keepGrant(trx.withSchema('registry') as never, event));
};
const row = (grantNo: string) =>
  registry.selectFrom('product_grant').selectAll().where('grant_no', '=', grantNo).executeTakeFirst();

it('the grant both signed is told with its resources, fields by marks and grades, and its term', async () => {
  const grantNo = await city.granted();
  const events = await told(grantNo);
  const [granted] = events;
  expect(granted?.type).toBe('grant.granted.v1');
  expect(JSON.stringify(granted)).not.toMatch(/停车场名称|车牌号码/);
  for (const event of [...events, ...events]) await keep(event); // told twice
  const kept = await row(grantNo);
  expect(kept).toMatchObject({ state: 'running', applicant: 'merchant-1', operator: 'operator' });
  expect(kept?.resources.find(({ resource }) => resource === city.parking)).toMatchObject({
    fields: expect.arrayContaining([
      { field: fieldMark(city.parking, '停车场名称'), grade: null, kind: null },
    ]),
  });
});

it('suspended, restored, ended: it stands as its events say, and what has ended stays so', async () => {
  const data = {
    ...{ grantNo: '640500-SY-2024-900001', merchant: 'merchant-1', operator: 'operator' },
    ...{ fromOn: '2024-01-01', untilOn: '2024-12-31', resources: ['R-1'] },
  };
  const say = (name: string) => keep({ type: `grant.${name}.v1`, payload: data });
  const seen: (string | undefined)[] = [];
  for (const name of [
    'suspended',
    'granted',
    'suspended',
    'suspensionLifted',
    'restored',
    'expired',
    'restored',
    'granted',
  ]) {
    await say(name);
    seen.push((await row(data.grantNo))?.state);
  }
  expect(seen).toEqual([
    undefined,
    'running',
    'suspended',
    'suspended',
    'running',
    'ended',
    'ended',
    'ended',
  ]);
  expect((await row(data.grantNo))?.resources).toEqual([{ resource: 'R-1', reviewer: '', fields: [] }]);
});
