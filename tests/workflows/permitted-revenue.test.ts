/** The permitted revenue of a year as it runs (F2): the ledger through the engine, decided by each city's route. */
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import type { Kysely } from 'kysely';
import { pricingPeople, type Pricing, startPricing } from '../support/pricing.ts';

let the: Pricing;
const cities = ['wuhai', 'shuozhou'] as const;
beforeAll(async () => {
  the = await startPricing(cities);
  await the.law.begin('2024-03-01T09:00:00');
  for (const city of cities)
    for (const [id, kind, fen] of [
      ['1', 'security', 6_000_000],
      ['2', city === 'wuhai' ? 'productDevelopment' : 'processing', 4_000_001],
    ] as const)
      await cost(city, `${city}-${id}`, kind, fen);
});
afterAll(() => the.stop());

const db = () => the.db as unknown as Kysely<RevenueTables & Record<string, any>>;
const cost = (jurisdiction: string, id: string, kind: string, fen: number, year = 2024) =>
  db()
    .insertInto('cost_item')
    .values({
      ...{
        id,
        jurisdiction,
        operator: 'operator',
        year,
        kind,
        product: null,
        fen,
        related: true,
        ground: '合同',
      },
      ...{ content_hash: id, recorded_by: 'someone', recorded_at: new Date('2024-02-01T00:00:00+08:00') },
    } as never)
    .execute();
const question = { bondYield: '0.0235', points: '6', tax: { mode: 'rate', rate: '0.06' } } as const;
const asked = (change: object = {}) => ({ operator: 'operator', year: 2024, ...question, ...change });
const path = '/v1/permitted-revenues';
const get = async (who: Parameters<Pricing['call']>[0], url: string) => {
  const answer = await the.call(who, 'GET', url);
  return { status: answer.statusCode, body: answer.json() };
};
const standing = (jurisdiction: string) =>
  db()
    .selectFrom('permitted_revenue')
    .select(['case_no', 'fen', 'trial', 'replaced_by'])
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('in_force_at')
    .execute();

// By hand, Wuhai: cost 6,000,000 + 4,000,001 = 10,000,001 fen, no subsidy; rate 0.0235 + 0.06 = 0.0835;
// 10,000,001 x 1.0835 = 10,835,001.0835; tax 6 % of it: x 1.06 = 11,485,101.14851; down to the fen: 11,485,101.
it('[F2 wuhai] the price authority determines it with the implementing body; a first year is a trial', async () => {
  const { price, bureau, operator } = pricingPeople('wuhai');
  const caseNo = await the.open(price, path, asked(), 'permitted-revenue-determined');
  const { body: figures } = await get(price, `${path}/${caseNo}/figures`);
  expect(figures.parts).toMatchObject({ netFen: 10_000_001, permittedRevenueFen: 11_485_101 });
  expect(figures.parts.netFen + figures.parts.profitFen + figures.parts.taxFen).toBe(11_485_101);
  const national = '国家发展改革委 国家数据局关于建立公共数据资源授权运营价格形成机制的通知';
  expect(figures).toMatchObject({
    ...{ trial: true, trialRule: { value: 'firstYear', instrument: national, article: '二' } },
  });
  const document = await the.upload('wuhai', 'price-office', '核定函');
  const opinion = await the.upload('wuhai', 'price-office', '实施机构意见');
  const decision = { figures: figures.hash, document, joint: [{ with: 'authority', document: opinion }] };
  expect(await the.post(price, `${path}/${caseNo}/decision`, { ...decision, joint: [] })).toMatchObject({
    ...{ status: 422, code: 'jointOpinionMissing' },
  });
  expect(
    await the.post(bureau, `${path}/${caseNo}/decision`, {
      ...decision,
      document: await the.upload('wuhai', 'city-bureau', '核定函'),
      joint: [],
    }),
  ).toMatchObject({
    ...{ status: 403, code: 'notTheDecider' },
  });
  expect(await the.post(price, `${path}/${caseNo}/decision`, decision)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'decided', 'inForce']);
  expect(await standing('wuhai')).toMatchObject([{ case_no: caseNo, fen: 11_485_101, trial: true }]);
  const letter = await the.call(operator, 'GET', `${path}/${caseNo}/letter`);
  expect(letter.statusCode).toBe(200);
  expect(letter.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  const { body: said } = await get(operator, `${path}/${caseNo}/letter?format=json`);
  expect(JSON.stringify(said)).toContain('114,851.01');
  expect(said.grounds).toContainEqual({ instrument: national, article: '二' });
  expect((await get(operator, '/v1/revenues-in-force')).body.items).toMatchObject([
    { permittedRevenueFen: 11_485_101, trial: true },
  ]);
});

it('[F2 wuhai refuses] more than six points, an unknown operator, a second case of the year', async () => {
  const { price, merchant } = pricingPeople('wuhai');
  const refused = async (change: object) => the.call(price, 'POST', path, asked(change));
  const over = await refused({ points: '6.01' });
  expect(over.statusCode).toBe(422);
  expect(over.json()).toMatchObject({ code: 'pointsOverMaximum', errors: [{ pointer: '/body/points' }] });
  expect(over.json().article ?? over.json().basis).toBeDefined();
  expect((await refused({ operator: 'merchant-1' })).json()).toMatchObject({ code: 'noSuchOperator' });
  const caseNo = await the.open(price, path, asked(), 'permitted-revenue-withdrawn');
  expect((await refused({})).json()).toMatchObject({ code: 'revenueOpen' });
  expect(await the.post(price, `${path}/${caseNo}/withdrawal`)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  expect((await the.call(merchant, 'POST', path, asked())).statusCode).toBe(403);
  expect((await get(pricingPeople('shuozhou').price, `${path}/${caseNo}`)).status).toBe(404);
});

it('[F2 shuozhou] the bureau with other departments, then the government; a revision is decided anew', async () => {
  const { bureau, government } = pricingPeople('shuozhou');
  const caseNo = await the.open(bureau, path, asked(), 'permitted-revenue-approved');
  const first = (await get(bureau, `${path}/${caseNo}/figures`)).body;
  await cost('shuozhou', 'shuozhou-3', 'labour', 1_000);
  expect(await the.post(bureau, `${path}/${caseNo}/figures`, question)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  const { body: figures } = await get(bureau, `${path}/${caseNo}/figures`);
  expect(figures.revisions).toHaveLength(2);
  expect(figures.parts.netFen).toBe(first.parts.netFen + 1_000);
  const opinions = await Promise.all(
    (['price', 'finance'] as const).map(async (one) => ({
      with: one,
      document: await the.upload('shuozhou', 'city-bureau', `意见 ${one}`),
    })),
  );
  const document = await the.upload('shuozhou', 'city-bureau', '核定报告');
  const decision = (hash: string) => ({ figures: hash, document, joint: opinions });
  expect(await the.post(bureau, `${path}/${caseNo}/decision`, decision(first.hash))).toMatchObject({
    ...{ status: 409, code: 'figuresChanged' },
  });
  expect(await the.post(bureau, `${path}/${caseNo}/decision`, decision(figures.hash))).toMatchObject({
    status: 200,
  });
  await the.quiet(caseNo);
  expect(await standing('shuozhou')).toEqual([]);
  const approval = await the.upload('shuozhou', 'city-government', '批复');
  const approve = { figures: figures.hash, document: approval };
  expect(await the.post(government, `${path}/${caseNo}/decision`, approve)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'revised', 'decided', 'decided', 'inForce']);
  expect(await standing('shuozhou')).toMatchObject([{ case_no: caseNo }]);
});

it('[F2 shuozhou refuses] the government sends it back: nothing is in force, the route begins anew, and late is late', async () => {
  const { bureau, government } = pricingPeople('shuozhou');
  const before = await standing('shuozhou');
  const caseNo = await the.open(bureau, path, asked(), 'permitted-revenue-returned');
  const { hash } = (await get(bureau, `${path}/${caseNo}/figures`)).body;
  const document = await the.upload('shuozhou', 'city-bureau', '核定报告');
  const joint = (['price', 'finance'] as const).map((one) => ({ with: one, document }));
  await the.post(bureau, `${path}/${caseNo}/decision`, { figures: hash, document, joint });
  await the.quiet(caseNo);
  const refusal = await the.upload('shuozhou', 'city-government', '退回意见');
  const reasons = [{ code: 'figuresUnclear', text: '成本构成不清' }];
  expect(await the.post(bureau, `${path}/${caseNo}/figures`, { ...question, points: '5' })).toMatchObject({
    ...{ status: 409, code: 'stepNotReached' },
  });
  expect(
    await the.post(government, `${path}/${caseNo}/return`, { document: refusal, reasons }),
  ).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  expect(await the.row(caseNo)).toMatchObject({ stage: 'determination', outcome: null });
  expect(await standing('shuozhou')).toEqual(before);
  await the.goTo('2024-06-28T10:00:00', caseNo);
  expect(await the.story(caseNo)).toContain('overdue');
  expect(await the.post(bureau, `${path}/${caseNo}/withdrawal`)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
});
