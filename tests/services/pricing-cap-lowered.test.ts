// F2: a cap that comes into force below what the year has taken in, or near it, is told at once, not with the next bill.
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const jurisdiction = 'wuhai';
const year = 2025;
const { price } = pricingPeople(jurisdiction);

let the: Settling;
beforeAll(async () => {
  the = await startSettling([jurisdiction]);
}, 120_000);
afterAll(() => the?.stop());

const told = (name: string) => the.told(`${jurisdiction}/operator/${year}`, `settlement.${name}.v1`);
/** A cap of 30,000 fen of cost and so much tax, decided by the price office. Its case. */
const capWith = async (taxFen: number): Promise<string> => {
  const path = '/v1/permitted-revenues';
  const question = { bondYield: '0', points: '0', tax: { mode: 'amount', fen: taxFen } };
  const caseNo = await the.open(price, path, { operator: 'operator', year, ...question });
  const { hash } = (await the.call(price, 'GET', `${path}/${caseNo}/figures`)).json<{ hash: string }>();
  const document = await the.upload(jurisdiction, 'price-office', `核定函 ${caseNo}`);
  const decision = { figures: hash, document, joint: [{ with: 'authority', document }] };
  expect(await the.post(price, `${path}/${caseNo}/decision`, decision)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  return caseNo;
};

it('warned when the cap comes near, told when it is passed, each once, and by no cap that stays away', async () => {
  await the.law.begin('2025-03-03T09:00:00');
  const product = await the.product(jurisdiction);
  await the.tariff(jurisdiction, product, 100);
  await the.cost(jurisdiction, year, 30_000, 'security');
  await the.record(jurisdiction, [the.use(product, '2025-02-03', 500)]);
  expect((await the.bill(jurisdiction, '2025-02')).statusCode).toBe(201);

  // Sabotage twin: a cap that is only written down, as it once was, warns nobody.
  await the.permit(jurisdiction, year, 1);
  expect([await told('capApproached'), await told('capReached')]).toEqual([[], []]);

  // 50,000 fen of revenue; of 80,000 less than four fifths.
  await capWith(50_000);
  expect([await told('capApproached'), await told('capReached')]).toEqual([[], []]);

  const near = await capWith(30_000);
  expect(await told('capApproached')).toMatchObject([
    {
      caseNo: near,
      year,
      operator: 'operator',
      price: 'price-office',
      revenueFen: 50_000,
      permittedFen: 60_000,
    },
  ]);
  expect(await told('capReached')).toEqual([]);

  const below = await capWith(10_000);
  expect(await told('capReached')).toMatchObject([
    { caseNo: below, revenueFen: 50_000, permittedFen: 40_000 },
  ]);
  // Neither another cap nor the next bill tells it again.
  await capWith(9_000);
  await the.record(jurisdiction, [the.use(product, '2025-03-02', 1)]);
  await the.law.begin('2025-04-02T09:00:00');
  expect((await the.bill(jurisdiction, '2025-03')).statusCode).toBe(201);
  expect([await told('capApproached'), await told('capReached')].map((all) => all.length)).toEqual([1, 1]);
}, 60_000);
