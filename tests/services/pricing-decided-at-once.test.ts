// F2, 65号 四: decisions taken in at the same time never take one overrun off twice, nor move a year that is being settled.
import { loadPacks } from '@gongshu/infra/packs';
import { tellWorkflow } from '@gongshu/infra/intake/take';
import { lastDecisionTaken } from '@gongshu/service-pricing/revenues/decided';
import { mustBeUnsettled, mustStillHold } from '@gongshu/service-pricing/revenues/open';
import { carriedExcess } from '@gongshu/service-pricing/settlements/carried';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { type Kysely, sql, type Transaction } from 'kysely';
import { pricingPeople } from '../support/pricing.ts';
import { type Settling, startSettling } from '../support/settlements.ts';

const jurisdiction = 'wuhai';
const law = pricingLaw(loadPacks().resolve(jurisdiction));
const { price, operator, finance } = pricingPeople(jurisdiction);
const owner = (year: number) => ({ jurisdiction, operator: 'operator', year });
const overrun = 1_000_000;
const actor = { id: 'clerk', role: 'price', organisation: 'price-office' };

let the: Settling;
beforeAll(async () => {
  the = await startSettling([jurisdiction]);
  await the.law.begin('2025-02-10T09:00:00');
}, 120_000);
afterAll(() => the?.stop());

const forget = async () => {
  await sql`update revenue_case set ended = true`.execute(the.db);
  for (const table of ['settlement_share', 'settlement_result', 'permitted_revenue', 'revenue_figures'])
    await sql`delete from ${sql.table(table)}`.execute(the.db);
};
beforeEach(forget);

/** A year settled with so much over its cap. */
const settled = async (year: number, excess = overrun, state = 'confirmed'): Promise<string> => {
  const caseNo = await the.caseOf(jurisdiction, 'settlement');
  await sql`
    insert into settlement_result (case_no, jurisdiction, operator, year, attempt, state, figures, revenue_fen,
      permitted_fen, excess_fen, consumed_fen, carried_fen, resource_fee_fen, surplus_fen, terms, hash, frozen_at)
    values (${caseNo}, ${jurisdiction}, 'operator', ${year}, 1, ${state}, '{}', 0, 0, ${excess}, 0, 0, 0, 0, '', '',
      now())`.execute(the.db);
  return caseNo;
};

/** A case of a year whose figures take off the whole overrun, as far as its rows go. */
const openCase = async (year: number, steps = 1): Promise<string> => {
  const caseNo = await the.caseOf(jurisdiction, 'permittedRevenue');
  const start = JSON.stringify({ rules: { route: Array.from({ length: steps }, () => ({})) } });
  await sql`update procedure set start = ${start}::jsonb where case_no = ${caseNo}`.execute(the.db);
  await sql`
    insert into revenue_case (case_no, jurisdiction, operator, year)
    values (${caseNo}, ${jurisdiction}, 'operator', ${year})`.execute(the.db);
  await sql`
    insert into revenue_figures (case_no, hash, question, parts, costs, given_at)
    values (${caseNo}, 'f', '{}', ${JSON.stringify({ consumedFen: overrun })}::jsonb, '[]', now())`.execute(
    the.db,
  );
  return caseNo;
};

// biome-ignore lint/suspicious/noExplicitAny: intake and revenues have tables of their own
const takenIn = (trx: Kysely<any>, act: string, caseNo: string): Promise<string> =>
  tellWorkflow(
    trx as Transaction<never>,
    {
      ...{ act, jurisdiction, caseNo, workflowId: caseNo, actor },
      payload: { procedure: true, act: { kind: act, figures: 'f' } },
    },
    new Date(),
  );
const stood = (receipt: string, state: string) =>
  sql`update intake set state = ${state} where receipt = ${receipt}`.execute(the.db);
const holds = (caseNo: string, year: number) =>
  the.db.transaction().execute((trx) => mustStillHold(trx, law, owner(year), caseNo, 'f'));

type Holds = typeof mustStillHold;
/** Decisions of several years taken in side by side, each as the route takes it in: how many were. */
const decidedAtOnce = async (stillHolds: Holds): Promise<number> => {
  await settled(2021);
  const years = [2022, 2023, 2024];
  const cases = await Promise.all(years.map((year) => openCase(year)));
  const taken = await Promise.allSettled(
    years.map((year, at) =>
      the.db.transaction().execute(async (trx) => {
        await stillHolds(trx as never, law, owner(year), cases[at]!, 'f');
        await sql`select pg_sleep(0.2)`.execute(trx);
        await takenIn(trx, 'decideRevenue', cases[at]!);
      }),
    ),
  );
  return taken.filter(({ status }) => status === 'fulfilled').length;
};

it('of decisions taken in side by side, one takes the overrun', async () => {
  expect(await decidedAtOnce(mustStillHold)).toBe(1);
});

it('sabotage twin: a check without a lock, on what is in force alone, takes it for every year', async () => {
  const careless: Holds = async (trx, _law, of) => {
    if (BigInt(overrun) > (await carriedExcess(trx, of))) throw new Error('taken');
  };
  expect(await decidedAtOnce(careless)).toBe(3);
});

it('what a decision took is free again when it was refused, sent back or withdrawn, and gone while it stands', async () => {
  await settled(2021);
  const [one, other] = [await openCase(2023), await openCase(2024)];
  const taken = { code: 'overrunTakenMeanwhile', article: law.excess.article };
  await expect(holds(other, 2024)).resolves.toBeUndefined();
  const decision = await takenIn(the.db, 'decideRevenue', one);
  for (const state of ['taken', 'parked', 'delivered']) {
    await stood(decision, state);
    await expect(holds(other, 2024)).rejects.toMatchObject(taken);
    await expect(holds(one, 2023)).resolves.toBeUndefined();
  }
  await stood(decision, 'refused');
  await expect(holds(other, 2024)).resolves.toBeUndefined();
  await stood(decision, 'delivered');
  const back = await takenIn(the.db, 'returnRevenue', one);
  await expect(holds(other, 2024)).rejects.toMatchObject(taken); // it may yet be refused
  await stood(back, 'delivered');
  await expect(holds(other, 2024)).resolves.toBeUndefined();
  await takenIn(the.db, 'decideRevenue', one);
  await expect(holds(other, 2024)).rejects.toMatchObject(taken);
  await sql`update revenue_case set ended = true where case_no = ${one}`.execute(the.db);
  await expect(holds(other, 2024)).resolves.toBeUndefined();
});

it('a figure that adjusts one in force takes its place: what both take off is gone once', async () => {
  await settled(2021, 2 * overrun);
  await the.permit(jurisdiction, 2023, 0, { consumed: overrun });
  await takenIn(the.db, 'decideRevenue', await openCase(2023));
  await expect(holds(await openCase(2024), 2024)).resolves.toBeUndefined();
});

it('a year is settled from the confirmation on that was taken in, and its cap moved from the last decision on', async () => {
  const settlement = await settled(2024, 0, 'frozen');
  const unsettled = () => mustBeUnsettled(the.db, law, owner(2024));
  await expect(unsettled()).resolves.toBeUndefined();
  const confirmed = await takenIn(the.db, 'confirmSettlement', settlement);
  await expect(unsettled()).rejects.toMatchObject({ code: 'revenueYearSettled' });
  await stood(confirmed, 'refused');
  await expect(unsettled()).resolves.toBeUndefined();

  const caseNo = await openCase(2024, 2);
  await takenIn(the.db, 'decideRevenue', caseNo);
  expect(await lastDecisionTaken(the.db, owner(2024))).toBe(false);
  const last = await takenIn(the.db, 'decideRevenue', caseNo);
  expect(await lastDecisionTaken(the.db, owner(2024))).toBe(true);
  await stood(last, 'refused');
  expect(await lastDecisionTaken(the.db, owner(2024))).toBe(false);
});

const path = '/v1/permitted-revenues';
const question = { bondYield: '0.02', points: '0', tax: { mode: 'amount', fen: 0 } };
/** A case opened over REST; what its decision is, and what its figures say they take off. */
const ready = async (year: number) => {
  const caseNo = await the.open(price, path, { operator: 'operator', year, ...question });
  const { hash, parts } = (await the.call(price, 'GET', `${path}/${caseNo}/figures`)).json<{
    hash: string;
    parts: { consumedFen: number };
  }>();
  const document = await the.upload(jurisdiction, 'price-office', `核定函 ${caseNo}`);
  const body = { figures: hash, document, joint: [{ with: 'authority', document }] };
  return {
    caseNo,
    consumed: parts.consumedFen,
    decide: () => the.post(price, `${path}/${caseNo}/decision`, body),
  };
};
const inForce = () =>
  the.db
    .selectFrom('permitted_revenue' as never)
    .select(['case_no', 'consumed_fen'] as never)
    .where('replaced_at' as never, 'is', null)
    .execute() as Promise<{ case_no: string; consumed_fen: number }[]>;

it('two years decided at once: one decision is refused with its article, and the figure told is the figure in force', async () => {
  await settled(2021);
  for (const year of [2023, 2024]) await the.cost(jurisdiction, year, 5_000_000, 'security');
  const cases = [await ready(2023), await ready(2024)];
  expect(cases.map(({ consumed }) => consumed)).toEqual([overrun, overrun]);
  const answers = await Promise.all(cases.map(({ decide }) => decide()));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const refused = answers.findIndex(({ status }) => status === 409);
  const won = cases[1 - refused]!;
  const again = await cases[refused]!.decide();
  expect(again).toMatchObject({ code: 'overrunTakenMeanwhile' });
  await the.quiet(won.caseNo);
  expect(await inForce()).toEqual([{ case_no: won.caseNo, consumed_fen: overrun }]);
  // Computed anew, on what was reported of the year before it, it takes off nothing, and comes into force beside the other.
  await the.report(jurisdiction, 2023, [await the.product(jurisdiction)]);
  const { caseNo, decide } = cases[refused]!;
  expect(await decide()).toMatchObject({ code: 'overrunTakenMeanwhile' });
  expect(await the.post(price, `${path}/${caseNo}/figures`, question)).toMatchObject({ status: 200 });
  const view = await the.call(price, 'GET', `${path}/${caseNo}/figures`);
  const { hash, parts } = view.json<{ hash: string; parts: { consumedFen: number } }>();
  expect(parts.consumedFen).toBe(0);
  const document = await the.upload(jurisdiction, 'price-office', '核定函');
  const body = { figures: hash, document, joint: [{ with: 'authority', document }] };
  expect(await the.post(price, `${path}/${caseNo}/decision`, body)).toMatchObject({ status: 200 });
  await the.quiet(caseNo);
  const consumed = (await inForce()).map(({ consumed_fen }) => consumed_fen);
  expect(consumed.toSorted((a, b) => a - b)).toEqual([0, overrun]);
}, 60_000);

it('a year’s cap decided while its settlement is confirmed: one of the two is refused', async () => {
  await the.permit(jurisdiction, 2024, 3_000_000);
  await the.agree(jurisdiction, 2024, [
    { id: 'operator', kind: 'operator', factor: '2' },
    { id: 'public-good', kind: 'publicGood', factor: '1' },
  ]);
  expect((await the.bill(jurisdiction, '2024-12')).statusCode).toBe(201);
  const { caseNo: cap, decide } = await ready(2024);
  await the.report(jurisdiction, 2024, [await the.product(jurisdiction)]);
  const settlement = await the.open(operator, '/v1/settlements', { year: 2024 });
  const { figures } = (await the.row(settlement)).state as unknown as { figures: { hash: string } };
  const confirm = (who: typeof operator | typeof finance) =>
    the.post(who, `/v1/settlements/${settlement}/confirmation`, {
      outcome: 'confirm',
      figures: figures.hash,
    });
  expect(await confirm(operator)).toMatchObject({ status: 200 });
  const [confirmed, decided] = await Promise.all([confirm(finance), decide()]);
  expect([confirmed!.status, decided!.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
  const code = confirmed!.status === 409 ? confirmed!.code : decided!.code;
  expect(code).toBe(confirmed!.status === 409 ? 'settlementBooksMoved' : 'revenueYearSettled');
  await the.quiet(cap);
}, 60_000);
