// F2, 65号 四: an overrun is taken off once, in whatever order years are settled, permitted and permitted anew.
import { carriedExcess } from '@gongshu/service-pricing/settlements/carried';
import { mustBeUnsettled, mustStillHold } from '@gongshu/service-pricing/revenues/open';
import { loadPacks } from '@gongshu/infra/packs';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { sql } from 'kysely';
import { type Settling, startSettling } from '../support/settlements.ts';

let the: Settling;
beforeAll(async () => {
  the = await startSettling(['zhongwei']);
}, 120_000);
afterAll(() => the?.stop());

const jurisdiction = 'zhongwei';
const law = pricingLaw(loadPacks().resolve(jurisdiction));
const owner = (year: number) => ({ jurisdiction, operator: 'operator', year });
const owed = (year: number) => carriedExcess(the.db, owner(year));
const forget = async () => {
  for (const table of ['settlement_share', 'settlement_result', 'permitted_revenue', 'revenue_figures'])
    await sql`delete from ${sql.table(table)}`.execute(the.db);
};
beforeEach(forget);

/** A year confirmed by the finance office with so much over its cap. */
const settled = async (year: number, excess: number, state = 'confirmed') => {
  const caseNo = await the.caseOf(jurisdiction, 'settlement');
  await sql`
    insert into settlement_result (case_no, jurisdiction, operator, year, attempt, state, figures, revenue_fen,
      permitted_fen, excess_fen, consumed_fen, carried_fen, resource_fee_fen, surplus_fen, terms, hash, frozen_at)
    values (${caseNo}, ${jurisdiction}, 'operator', ${year}, 1, ${state}, '{}', 0, 0, ${excess}, 0, 0, 0, 0, '', '',
      now())`.execute(the.db);
};
const replaced = (year: number) =>
  sql`
    update permitted_revenue set replaced_at = now(), replaced_by = case_no
    where jurisdiction = ${jurisdiction} and year = ${year} and replaced_at is null`.execute(the.db);

it('a cap that is determined anew takes off only what a later year has left of it', async () => {
  await settled(2020, 100);
  await the.permit(jurisdiction, 2021, 0, { consumed: 60 });
  expect(await owed(2022)).toBe(40n);
  await the.permit(jurisdiction, 2022, 500, { consumed: 40 });
  // The year 2021 anew, now with room for all of the 100: 40 of them are gone.
  expect(await owed(2021)).toBe(60n);
  expect(await owed(2023)).toBe(0n);
});

it('an overrun that is settled late is owed to the next cap, not to the one that was taken off too little', async () => {
  await settled(2020, 100);
  await the.permit(jurisdiction, 2021, 500, { consumed: 100 });
  await the.permit(jurisdiction, 2022, 500, { consumed: 0 });
  await settled(2021, 30);
  expect(await owed(2022)).toBe(30n);
  expect(await owed(2023)).toBe(30n);
  await the.permit(jurisdiction, 2023, 500, { consumed: 30 });
  expect(await owed(2022)).toBe(0n);
  expect(await owed(2024)).toBe(0n);
});

it('figures that take off what another year took meanwhile are not decided on; a settled year has its figure', async () => {
  await settled(2020, 100);
  const caseNo = await the.caseOf(jurisdiction, 'permittedRevenue');
  const hash = 'sha256:1';
  await sql`
    insert into revenue_figures (case_no, hash, question, parts, costs, given_at)
    values (${caseNo}, ${hash}, '{}', '{"consumedFen": 100}', '[]', now())`.execute(the.db);
  const holds = () =>
    the.db.transaction().execute((trx) => mustStillHold(trx, law, owner(2022), caseNo, hash));
  await expect(holds()).resolves.toBeUndefined();
  await the.permit(jurisdiction, 2021, 0, { consumed: 1 });
  await expect(holds()).rejects.toMatchObject({ code: 'overrunTakenMeanwhile' });
  await expect(mustBeUnsettled(the.db, law, owner(2022))).resolves.toBeUndefined();
  await settled(2022, 0, 'frozen');
  await expect(mustBeUnsettled(the.db, law, owner(2022))).resolves.toBeUndefined();
  await expect(mustBeUnsettled(the.db, law, owner(2020))).rejects.toMatchObject({
    code: 'revenueYearSettled',
  });
});

// A generator of its own, so that a run that fails can be run again.
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

it('60 random chains of years: up to every year no more is taken off than was over before it', async () => {
  for (let run = 1; run <= 60; run += 1) {
    await forget();
    const random = seeded(run);
    const over = new Map<number, number>();
    const taken = new Map<number, number>();
    for (let act = 0; act < 12; act += 1) {
      const year = 2020 + Math.floor(random() * 5);
      if (random() < 0.4 && !over.has(year)) {
        over.set(year, Math.floor(random() * 1_000));
        await settled(year, over.get(year)!);
      } else {
        const room = BigInt(Math.floor(random() * 1_000));
        const found = await owed(year);
        const consumed = Number(found < room ? found : room);
        await replaced(year);
        await the.permit(jurisdiction, year, 0, { consumed });
        taken.set(year, consumed);
      }
      const sum = (of: Map<number, number>, last: number) =>
        [...of].reduce((all, [at, fen]) => all + (at <= last ? fen : 0), 0);
      expect(await owed(2026)).toBe(BigInt(sum(over, 2025) - sum(taken, 2025)));
      for (let upto = 2020; upto <= 2026; upto += 1) {
        expect(sum(taken, upto)).toBeLessThanOrEqual(sum(over, upto - 1));
      }
    }
  }
}, 60_000);
