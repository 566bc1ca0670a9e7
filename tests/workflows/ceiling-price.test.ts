// F3: a ceiling is set, reported in writing within the pack's limit and receipted; a lower one cuts the tariffs above it.
import { atPrices } from '../services/pricing-tariffs-support.ts';
import { type Pricing, startPricing } from '../support/pricing.ts';

let the: Pricing;
let at: ReturnType<typeof atPrices>;
beforeAll(async () => {
  the = await startPricing(['zhongwei'], { replayed: true });
  at = atPrices(the, 'zhongwei');
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const path = (caseNo: string, act: string) => `/v1/ceiling-prices/${caseNo}/${act}`;

it('set, reported, receipted by the price office: closed', async () => {
  const product = await the.product('zhongwei');
  const caseNo = await at.draft(product, [at.unit(1_000, '2024-03-04')], 'ceiling-receipted');
  expect(await at.publicly('ceilings', product)).toEqual([]);
  expect(await the.post(at.who.bureau, path(caseNo, 'setting'))).toMatchObject({ status: 200 });
  expect(await at.publicly('ceilings', product)).toMatchObject([
    { caseNo, fen: 1_000, yuan: '10.00', from: '2024-03-04', until: null, standing: 'announced' },
  ]);
  const report = await at.upload('city-bureau', '书面报告');
  expect(await the.post(at.who.bureau, path(caseNo, 'report'), { document: report })).toMatchObject({
    status: 200,
  });
  const document = await at.upload('price-office', '回执');
  const tasks = (await the.call(at.who.price, 'GET', '/v1/tasks')).json<{ items: { caseNo: string }[] }>();
  expect(tasks.items.map((task) => task.caseNo)).toContain(caseNo);
  expect(await the.post(at.who.price, path(caseNo, 'receipt'), { on: '2024-02-29', document })).toMatchObject(
    { status: 422, code: 'dateOutside' },
  );
  expect(await the.post(at.who.price, path(caseNo, 'receipt'), { on: '2024-03-01', document })).toMatchObject(
    { status: 200 },
  );
  expect(await the.story(caseNo)).toEqual(['opened', 'set', 'reported', 'receipted']);
  expect(await the.told(caseNo, 'ceilingPrice.receipted.v1')).toMatchObject([
    { on: '2024-03-01', recordedBy: 'price' },
  ]);
});

it('no report within five working days: reminded, overdue, still to be done; the bureau may record the receipt', async () => {
  const product = await the.product('zhongwei');
  const caseNo = await at.draft(product, [at.unit(900, '2024-03-04')], 'ceiling-reported-late');
  await the.post(at.who.bureau, path(caseNo, 'setting'));
  await the.goTo('2024-03-11T10:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'set', 'overdue']);
  expect(await the.told(caseNo, 'ceilingPrice.reminderDue.v1')).not.toEqual([]);
  expect(await the.told(caseNo, 'ceilingPrice.overdue.v1')).toMatchObject([{ lastDay: '2024-03-08' }]);
  const document = await at.upload('city-bureau', '迟报');
  await the.post(at.who.bureau, path(caseNo, 'report'), { document });
  expect(await the.told(caseNo, 'ceilingPrice.reported.v1')).toMatchObject([{ late: true, to: 'price' }]);
  expect(
    await the.post(at.who.bureau, path(caseNo, 'receipt'), { on: '2024-03-11', document }),
  ).toMatchObject({ status: 200 });
  expect((await the.row(caseNo)).outcome).toBe('closed');
});

it('withdrawn before it is set, never after; it left no ceiling', async () => {
  const product = await the.product('zhongwei');
  const caseNo = await at.draft(product, [at.unit(900, '2024-04-01')], 'ceiling-withdrawn');
  expect(await the.post(at.who.bureau, path(caseNo, 'withdrawal'))).toMatchObject({ status: 200 });
  expect(await at.publicly('ceilings', product)).toEqual([]);
  const other = await at.ceiling(product, at.unit(900, '2024-04-01'));
  expect(await the.post(at.who.bureau, path(other, 'withdrawal'))).toMatchObject({
    status: 409,
    code: 'stepNotReached',
  });
});

it('a draft whose day has passed is not set: what was charged is not forbidden afterwards', async () => {
  const product = await the.product('zhongwei');
  const caseNo = await at.draft(product, [at.unit(900, '2024-03-12')]);
  await the.goTo('2024-03-13T09:00:00', caseNo);
  expect(await the.post(at.who.bureau, path(caseNo, 'setting'))).toMatchObject({
    status: 422,
    code: 'ceilingDayPassed',
  });
});

it('a lower ceiling ends each tariff above it the day before and puts the cut one in its place, at once', async () => {
  const product = await the.product('zhongwei');
  await at.ceiling(product, at.unit(1_000, '2024-03-14'));
  const first = await at.published(product, 1_000, '2024-03-25', { discount: '0.2' });
  const later = await at.published(product, 950, '2024-07-01', { class: 'government' });
  const low = await at.published(product, 700, '2024-03-25', { scenario: 'transport' });
  expect([first['state'], later['state'], low['state']]).toEqual(['published', 'published', 'published']);
  const lower = await at.ceiling(product, at.unit(800, '2024-05-01'));
  const rows = await at.publicly('tariffs', product, '2024-03-20');
  expect(
    rows.map(({ fen, class: kind, from, until, cutBy, discount }) => [
      fen,
      kind,
      from,
      until,
      cutBy,
      discount,
    ]),
  ).toEqual([
    [1_000, 'general', '2024-03-25', '2024-04-30', null, '0.2'],
    [700, 'general', '2024-03-25', null, null, '0'],
    [800, 'general', '2024-05-01', null, lower, '0.2'],
    [800, 'government', '2024-07-01', null, lower, '0'],
  ]);
  const [cut] = rows.filter(({ cutFrom }) => cutFrom === first['tariff']);
  expect(await the.told(cut?.['tariff'], 'tariff.cut.v1')).toMatchObject([
    { caseNo: lower, cutFrom: first['tariff'], beforeFen: 1_000, fen: 800, operator: 'operator' },
  ]);
  const view = (await the.call(at.who.operator, 'GET', `/v1/ceiling-prices/${lower}`)).json();
  expect(view).toMatchObject({ stage: 'set', facts: { ceilings: [{ before: 1_000, fen: 800 }] } });
  // Raised again: what was cut stays cut until the operator sets another.
  await at.ceiling(product, at.unit(1_200, '2024-06-01'));
  expect((await at.publicly('tariffs', product, '2024-06-10'))[1]).toMatchObject({ fen: 800, until: null });
  expect(await at.tariff(product, 900, '2024-05-15')).toMatchObject({ status: 422, code: 'aboveCeiling' });
  expect(await at.tariff(product, 1_200, '2024-06-01')).toMatchObject({ status: 201, fen: 1_200 });
});

it('forecasts all ceilings of the operator beside its permitted revenue: a warning, in the case and in its event', async () => {
  const product = await the.product('zhongwei');
  await the.db
    .insertInto('permitted_revenue' as never)
    .values({
      ...{ case_no: await at.draft(product, [at.unit(1, '2025-01-01')]), jurisdiction: 'zhongwei' },
      ...{ operator: 'operator', year: 2026, fen: 1_000_000, consumed_fen: 0, trial: true, figures: 'x' },
      in_force_at: new Date('2024-03-01T00:00:00Z'),
    } as never)
    .execute();
  const within = await at.draft(product, [at.unit(1, '2026-01-01', { expectedQty: '2.5' })]);
  const over = await at.draft(product, [at.unit(1_001, '2026-01-01')]);
  const forecast = async (caseNo: string) => (await the.row(caseNo)).start.facts as Record<string, any>;
  const [low, high] = [await forecast(within), await forecast(over)];
  expect(low['forecast']).toMatchObject({ year: 2026, permittedRevenueFen: 1_000_000, trial: true });
  expect(high['forecast']['fen'] - low['forecast']['fen']).toBe(1_001_000 - 2);
  expect(high['forecast']).toMatchObject({ overCap: true });
  expect(await the.told(over, 'ceilingPrice.opened.v1')).toMatchObject([{ forecast: { overCap: true } }]);
  expect(await the.post(at.who.bureau, path(over, 'setting'))).toMatchObject({ status: 200 });
});
