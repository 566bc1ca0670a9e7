/** What pricing knows of the city by the registry's events: bodies, people, products on the list. */
import { keepBody } from '@gongshu/infra/procedures/bodies-subscriber';
import { mustBeListed } from '@gongshu/service-pricing/products/listed';
import { keepProduct } from '@gongshu/service-pricing/products/products-subscriber';
import { loadPacks } from '@gongshu/infra/packs';
import { pricingPeople, type Pricing, startPricing } from '../support/pricing.ts';

let the: Pricing;
beforeAll(async () => {
  the = await startPricing(['zhongwei']);
});
afterAll(() => the.stop());

const pack = loadPacks().resolve('zhongwei');
const product = '640500-CP-2024-000900';
let sequence = 0;
const told = (name: string, data: object) => {
  sequence += 1;
  return {
    type: `cn.gongshu.productEgress.${name}.v1`,
    jurisdiction: 'zhongwei',
    sequence: String(sequence).padStart(20, '0'),
    data: { caseNo: '640500-CY-2024-000900', product, version: 1, ...data },
  };
};
const keep = (...events: ReturnType<typeof told>[]) =>
  the.db.transaction().execute(async (trx) => {
    for (const event of events) await keepProduct(trx, event as never);
  });
const listed = () => mustBeListed(the.db, pack, product).catch((error: { code?: string }) => error.code);

it('a product is listed by both topics, in either order, and never by an older event that comes again', async () => {
  const submitted = told('submitted', { owner: 'merchant-1', class: 'api', purpose: 'industry' });
  const on = told('listed', {});
  expect(await listed()).toBe('notOnList');
  await keep(on);
  expect(await listed()).toBe('notOnList'); // what it is for has not been told yet
  await keep(submitted);
  expect(await listed()).toMatchObject({ product, owner: 'merchant-1', class: 'api', purpose: 'industry' });
  const off = told('suspended', {});
  await keep(off, on);
  expect(await listed()).toBe('notOnList');
  await keep(told('restored', {}));
  expect(await listed()).toMatchObject({ version: 1 });
});

it('a body that went into another leaves its running work to it', async () => {
  await the.db.transaction().execute((trx) =>
    keepBody(trx, {
      type: 'cn.gongshu.party.succeeded.v1',
      jurisdiction: 'zhongwei',
      data: { party: 'merchant-2', kind: 'merchant', successor: 'merchant-1' },
    }),
  );
  const row = await the.db
    .selectFrom('body')
    .select('successor')
    .where('jurisdiction', '=', 'zhongwei')
    .where('id', '=', 'merchant-2')
    .executeTakeFirstOrThrow();
  expect(row.successor).toBe('merchant-1');
});

it('a bidder whose mandate runs is the operator, in whatever order the two are told', async () => {
  const keep = (type: string, data: object) =>
    the.db
      .transaction()
      .execute((trx) =>
        keepBody(trx, { type: `cn.gongshu.${type}.v1`, jurisdiction: 'zhongwei', data } as never),
      );
  for (const [id, order] of [
    ['bidder-1', ['party.registered', 'operatingAgreement.inForce']],
    ['bidder-2', ['operatingAgreement.inForce', 'party.registered']],
  ] as const) {
    for (const type of order) await keep(type, { party: id, kind: 'bidder', operator: id });
    const { kind } = await the.db
      .selectFrom('body')
      .select('kind')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(kind).toBe('operator');
  }
});

it('tasks of pricing are answered to price and finance offices, and to no merchant of another city', async () => {
  const { price, finance } = pricingPeople('zhongwei');
  for (const who of [price, finance]) {
    const answer = await the.call(who, 'GET', '/v1/tasks');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ items: [] });
  }
});
