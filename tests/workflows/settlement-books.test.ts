// F2, F5, F6: what is confirmed is what the books bear; service fees are revenue that warns, and of no year that is settled.
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const city = 'national';
let the: Settling;
beforeAll(async () => {
  the = await startSettling([city]);
}, 120_000);
afterAll(() => the?.stop());

const { operator, finance, merchant } = pricingPeople(city);
let charges = 0;
/** The merchant orders some units of a service at 11,000 fen each; answers what charges one of them. */
const ordered = async () => {
  const document = await the.upload(city, 'operator', '成本测算');
  const fee = await the.must(
    the.call(operator, 'POST', '/v1/service-fees', {
      ...{ item: 'clean', title: '数据加工', kind: 'processing', unit: 'hour', from: '2025-03-12' },
      ...{ basis: { kind: 'stated', fen: 10_000, document }, margin: '0.1' },
    }),
    201,
  );
  await the.law.begin('2025-03-14T09:00:00');
  const body = { operator: 'operator', item: 'clean', qty: '9' };
  const { order } = await the.must(the.call(merchant, 'POST', '/v1/service-orders', body), 201);
  return (chargedOn: string) => {
    charges += 1;
    return the.call(operator, 'POST', '/v1/service-charges', {
      ...{ charge: `F-${charges}`, order, item: 'clean', unitFen: fee['fen'], qty: '1', chargedOn },
    });
  };
};

it('charges for services warn once near the cap and once at it; none belongs to a year that is settled', async () => {
  await the.law.begin('2025-03-11T09:00:00');
  const charge = await ordered();
  await the.permit(city, 2025, 12_000);
  const told = (name: string) => the.told(`${city}/operator/2025`, `settlement.${name}.v1`);
  expect((await charge('2025-03-14')).statusCode).toBe(201);
  expect(await told('capApproached')).toMatchObject([{ revenueFen: 11_000, permittedFen: 12_000 }]);
  expect(await told('capReached')).toEqual([]);
  for (const _ of [1, 2]) expect((await charge('2025-03-14')).statusCode).toBe(201);
  expect(await told('capApproached')).toHaveLength(1);
  expect(await told('capReached')).toMatchObject([{ revenueFen: 22_000 }]);

  await the.law.begin('2026-01-06T09:00:00');
  await the.cost(city, 2025, 1_000, 'labour');
  const report = await the.report(city, 2025, [await the.product(city)]);
  await the.agree(city, 2025, [{ id: 'operator', kind: 'operator', factor: '1' }]);
  expect((await the.bill(city, '2025-12')).statusCode).toBe(201);
  const caseNo = await the.open(operator, '/v1/settlements', { year: 2025 });
  expect((await the.row(caseNo)).state).toMatchObject({ figures: { revenueFen: 33_000, excessFen: 21_000 } });
  const late = await charge('2025-12-31');
  expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'yearSettled']);
  expect((await charge('2026-01-06')).statusCode).toBe(201);

  // The books move under the frozen figures: nobody confirms what they no longer bear.
  const path = `/v1/settlements/${caseNo}`;
  const figures = async () =>
    ((await the.row(caseNo)).state as unknown as { figures: { hash: string } }).figures.hash;
  const confirm = async (who: typeof operator | typeof finance, change: object = {}) =>
    the.post(who, `${path}/confirmation`, { outcome: 'confirm', figures: await figures(), ...change });
  expect(await confirm(operator)).toMatchObject({ status: 200 });
  await the.returned(city, report);
  expect(await confirm(finance)).toMatchObject({ status: 409, code: 'settlementCostUnreported' });
  await the.cost(city, 2025, 500, 'labour');
  await the.report(city, 2025, []);
  expect(await confirm(finance)).toMatchObject({ status: 409, code: 'settlementBooksMoved' });
  const reasons = [{ code: 'costMissing', text: '漏记成本' }];
  expect(await confirm(finance, { outcome: 'return', reasons })).toMatchObject({ status: 200 });
  expect(await the.post(operator, `${path}/figures`, {})).toMatchObject({ status: 200 });
  expect(await confirm(operator)).toMatchObject({ status: 200 });
  expect(await confirm(finance)).toMatchObject({ status: 200 });
}, 60_000);
