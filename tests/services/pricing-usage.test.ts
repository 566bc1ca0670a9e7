// F1: a record of use counts once, however it comes; bills reproduce; free purposes are nought; nothing is lost.
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const city = 'zhongwei';
const { operator, merchant, rival, bureau, auditor } = pricingPeople(city);

let the: Settling;
let product: string;
beforeAll(async () => {
  the = await startSettling([city, 'wuhai']);
  await the.law.begin('2024-03-20T09:00:00');
  product = await the.product(city);
  await the.tariff(city, product, 100);
  await the.tariff(city, product, 100, { kind: 'smallFirm', discount: '0.333' });
}, 120_000);
afterAll(() => the?.stop());

const header = 'id,product,unit,qty,merchant,class,purpose,usedOn';
const row = (id: string, change: Partial<Record<string, string>> = {}) => {
  const one = {
    ...{ id, product, unit: 'call', qty: '1', merchant: 'merchant-1', class: 'general' },
    ...{ purpose: 'industry', usedOn: '2024-03-01', ...change },
  };
  return [one.id, one.product, one.unit, one.qty, one.merchant, one.class, one.purpose, one.usedOn].join(',');
};
const bring = async (text: string, keep = 'none', who: typeof operator | typeof merchant = operator) => {
  const answer = await the.app.inject({
    method: 'POST',
    url: `/v1/usage/imports?keep=${keep}`,
    headers: { ...(await the.signedIn(who)), 'content-type': 'text/csv' },
    payload: text,
  });
  const body = answer.json<Record<string, any>>();
  return { ...body, status: answer.statusCode } as Record<string, any>;
};
const count = async () =>
  Number(
    (
      await the.db
        .selectFrom('usage_record')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

describe('a file of use', () => {
  it('is taken whole, and the same file again counts nothing twice', async () => {
    const file = [header, row('f-1'), row('f-2', { qty: '2' }), ''].join('\r\n');
    expect(await bring(`\ufeff${file}`)).toMatchObject({ status: 200, recorded: 2, same: 0, refused: 0 });
    expect(await bring(file)).toMatchObject({ status: 200, recorded: 0, same: 2 });
    expect(await count()).toBe(2);
  });
  it('names every bad row by number, field and reason; none is kept, or the good ones', async () => {
    const file = [
      header,
      row('f-3'),
      row('f-1', { qty: '9' }),
      row('f-4', { qty: '1.5' }),
      row('f-5', { merchant: 'nobody' }),
      row('f-6', { usedOn: '2024-02-30' }),
      row('f-7', { usedOn: '2025-01-01' }),
      row('f-8', { product: 'NO-SUCH' }),
      'f-9,too,short',
      row('f-10', { qty: '-1' }),
    ].join('\n');
    const codes = [
      [2, 'usageDiffers', 'id'],
      [3, 'usageQtyNotWhole', 'qty'],
      [4, 'usageMerchantUnknown', 'merchant'],
      [5, 'usageMalformed', 'usedOn'],
      [6, 'usageInFuture', 'usedOn'],
      [7, 'notOnList', 'product'],
      [8, 'usageMalformed', ''],
      [9, 'usageMalformed', 'qty'],
    ] as const;
    const none = await bring(file);
    expect(none).toMatchObject({ status: 422, code: 'rowsRefused' });
    expect(await count()).toBe(2);
    const good = await bring(file, 'good');
    expect(good).toMatchObject({ status: 200, total: 9, recorded: 1, refused: 8 });
    expect(good['errors'].map((one: any) => `${one.row} ${one.code} ${one.at}`).toSorted()).toEqual(
      codes.map((one) => one.join(' ')).toSorted(),
    );
    expect(await count()).toBe(3);
  });
  it('without its columns, not in UTF-8 or with an open quote it is refused', async () => {
    expect(await bring('id,product\n')).toMatchObject({ status: 422, code: 'usageColumns' });
    expect(await bring('')).toMatchObject({ status: 422, code: 'usageColumns' });
    expect(await bring(`${header}\n"f-11`)).toMatchObject({ status: 400, code: 'malformedBody' });
    expect(await bring(`${header}\n${row('f-12')}`, 'none', merchant)).toMatchObject({ status: 403 });
  });
  it('two at once: a record of both counts once', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `p-${n}`);
    const before = await count();
    const [one, other] = await Promise.all([
      bring([header, ...ids.map((id) => row(id))].join('\n')),
      bring([header, ...ids.toReversed().map((id) => row(id))].join('\n')),
    ]);
    expect(one['recorded'] + other['recorded']).toBe(50);
    expect(one['same'] + other['same']).toBe(50);
    expect(await count()).toBe(before + 50);
  });
});

describe('bills', () => {
  it('of a month that runs are refused; of one that ended they are issued once, the same again', async () => {
    const { purpose } = { purpose: 'publicWelfare' };
    await the.record(city, [
      the.use(product, '2024-03-05', 7, { id: 'b-1', class: 'smallFirm', merchant: 'merchant-2' }),
      the.use(product, '2024-03-06', 7, { id: 'b-2', class: 'smallFirm', merchant: 'merchant-2' }),
      the.use(product, '2024-03-07', 1_000, { id: 'b-3', purpose }),
      the.use(product, '2024-03-07', 5, { id: 'b-4', class: 'government' }),
    ]);
    expect((await the.bill(city, '2024-03')).json()).toMatchObject({ status: 409, code: 'periodNotEnded' });
    await the.law.begin('2024-04-01T09:00:00');
    const first = await the.bill(city, '2024-03');
    expect(first.statusCode).toBe(201);
    // 1 + 2 + 1 + 50 calls at 100; twice floor(7 × 100 × 0.667) = 466; free 0; no tariff for government.
    expect(first.json()).toMatchObject({ bills: 2, records: 56, unrated: 1, fen: 5_400 + 932 });
    const again = await the.bill(city, '2024-03');
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual({ ...first.json<object>(), issued: false });
    const [told] = await the.told(`${city}/operator/2024-03`, 'bill.periodBilled.v1');
    expect(told).toMatchObject({ fen: 6_332, unrated: 1 });
  });
  it('a merchant reads its own alone; lines come as JSON and as CSV', async () => {
    const own = (await the.call(rival, 'GET', '/v1/bills')).json<{ items: any[] }>().items;
    expect(own).toMatchObject([{ merchant: 'merchant-2', fen: 932 }]);
    const all = (await the.call(bureau, 'GET', '/v1/bills')).json<{ items: any[] }>().items;
    expect(all).toHaveLength(2);
    const other = all.find((one) => one.merchant === 'merchant-1').bill;
    expect((await the.call(rival, 'GET', `/v1/bills/${other}`)).statusCode).toBe(404);
    const lines = (await the.call(merchant, 'GET', `/v1/bills/${other}/lines`)).json<{ items: any[] }>()
      .items;
    expect(lines).toMatchObject([
      { kind: 'charge', records: 53, fen: 5_400, unitFen: 100, discount: '0', qty: '54' },
      { kind: 'free', purpose: 'publicWelfare', fen: 0, unitFen: null, tariff: null },
    ]);
    const csv = await the.app.inject({
      url: `/v1/bills/${other}/lines`,
      headers: { ...(await the.signedIn(merchant)), accept: 'text/csv' },
    });
    expect(csv.body).toContain('charge');
    expect((await the.call(pricingPeople('wuhai').bureau, 'GET', `/v1/bills/${other}`)).statusCode).toBe(404);
  });
  it('what no tariff rates stays open and is listed; a tariff later it is billed with the next month', async () => {
    const list = async (state: string) =>
      (await the.call(auditor, 'GET', `/v1/usage?state=${state}`)).json<{ items: { id: string }[] }>().items;
    expect((await list('unrated')).map(({ id }) => id)).toEqual(['b-4']);
    await the.tariff(city, product, 100, { kind: 'government' });
    await the.law.begin('2024-05-01T09:00:00');
    expect((await the.bill(city, '2024-04')).json()).toMatchObject({ records: 1, fen: 500, unrated: 0 });
    expect(await list('unrated')).toEqual([]);
  });
  it('late use of a month that was billed is refused with the way; as a correction it is billed next', async () => {
    const late = the.use(product, '2024-03-09', 3, { id: 'l-1' });
    const refused = await the.call(operator, 'POST', '/v1/usage', { records: [late] });
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ code: 'usagePeriodClosed' }] });
    await the.record(city, [{ ...late, correction: true }]);
    await the.law.begin('2024-06-03T09:00:00');
    expect((await the.bill(city, '2024-05')).json()).toMatchObject({ records: 1, fen: 300 });
    expect((await the.bill(city, '2024-02')).json()).toMatchObject({ code: 'periodBilledBeyond' });
  });
});

describe('a dispute', () => {
  it('upheld takes use back: the very fen of its charge comes off the next bill, once', async () => {
    const [bill] = (await the.call(rival, 'GET', '/v1/bills')).json<{ items: { bill: string }[] }>().items;
    const at = `/v1/bills/${bill!.bill}/disputes`;
    const body = { code: 'notUsed', words: '未曾调用' };
    expect((await the.call(merchant, 'POST', at, body)).statusCode).toBe(404);
    const raised = await the.must(the.call(rival, 'POST', at, body), 201);
    expect((await the.call(rival, 'POST', at, body)).json()).toMatchObject({ code: 'billDisputeOpen' });
    const answer = (change: object) =>
      the.call(operator, 'POST', `${at}/${raised['dispute']}/answer`, {
        ...{ outcome: 'upheld', words: '核实无误', reverse: ['b-1'], ...change },
      });
    const saysWhat = { code: 'disputeReversalMissing', errors: [{ pointer: '/body/reverse' }] };
    expect((await answer({ reverse: [] })).json()).toMatchObject(saysWhat);
    expect((await answer({ outcome: 'rejected' })).json()).toMatchObject(saysWhat);
    expect((await answer({ reverse: ['b-3'] })).json()).toMatchObject({ code: 'usageNotOfBill' });
    expect((await answer({})).json()).toMatchObject({ outcome: 'upheld', reversed: 1 });
    expect((await answer({})).json()).toMatchObject({ code: 'disputeAnswered' });
    const twice = await the.call(operator, 'POST', '/v1/usage/b-1/reversal', {});
    expect(twice.json()).toMatchObject({ status: 409, code: 'usageReversed' });
    await the.law.begin('2024-07-01T09:00:00');
    expect((await the.bill(city, '2024-06')).json()).toMatchObject({ bills: 1, records: 1, fen: -466 });
  });
  it('what is taken back before a bill has it is never rated', async () => {
    await the.record(city, [the.use(product, '2024-07-01', 5, { id: 'r-1' })]);
    expect((await the.call(operator, 'POST', '/v1/usage/r-1/reversal', {})).statusCode).toBe(201);
    expect((await the.call(operator, 'POST', '/v1/usage/no-such/reversal', {})).statusCode).toBe(404);
    await the.law.begin('2024-08-01T09:00:00');
    expect((await the.bill(city, '2024-07')).json()).toMatchObject({
      bills: 0,
      records: 0,
      fen: 0,
      unrated: 0,
    });
  });
});

it('near the cap, and at it, the operator, the bureau and the price office are told once each', async () => {
  const caseNo = await the.permit(city, 2024, 10_000);
  const subject = `${city}/operator/2024`;
  const position = async () =>
    (await the.call(operator, 'GET', '/v1/revenue-position?year=2024')).json<Record<string, any>>();
  // 6,332 + 500 + 300 − 466 so far
  expect(await position()).toMatchObject({
    revenueFen: 6_666,
    permittedFen: 10_000,
    leftFen: 3_334,
    warned: false,
  });
  await the.record(city, [the.use(product, '2024-08-01', 20, { id: 'c-1' })]);
  await the.law.begin('2024-09-02T09:00:00');
  await the.bill(city, '2024-08');
  expect(await position()).toMatchObject({
    revenueFen: 8_666,
    warned: true,
    reached: false,
    shareBasisPoints: 8_666,
  });
  await the.record(city, [the.use(product, '2024-09-01', 20, { id: 'c-2' })]);
  await the.law.begin('2024-10-08T09:00:00');
  await the.bill(city, '2024-09');
  await the.law.begin('2024-11-01T09:00:00');
  await the.bill(city, '2024-10');
  expect(await position()).toMatchObject({ reached: true, leftFen: 0 });
  const near = await the.told(subject, 'settlement.capApproached.v1');
  const reached = await the.told(subject, 'settlement.capReached.v1');
  expect(near).toMatchObject([{ caseNo, revenueFen: 8_666, price: 'price-office' }]);
  expect(reached).toMatchObject([{ revenueFen: 10_666, permittedFen: 10_000 }]);
});
