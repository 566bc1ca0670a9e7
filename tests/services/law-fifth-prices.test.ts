// A fifth city prices otherwise than ours, from its folder of YAML alone: its own kinds, route, points, units, margin.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { type Pricing, pricingPeople, startPricing } from '../support/pricing.ts';
import { refusalOf } from './law-pricing-support.ts';

const city = 'lanting';
const folder = join(import.meta.dirname, '../fifth-city');
const who = pricingPeople(city);
const kept = process.env['GONGSHU_PACKS_DIR'];
let the: Pricing;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startPricing([city], { packs: installedPacks({ mode: 'development', folder }) });
  await the.law.begin('2024-03-01T09:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

const send = async (from: Parameters<Pricing['call']>[0], url: string, body: object = {}) =>
  the.call(from, 'POST', url, body);
const cost = (change: object) =>
  send(who.operator, '/v1/costs', {
    ...{ year: 2024, product: null, fen: 1_000_000, related: true, ground: '合同', ...change },
  });

it('counts its three kinds of cost, and none of the nation’s others', async () => {
  for (const kind of ['platformBuild', 'labour', 'security'])
    expect((await cost({ kind })).statusCode).toBe(201);
  expect(refusalOf(await cost({ kind: 'storage' }))).toMatchObject({
    ...{ status: 422, code: 'costKindNotListed', article: '二十五' },
  });
});

it('the bureau reviews, the price authority determines with finance, the government approves: four points at most', async () => {
  const path = '/v1/permitted-revenues';
  const asked = { operator: 'operator', year: 2024, bondYield: '0.02', tax: { mode: 'amount', fen: 7 } };
  expect(refusalOf(await send(who.price, path, { ...asked, points: '4.01' }))).toMatchObject({
    ...{ status: 422, code: 'pointsOverMaximum', article: '二十六' },
  });
  const caseNo = await the.open(who.bureau, path, { ...asked, points: '4' });
  const figures = (await the.call(who.bureau, 'GET', `${path}/${caseNo}/figures`)).json();
  // 3,000,000 × (1 + 0.02 + 0.04) + 7 = 3,180,007
  expect(figures.parts).toMatchObject({ netFen: 3_000_000, permittedRevenueFen: 3_180_007 });
  const decide = async (
    from: typeof who.bureau | typeof who.price | typeof who.government,
    ...joint: string[]
  ) => {
    const document = await the.upload(city, from.organisation, `决定 ${joint.join()}`);
    return send(from, `${path}/${caseNo}/decision`, {
      ...{ figures: figures.hash, document, joint: joint.map((one) => ({ with: one, document })) },
    });
  };
  expect(refusalOf(await decide(who.price, 'finance'))).toMatchObject({ status: 403, code: 'notTheDecider' });
  expect((await decide(who.bureau)).statusCode).toBe(200);
  await the.quiet(caseNo);
  expect(refusalOf(await decide(who.price))).toMatchObject({ status: 422, code: 'jointOpinionMissing' });
  expect((await decide(who.price, 'finance')).statusCode).toBe(200);
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).not.toContain('inForce');
  expect((await decide(who.government)).statusCode).toBe(200);
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'decided', 'decided', 'decided', 'inForce']);
});

it('charges by call or hour, reports ceilings to finance, favours small firms by a quarter', async () => {
  const product = await the.product(city);
  const documents = [await the.upload(city, 'city-bureau', '上限测算')];
  const ceiling = (unit: string) => ({
    ...{ product, grounds: '按成本测算', documents },
    ceilings: [{ unit, fen: 100, from: '2024-03-01', expectedQty: '1000' }],
  });
  expect(refusalOf(await send(who.bureau, '/v1/ceiling-prices', ceiling('item')))).toMatchObject({
    ...{ status: 422, code: 'unitNotAllowed', article: '二十七' },
  });
  const caseNo = await the.open(who.bureau, '/v1/ceiling-prices', ceiling('call'));
  expect((await send(who.bureau, `/v1/ceiling-prices/${caseNo}/setting`)).statusCode).toBe(200);
  const report = { document: await the.upload(city, 'city-bureau', '书面报告') };
  expect((await send(who.bureau, `/v1/ceiling-prices/${caseNo}/report`, report)).statusCode).toBe(200);
  await the.quiet(caseNo);
  const receipt = { on: '2024-03-01', document: await the.upload(city, 'finance-office', '回执') };
  expect((await send(who.finance, `/v1/ceiling-prices/${caseNo}/receipt`, receipt)).statusCode).toBe(200);
  const tariff = (change: object) =>
    send(who.operator, '/v1/tariffs', {
      ...{ product, unit: 'call', class: 'smallFirm', fen: 100, from: '2024-03-11', grounds: '参照市场' },
      ...change,
    });
  expect(refusalOf(await tariff({ discount: '0.2' }))).toMatchObject({
    ...{ status: 422, code: 'discountTooSmall', article: '二十四' },
  });
  const set = await tariff({ discount: '0.25' });
  expect([set.statusCode, set.json()]).toMatchObject([201, { state: 'filed' }]);
});

it('lets merchants be charged for computing alone, three per cent over cost', async () => {
  const document = await the.upload(city, 'operator', '成本测算');
  const fee = (change: object) =>
    send(who.operator, '/v1/service-fees', {
      ...{ item: 'cpu', title: '算力', kind: 'computing', unit: 'hour', margin: '0.03', from: '2024-03-02' },
      ...{ basis: { kind: 'stated', fen: 1_000, document }, ...change },
    });
  expect(refusalOf(await fee({ kind: 'processing' }))).toMatchObject({
    ...{ code: 'serviceKindNotAllowed', article: '二十八' },
  });
  expect(refusalOf(await fee({ margin: '0.031' }))).toMatchObject({
    ...{ code: 'marginOverMaximum', article: '二十八' },
  });
  expect((await fee({})).json()).toMatchObject({ fen: 1_030, marginFen: 30 });
});

it('files its cost report with the price authority by the end of February; the first of March is late', async () => {
  const products = [await the.product(city), await the.product(city)];
  const key = { year: 2024, key: 'equal', products, ground: '共同平台' };
  expect((await send(who.operator, '/v1/allocation-keys', key)).statusCode).toBe(201);
  await the.law.goTo('2025-03-01T00:00:01');
  const filed = await send(who.operator, '/v1/cost-reports', { year: 2024 });
  expect([filed.statusCode, filed.json()]).toMatchObject([
    201,
    { recipient: 'price-office', dueOn: '2025-02-28', late: true },
  ]);
  const { report } = filed.json<{ report: string }>();
  const answer = (from: typeof who.bureau | typeof who.price) =>
    send(from, `/v1/cost-reports/${report}/answer`, { outcome: 'receipt', reasons: [] });
  expect((await answer(who.bureau)).statusCode).toBe(403);
  expect((await answer(who.price)).statusCode).toBe(200);
});
