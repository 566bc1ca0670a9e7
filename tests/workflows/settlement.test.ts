// F5, F2: a year is frozen by the engine, confirmed twice, paid; an overrun is counted once, and no fen is in two sums.
import { loadPacks } from '@gongshu/infra/packs';
import { mustBeSharable } from '@gongshu/service-pricing/sharing/terms';
import { carriedExcess } from '@gongshu/service-pricing/settlements/carried';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const cities = ['zhongwei', 'national', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();

let the: Settling;
beforeAll(async () => {
  the = await startSettling(cities);
}, 120_000);
afterAll(() => the?.stop());

const sharers: Record<City, readonly { id: string; kind: string; factor: string }[]> = {
  zhongwei: [
    { id: 'city-government', kind: 'government', factor: '1' },
    { id: 'operator', kind: 'operator', factor: '1' },
    { id: 'dept-transport', kind: 'sourceDepartment', factor: '1' },
  ],
  national: [
    { id: 'operator', kind: 'operator', factor: '0.7' },
    { id: 'public-good', kind: 'publicGood', factor: '0.3' },
  ],
  shuozhou: [
    { id: 'city-government', kind: 'government', factor: '0.4' },
    { id: 'operator', kind: 'operator', factor: '0.3' },
    { id: 'dept-transport', kind: 'sourceDepartment', factor: '0.2' },
    { id: 'partner-1', kind: 'partner', factor: '0.1' },
  ],
  wuhai: [
    { id: 'dept-transport', kind: 'sourceDepartment', factor: '0.5' },
    { id: 'operator', kind: 'operator', factor: '0.3' },
    { id: 'public-good', kind: 'publicGood', factor: '0.2' },
  ],
};
const kindOf = (city: City): string => valuesOf(packs.resolve(city), 'pricing').costKinds[0]!;

/** A year with use, cost, a permitted revenue and terms, billed to its end. */
const prepare = async (
  city: City,
  year: number,
  of: { calls: number; cost: number; cap: number; consumed?: number },
) => {
  const product = await the.product(city);
  await the.tariff(city, product, 100);
  await the.record(city, [the.use(product, `${year}-06-03`, of.calls)]);
  await the.cost(city, year, of.cost, kindOf(city));
  await the.permit(city, year, of.cap, { consumed: of.consumed ?? 0 });
  await the.agree(city, year, sharers[city]);
  const billed = await the.bill(city, `${year}-12`);
  if (billed.statusCode !== 201) throw new Error(billed.body);
  return the.report(city, year, [product]);
};

const bodies = (city: City) => {
  const { operator, finance, bureau, department } = pricingPeople(city);
  const at = (caseNo: string, path: string) => `/v1/settlements/${caseNo}/${path}`;
  const state = async (caseNo: string) => (await the.row(caseNo)).state as Record<string, any>;
  return {
    ...{ operator, finance, bureau, department, state },
    open: (year: number, path?: string) => the.open(operator, '/v1/settlements', { year }, path),
    confirm: async (
      who: typeof operator | typeof finance | typeof bureau,
      caseNo: string,
      change: object = {},
    ) =>
      the.post(who, at(caseNo, 'confirmation'), {
        ...{ outcome: 'confirm', figures: (await state(caseNo))['figures'].hash, ...change },
      }),
    pay: async (caseNo: string, payment: object) => {
      const document = await the.upload(city, 'operator', '支付凭证');
      const paidOn = new Date((await the.law.now()) + 8 * 3_600_000).toISOString().slice(0, 10);
      return the.post(operator, at(caseNo, 'payments'), { paidOn, document, ...payment });
    },
    refreeze: (caseNo: string) => the.post(operator, at(caseNo, 'figures'), {}),
  };
};

it('is frozen, confirmed by the operator and the finance office, paid and closed; a party sees its own share', async () => {
  const { open, confirm, pay, operator, finance, bureau, department, state } = bodies('zhongwei');
  await the.law.begin('2024-01-02T09:00:00');
  // 2023: 20,000 calls at 1 yuan = 2,000,000 fen; cap 1,500,000; cost 1,000,000; fee 3 % of all = 60,000.
  await prepare('zhongwei', 2023, { calls: 20_000, cost: 1_000_000, cap: 1_500_000 });
  const caseNo = await open(2023, 'settlement-closed');
  const { figures } = await state(caseNo);
  // 500,000 over the cap, none of it shared; 1,500,000 − 1,000,000 − 60,000 = 440,000 by thirds, the odd fen by order.
  expect(figures).toMatchObject({
    ...{ revenueFen: 2_000_000, excessFen: 500_000, carriedFen: 500_000, withinCapFen: 1_500_000 },
    ...{ resourceFeeFen: 60_000, surplusFen: 440_000, netCostFen: 1_000_000 },
    shares: [{ fen: 146_667 }, { fen: 146_667 }, { fen: 146_666 }],
  });
  const again = await the.post(operator, '/v1/settlements', { year: 2023 });
  expect(again).toMatchObject({ status: 409, code: 'settlementExists' });
  expect(await the.bill('zhongwei', '2023-12')).toMatchObject({ statusCode: 200 });
  expect(await carriedExcess(the.db, { jurisdiction: 'zhongwei', operator: 'operator', year: 2024 })).toBe(
    0n,
  );

  expect(await confirm(finance, caseNo)).toMatchObject({ status: 409, code: 'stepNotReached' });
  expect(await confirm(operator, caseNo, { figures: `sha256:${'0'.repeat(64)}` })).toMatchObject({
    ...{ status: 409, code: 'settlementFiguresMoved' },
  });
  expect(await confirm(operator, caseNo)).toMatchObject({ status: 200 });
  // The bureau does not stand in for a finance office that is registered.
  expect(await confirm(bureau, caseNo)).toMatchObject({ status: 403 });
  const statements = `/v1/settlements/${caseNo}/statements`;
  expect((await the.call(department, 'GET', statements)).statusCode).toBe(404);
  expect(await confirm(finance, caseNo)).toMatchObject({ status: 200 });
  expect(await carriedExcess(the.db, { jurisdiction: 'zhongwei', operator: 'operator', year: 2024 })).toBe(
    500_000n,
  );

  expect(await pay(caseNo, { what: 'resourceFee', fen: 59_999 })).toMatchObject({ code: 'paymentDiffers' });
  expect(await pay(caseNo, { what: 'resourceFee', fen: 60_000 })).toMatchObject({ status: 200 });
  expect(await pay(caseNo, { what: 'resourceFee', fen: 60_000 })).toMatchObject({ code: 'paymentNotDue' });
  for (const { id, fen } of sharers.zhongwei.map(({ id: one }, n) => ({
    id: one,
    fen: n < 2 ? 146_667 : 146_666,
  })))
    expect(await pay(caseNo, { what: 'share', party: id, fen })).toMatchObject({ status: 200 });
  expect(await the.story(caseNo)).toEqual([
    ...['opened', 'operatorConfirmed', 'confirmed', 'paid', 'paid', 'paid', 'paid', 'closed'],
  ]);
  expect(await the.told(caseNo, 'settlement.closed.v1')).toHaveLength(1);

  const own = (await the.call(department, 'GET', statements)).json<{ statements: { party: string }[] }>();
  expect(own.statements).toMatchObject([{ party: 'dept-transport', fen: 146_666, paidOn: '2024-01-02' }]);
  const all = (await the.call(operator, 'GET', statements)).json<{ statements: object[] }>();
  expect(all.statements).toHaveLength(3);
  expect((await the.call(department, 'GET', `${statements}/operator?format=json`)).statusCode).toBe(404);
  const paper = await the.call(department, 'GET', `${statements}/dept-transport?format=json`);
  expect(paper.statusCode).toBe(200);
  expect(paper.body).not.toContain('city-government');
  expect((await the.call(department, 'GET', `/v1/settlements/${caseNo}`)).statusCode).toBe(404);
  expect((await the.call(pricingPeople('wuhai').bureau, 'GET', statements)).statusCode).toBe(404);
});

it('another split of last year’s figures is asked about by the same code and saved nowhere', async () => {
  const { operator, department } = bodies('zhongwei');
  const { case_no: caseNo } = await the.db
    .selectFrom('settlement_result')
    .select('case_no')
    .where('year', '=', 2023)
    .executeTakeFirstOrThrow();
  const ask = (body: object) => the.call(operator, 'POST', `/v1/settlements/${caseNo}/simulation`, body);
  const same = (await ask({ factors: {} })).json<Record<string, any>>();
  expect(same).toMatchObject({
    surplusFen: 440_000,
    shares: [{ fen: 146_667 }, { fen: 146_667 }, { fen: 146_666 }],
  });
  const other = (await ask({ factors: { operator: '2' }, resourceFeeRate: '0' })).json<Record<string, any>>();
  // 500,000 by 1 : 2 : 1
  expect(other).toMatchObject({
    ...{ surplusFen: 500_000, resourceFeeFen: 0, excessFen: 500_000 },
    shares: [{ fen: 125_000, beforeFen: 146_667 }, { fen: 250_000 }, { fen: 125_000 }],
  });
  expect((await ask({ factors: { nobody: '1' } })).statusCode).toBe(400);
  // A fee above all revenue is no fee, as in the terms themselves.
  expect((await ask({ factors: {}, resourceFeeRate: '1.01' })).json()).toMatchObject({
    ...{ status: 400, errors: [{ pointer: '/body/resourceFeeRate' }] },
  });
  expect((await ask({ factors: {}, resourceFeeRate: '1' })).json()).toMatchObject({ surplusFen: 0 });
  const theirs = await the.call(department, 'POST', `/v1/settlements/${caseNo}/simulation`, { factors: {} });
  expect(theirs.statusCode).toBe(403);
  expect(await the.db.selectFrom('settlement_share').selectAll().execute()).toHaveLength(3);
});

it('an overrun is counted once over three chained years, and more than a cap takes up is carried on', async () => {
  const { open, confirm, operator, finance, state } = bodies('zhongwei');
  const owed = (year: number) =>
    carriedExcess(the.db, { jurisdiction: 'zhongwei', operator: 'operator', year });
  await the.law.begin('2025-01-02T09:00:00');
  // 500,000 are owed to 2024, whose cap takes up 300,000 of it and stands at nought; 10,000 fen of revenue are all over.
  await prepare('zhongwei', 2024, { calls: 100, cost: 300_000, cap: 0, consumed: 300_000 });
  const second = await open(2024);
  expect((await state(second))['figures']).toMatchObject({
    ...{ revenueFen: 10_000, excessFen: 10_000, consumedFen: 300_000, carriedFen: 210_000, surplusFen: 0 },
  });
  expect(await owed(2025)).toBe(200_000n);
  await confirm(operator, second);
  await confirm(finance, second);
  expect(await owed(2025)).toBe(210_000n);
  await the.law.begin('2026-01-05T09:00:00');
  await prepare('zhongwei', 2025, { calls: 500, cost: 10_000, cap: 90_000, consumed: 210_000 });
  const third = await open(2025);
  expect((await state(third))['figures']).toMatchObject({
    ...{ excessFen: 0, carriedFen: 0, surplusFen: 50_000 - 10_000 - 1_500 },
  });
  await confirm(operator, third);
  await confirm(finance, third);
  expect(await owed(2026)).toBe(0n);
});

it('returned with reasons it is frozen anew from the corrected books; unchanged books are refused', async () => {
  const { open, confirm, refreeze, operator, finance, state } = bodies('national');
  await the.law.begin('2026-01-05T09:00:00');
  const report = await prepare('national', 2025, { calls: 2_000, cost: 100_000, cap: 150_000 });
  const caseNo = await open(2025, 'settlement-returned');
  expect(await refreeze(caseNo)).toMatchObject({ code: 'stepNotReached' });
  await confirm(operator, caseNo);
  expect(await confirm(finance, caseNo, { outcome: 'return' })).toMatchObject({ status: 422 });
  const reasons = [{ code: 'costMissing', text: '漏记成本' }];
  expect(await confirm(finance, caseNo, { outcome: 'return', reasons })).toMatchObject({ status: 200 });
  expect(await refreeze(caseNo)).toMatchObject({ code: 'settlementUnchanged' });
  await the.returned('national', report);
  await the.cost('national', 2025, 4_000, kindOf('national'));
  expect(await refreeze(caseNo)).toMatchObject({ status: 409, code: 'settlementCostUnreported' });
  await the.report('national', 2025, []);
  expect(await refreeze(caseNo)).toMatchObject({ status: 200 });
  const { figures, attempt } = await state(caseNo);
  // 150,000 − 104,000 − 6,000 = 40,000 by 7 : 3
  expect([attempt, figures.surplusFen]).toEqual([2, 40_000]);
  expect(figures.shares).toMatchObject([{ fen: 28_000 }, { fen: 12_000 }]);
  // A clerk who clicks twice confirms once.
  const key = 'clerk-clicks-twice';
  const body = { outcome: 'confirm', figures: figures.hash };
  const click = () => the.call(operator, 'POST', `/v1/settlements/${caseNo}/confirmation`, body, key);
  const clicks = await Promise.all([click(), click()]);
  expect(clicks.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)[0]).toBe(200);
  expect((await click()).statusCode).toBe(200);
  expect((await the.told(caseNo, 'settlement.operatorConfirmed.v1')).length).toBe(2); // of two attempts
});

it('a finance office that stays away is reminded, then overdue, and may still confirm', async () => {
  const { confirm, finance, state } = bodies('national');
  const { case_no: caseNo } = await the.db
    .selectFrom('settlement_result')
    .select('case_no')
    .where('jurisdiction', '=', 'national')
    .executeTakeFirstOrThrow();
  await the.goTo('2026-02-27T09:00:00', caseNo);
  expect(await the.story(caseNo)).toContain('overdue');
  const reminded = await the.told(caseNo, 'settlement.reminderDue.v1');
  expect(reminded.some(({ period }) => String(period).startsWith('financeConfirmation'))).toBe(true);
  expect((await state(caseNo))['stage']).toBe('financeConfirmation');
  expect(await confirm(finance, caseNo)).toMatchObject({ status: 200 });
  expect((await the.told(caseNo, 'settlement.confirmed.v1')).at(-1)).toMatchObject({ late: true });
});

describe('what must stand before a year is settled', () => {
  const { operator, bureau, merchant } = pricingPeople('wuhai');
  beforeAll(() => the.law.begin('2024-01-02T09:00:00'));
  it('a year that runs is refused, its months must be billed, its cost reported, its cap and terms stand', async () => {
    const open = (year: number, change: object = {}, who: typeof operator | typeof bureau = operator) =>
      the.post(who, '/v1/settlements', { year, ...change });
    expect(await open(2024)).toMatchObject({ status: 409, code: 'yearNotEnded' });
    expect(await open(2023)).toMatchObject({ status: 409, code: 'monthsUnbilled' });
    expect((await the.bill('wuhai', '2023-12')).statusCode).toBe(201);
    const unreported = await the.call(operator, 'POST', '/v1/settlements', { year: 2023 });
    expect(unreported.json()).toMatchObject({
      ...{ status: 409, code: 'settlementCostUnreported', errors: [{ pointer: '/body/year' }] },
      article: { instrument: packs.resolve('wuhai').title, article: expect.stringMatching(/九（一）/) },
    });
    await the.report('wuhai', 2023, []);
    expect(await open(2023)).toMatchObject({ status: 409, code: 'permittedRevenueMissing' });
    await the.permit('wuhai', 2023, 1_000);
    expect(await open(2023)).toMatchObject({ status: 409, code: 'sharingTermsMissing' });
    expect(await the.post(merchant, '/v1/settlements', { year: 2023 })).toMatchObject({ status: 403 });
  });
  it('a mandate that ended is settled early, by the bureau and with the document', async () => {
    await the.law.begin('2024-07-02T09:00:00');
    await the.bill('wuhai', '2024-06');
    await the.permit('wuhai', 2024, 1_000);
    await the.agree('wuhai', 2024, sharers.wuhai);
    const document = await the.upload('wuhai', 'city-bureau', '终止授权通知');
    const ended = { operator: 'operator', year: 2024, mandateEnded: { on: '2024-06-30', document } };
    expect(await the.post(operator, '/v1/settlements', ended)).toMatchObject({ status: 403 });
    const later = { ...ended, mandateEnded: { on: '2024-08-31', document } };
    expect(await the.post(bureau, '/v1/settlements', later)).toMatchObject({ code: 'yearNotEnded' });
    const caseNo = await the.open(bureau, '/v1/settlements', ended);
    // Nothing was earned: nothing is due, and it closes as it is confirmed.
    const { confirm, state } = bodies('wuhai');
    await confirm(operator, caseNo);
    await confirm(bodies('wuhai').finance, caseNo);
    expect(await state(caseNo)).toMatchObject({ stage: 'done', outcome: 'closed' });
    expect((await the.bill('wuhai', '2024-07')).statusCode).toBe(409);
  });
});

describe('terms of sharing', () => {
  const given = async (city: City, parties: readonly object[], change: object = {}) => ({
    ...{ operator: 'operator', year: 2027, agreement: 'YY-1', resourceFeeRate: '0.05', parties },
    document: await the.upload(city, 'city-bureau', '协议'),
    ...change,
  });
  it.each([
    ['[F5 national] all five kinds share by the agreement', 'national', sharers.national],
    ['[F5 zhongwei] who invests, contributes, benefits', 'zhongwei', sharers.zhongwei],
    [
      '[F5 shuozhou] government, operator, departments and partners by proportion',
      'shuozhou',
      sharers.shuozhou,
    ],
    ['[F5 wuhai] departments and operator, a part for the public good', 'wuhai', sharers.wuhai],
  ] as const)('%s', async (_title, city, parties) => {
    const agreed = await the.agree(city, 2027, parties, '0.05');
    expect(agreed).toMatchObject({ state: 'agreed', version: 1, parties, resourceFeeRate: '0.05' });
  });
  it.each([
    [
      '[F5 national refuses] factors that are all nought',
      'national',
      [{ id: 'operator', kind: 'operator', factor: '0' }],
      'weightsAllZero',
    ],
    [
      '[F5 zhongwei refuses] a party listed twice',
      'zhongwei',
      [sharers.zhongwei[0]!, sharers.zhongwei[0]!],
      'sharingPartyTwice',
    ],
    [
      '[F5 shuozhou refuses] a share for the public good, which the text does not know',
      'shuozhou',
      [{ id: 'public-good', kind: 'publicGood', factor: '1' }],
      'sharingPartyNotAllowed',
    ],
    [
      '[F5 wuhai refuses] a share of the government, which the text does not know',
      'wuhai',
      [{ id: 'city-government', kind: 'government', factor: '1' }],
      'sharingPartyNotAllowed',
    ],
    [
      '[F5 wuhai refuses] all for the operator, and nothing for the public good or the sources',
      'wuhai',
      [
        { id: 'operator', kind: 'operator', factor: '1' },
        { id: 'public-good', kind: 'publicGood', factor: '0' },
      ],
      'sharingWithoutPublicPart',
    ],
  ] as const)('%s', async (_title, city, parties, code) => {
    const { bureau } = pricingPeople(city);
    const refused = await the.call(bureau, 'POST', '/v1/sharing-terms', await given(city, parties));
    expect(refused.json()).toMatchObject({ status: 422, code });
    const article = refused.json<{ article?: { article: string } }>().article?.article ?? 'none';
    expect(article).toMatch(
      /^sharing(PartyNotAllowed|WithoutPublicPart)$/.test(code) ? /十（四）|九（三）/ : /./,
    );
  });
  it('either suffices where the text says or; a city whose text asks for no such part (sabotage: whose pack does not) refuses none', async () => {
    const of = (kind: 'sourceDepartment' | 'publicGood' | 'operator') => [
      { id: 'operator', kind: 'operator' as const, factor: '0.9' },
      { id: kind === 'operator' ? 'operator-2' : kind, kind, factor: '0.1' },
    ];
    const says = (city: string, kind: 'sourceDepartment' | 'publicGood' | 'operator') => () =>
      mustBeSharable(packs.resolve(city), of(kind));
    expect(says('wuhai', 'sourceDepartment')).not.toThrow();
    expect(says('wuhai', 'publicGood')).not.toThrow();
    expect(says('wuhai', 'operator')).toThrow(expect.objectContaining({ code: 'sharingWithoutPublicPart' }));
    expect(says('zhongwei', 'operator')).not.toThrow();
  });
  it('a newer version replaces the one before once it is agreed; after a settlement they stand', async () => {
    const { bureau, operator, rival } = {
      ...pricingPeople('zhongwei'),
      rival: pricingPeople('zhongwei').merchant,
    };
    const body = await given('zhongwei', sharers.zhongwei);
    const second = await the.must(the.call(bureau, 'POST', '/v1/sharing-terms', body), 201);
    expect(second['version']).toBe(2);
    const path = `/v1/sharing-terms/${second['terms']}/agreement`;
    expect((await the.call(rival, 'POST', path, { hash: second['hash'] })).statusCode).toBe(403);
    const wrong = await the.call(operator, 'POST', path, { hash: `sha256:${'0'.repeat(64)}` });
    expect(wrong.json()).toMatchObject({ code: 'sharingTermsNotProposed' });
    await the.must(the.call(operator, 'POST', path, { hash: second['hash'] }), 200);
    const list = (await the.call(operator, 'GET', '/v1/sharing-terms?year=2027')).json<{
      items: { state: string }[];
    }>();
    expect(list.items.map(({ state }) => state)).toEqual(['agreed', 'replaced']);
    const used = await the.call(bureau, 'POST', '/v1/sharing-terms', { ...body, year: 2023 });
    expect(used.json()).toMatchObject({ status: 409, code: 'sharingTermsUsed' });
  });
});
