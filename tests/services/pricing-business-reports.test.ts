// 65号 五: the yearly business report is made off the books, says what they say, and its charts say no more.
import { pricingPeople } from '../support/pricing.ts';
import { type Costs, startCosts } from './pricing-costs-support.ts';

let the: Costs;
beforeAll(async () => {
  the = await startCosts();
});
afterAll(() => the.stop());

const { operator, bureau, price, merchant } = pricingPeople('wuhai');
const path = '/v1/business-reports';

it('says the cost by kind, the use and the permitted revenue; the charts hold the same figures', async () => {
  const cost = { year: 2023, product: null, related: true, ground: '年度审计' };
  for (const [kind, fen] of [
    ['security', 1_000_050],
    ['serviceSystem', 2_000_000],
  ] as const) {
    const said = await the.call(operator, 'POST', '/v1/costs', { ...cost, kind, fen });
    expect([said.statusCode, said.json()]).toMatchObject([201, {}]);
  }
  const filed = await the.call(operator, 'POST', path, { year: 2023 });
  expect([filed.statusCode, filed.json()]).toMatchObject([
    201,
    {
      ...{ year: 2023, version: 1, late: false, dueOn: '2024-03-31' },
      content: { cost: { acceptedFen: 3_000_050, netFen: 3_000_050 }, revenue: { fen: 0 }, permitted: null },
    },
  ]);
  const { report } = filed.json<{ report: string }>();
  const svg = await the.call(bureau, 'GET', `${path}/${report}/charts/cost`);
  expect(svg.headers['content-type']).toContain('image/svg+xml');
  expect(svg.body).toContain('10,000.50');
  const table = (await the.call(price, 'GET', `${path}/${report}/charts/cost?format=json`)).json();
  expect(table).toMatchObject({ totals: ['合计', '30,000.50', '100.00%'] });
  expect((await the.call(price, 'GET', `${path}/${report}/charts/years?format=csv`)).body).toContain('2023');
  const revenue = (await the.call(price, 'GET', `${path}/${report}/charts/revenue?format=json`)).json();
  expect(revenue.totals).toEqual(['合计', '0.00']);
  expect((await the.call(price, 'GET', `${path}/${report}/charts/profit`)).statusCode).toBe(400);
});

it('the same books are filed once, changed books as the next version; nobody reads another city’s or a rival’s', async () => {
  expect((await the.call(operator, 'POST', path, { year: 2023 })).json()).toMatchObject({
    code: 'businessUnchanged',
  });
  expect((await the.call(operator, 'POST', path, { year: 2024 })).json()).toMatchObject({
    code: 'businessYearRunning',
  });
  await the.call(operator, 'POST', '/v1/costs', {
    ...{ year: 2023, product: null, related: true, ground: '补记' },
    ...{ kind: 'security', fen: 1 },
  });
  const next = await the.call(operator, 'POST', path, { year: 2023 });
  expect(next.json()).toMatchObject({ version: 2, content: { cost: { acceptedFen: 3_000_051 } } });
  const { report } = next.json<{ report: string }>();
  const { items } = (await the.call(bureau, 'GET', path)).json<{ items: { version: number }[] }>();
  expect(items.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2]);
  const [one, two] = await Promise.all(
    [`${path}?limit=1`, path].map(async (url) => (await the.call(bureau, 'GET', url)).json()),
  );
  const after = (await the.call(bureau, 'GET', `${path}?limit=1&cursor=${one.next}`)).json();
  expect([...one.items, ...after.items]).toEqual(two.items);
  expect((await the.call(pricingPeople('zhongwei').bureau, 'GET', `${path}/${report}`)).statusCode).toBe(404);
  expect((await the.call(merchant, 'GET', `${path}/${report}`)).statusCode).toBe(403);
  expect((await the.call(merchant, 'POST', path, { year: 2022 })).statusCode).toBe(403);
  expect((await the.call(bureau, 'GET', `${path}?cursor=AAAA`)).statusCode).toBe(400);
});
