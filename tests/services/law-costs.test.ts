// F4: only the kinds of cost that a city's text lists, only what is related, itemised, reported every year.
import { loadPacks } from '@gongshu/infra/packs';
import { CostKind } from '@gongshu/shared/packs/topics/pricing';
import {
  type PriceCity,
  type PriceLaw,
  priceMechanism,
  refusalOf,
  startPriceLaw,
} from './law-pricing-support.ts';

const packs = loadPacks();
let the: PriceLaw;
beforeAll(async () => {
  the = await startPriceLaw();
}, 120_000);
afterAll(() => the?.stop());

const kindsOf = (city: PriceCity) => packs.resolve(city).rule('pricing', 'costKinds').value;
const cost = (change: object) => ({
  ...{ year: 2024, product: null, fen: 100_000, related: true, ground: '合同' },
  ...change,
});
const record = (city: PriceCity, change: object) =>
  the.call(the.people[city].operator, 'POST', '/v1/costs', cost(change));

describe('[F4 national] [F4 shuozhou] [F4 wuhai] each kind that the text lists counts, and no more', () => {
  it.each([
    { city: 'national', kinds: 8 },
    { city: 'shuozhou', kinds: 6 },
    { city: 'wuhai', kinds: 3 },
  ] as const)('$city: $kinds kinds, itemised, in the yearly report', async ({ city, kinds }) => {
    expect(kindsOf(city)).toHaveLength(kinds);
    const { operator, bureau } = the.people[city];
    const product = await the.product(city);
    for (const kind of kindsOf(city)) expect((await record(city, { kind, product })).statusCode).toBe(201);
    const totals = (await the.call(operator, 'GET', '/v1/costs/totals?year=2024')).json();
    expect(totals).toMatchObject({ acceptedFen: kinds * 100_000, netFen: kinds * 100_000 });
    expect(totals.byKind.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(
      kindsOf(city).toSorted(),
    );
    const early = await the.call(operator, 'POST', '/v1/cost-reports', { year: 2024 });
    expect(refusalOf(early)).toMatchObject({ status: 409, code: 'costYearRunning' });
    expect(
      (await the.call(bureau, 'GET', '/v1/costs/totals?year=2024&operator=operator')).json(),
    ).toMatchObject({ acceptedFen: kinds * 100_000 });
  });

  it('filed with the bureau by the end of March of the next year, and late after it', async () => {
    await the.law.goTo('2025-03-31T23:59:00');
    const file = async (city: PriceCity) =>
      (await the.call(the.people[city].operator, 'POST', '/v1/cost-reports', { year: 2024 })).json();
    expect(await file('shuozhou')).toMatchObject({
      ...{ state: 'filed', recipient: 'city-bureau', dueOn: '2025-03-31', late: false },
    });
    await the.law.goTo('2025-04-01T00:00:01');
    expect(await file('wuhai')).toMatchObject({ recipient: 'city-bureau', late: true });
  });
});

describe('[F4 national refuses] [F4 shuozhou refuses] [F4 wuhai refuses] other kinds, and what is unrelated', () => {
  it.each<{ city: 'national' | 'shuozhou' | 'wuhai'; listed: string; unrelated: string; instrument: string }>(
    [
      { city: 'national', listed: '三', unrelated: '三', instrument: priceMechanism },
      {
        city: 'shuozhou',
        ...{ listed: '十（二）', unrelated: '十（二）' },
        instrument: '朔州市公共数据资源授权运营实施方案（试行）（征求意见稿）',
      },
      { city: 'wuhai', listed: '九（一）', unrelated: '三', instrument: priceMechanism },
    ],
  )('$city: by $listed and $unrelated', async ({ city, listed, unrelated, instrument }) => {
    const others = CostKind.options.filter((kind) => !kindsOf(city).includes(kind));
    expect(others.length).toBeGreaterThan(4);
    for (const kind of others)
      expect([kind, refusalOf(await record(city, { kind }))]).toEqual([
        kind,
        { status: 422, code: 'costKindNotListed', article: listed, pointers: ['/body/kind'] },
      ]);
    const answer = await record(city, { kind: kindsOf(city)[0], related: false });
    expect(refusalOf(answer)).toEqual({
      ...{ status: 422, code: 'costUnrelated', article: unrelated, pointers: ['/body/related'] },
    });
    expect(answer.json().article.instrument).toBe(instrument);
  });
});
