// F1, F2: a year of use is rated, billed and settled in sets, and comes to the same twice; `npm run proof:settlement` has a million.
import { settledYear } from '../support/settled-year.ts';

it('20,000 records in two databases: every one billed, and the same bills and figures', async () => {
  const first = await settledYear(20_000);
  const second = await settledYear(20_000);
  expect(second.hash).toBe(first.hash);
  expect(first.bills).toBeGreaterThan(1_000);
  expect(first.fen).toBeGreaterThan(0);
  expect(first.surplusFen).toBeLessThan(first.fen);
}, 120_000);

it('sabotage twin: one record more is another hash', async () => {
  expect((await settledYear(401)).hash).not.toBe((await settledYear(400)).hash);
}, 60_000);
