// F1, F3: whatever the order and concurrency of acts, no published tariff is above its ceiling on any day; free is 0.
import { endCeilings, endTariff, tariffsReaching } from '@gongshu/infra/tariffs/give-way';
import { lockUnits } from '@gongshu/infra/tariffs/lock';
import { compare, fraction } from '@gongshu/shared/exact';
import { rateOf } from '@gongshu/shared/pricing/money';
import { sql } from 'kysely';
import { type Setter, startOrders } from './pricing-tariffs-order-support.ts';

jest.setTimeout(240_000);
let the: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  the = await startOrders();
});
afterAll(() => the.stop());

const triggers = (what: 'enable' | 'disable') =>
  Promise.all(
    ['tariff', 'ceiling'].map((table) =>
      sql.raw(`alter table pricing.${table} ${what} trigger ${table}_under_ceiling`).execute(the.first),
    ),
  );
/** Rows of each connection's own in the place of those that all lock: nobody waits for anybody. */
const ownLocks = async (): Promise<void> => {
  for (const db of the.dbs)
    await sql`create temp table priced_unit (like pricing.priced_unit including all)`.execute(db);
};
const oneLock = async (): Promise<void> => {
  for (const db of the.dbs) await sql`drop table pg_temp.priced_unit`.execute(db);
};

it('300 rounds of ceilings up and down, publishing, ending, suspending, four connections at once', async () => {
  const { done, refused, faults, wrong } = await the.run(300, 1);
  expect(faults).toEqual([]);
  expect(wrong).toEqual([]);
  expect(done).toBeGreaterThan(1_500);
  expect(refused).toBeGreaterThan(300);
  const cuts = await sql<{
    n: number;
  }>`select count(*)::int as n from tariff where cut_by is not null`.execute(the.first);
  expect(cuts.rows[0]?.n).toBeGreaterThan(50);
});

describe('what would let a tariff stand above its ceiling is caught (sabotage)', () => {
  it('without the lock the second lock refuses, and the acts fail instead of waiting', async () => {
    await ownLocks();
    const { faults, wrong } = await the.run(60, 1_001);
    await oneLock();
    expect(wrong).toEqual([]);
    expect(faults.some((one) => /above its ceiling|two (ceilings|tariffs) for one day/.test(one))).toBe(true);
  });

  it('without either lock a tariff stands above its ceiling', async () => {
    await ownLocks();
    await triggers('disable');
    const { wrong } = await the.run(60, 2_001);
    await triggers('enable');
    await oneLock();
    expect(wrong.some((one) => one.includes(' over '))).toBe(true);
  });

  /** Cuts by what is left after the discount, instead of the amount the tariff says. */
  const byNetCharge: Setter = async (trx, { start, entry }) => {
    const { caseNo, jurisdiction, facts } = start;
    const { product, operator, ceilings } = facts as any;
    for (const { unit, fen, from } of ceilings) {
      await lockUnits(trx as never, { jurisdiction, product, units: [unit] });
      const of = { jurisdiction, product, unit };
      await endCeilings(trx as never, of, { from, by: caseNo });
      await trx
        .insertInto('ceiling')
        .values({
          ...{ ...of, case_no: caseNo, operator, fen, expected_qty: '1', from_on: from, until_on: null },
          set_at: new Date(entry.at),
        })
        .execute();
      for (const one of await tariffsReaching(trx as never, of, from)) {
        const { n, d } = rateOf(one.discount);
        const net = fraction(BigInt(one.fen) * (d - n), d);
        if (compare(net, fraction(BigInt(fen))) > 0) await endTariff(trx as never, one, { from, by: null });
      }
    }
  };
  it('comparing the charge after the discount leaves a tariff above its ceiling', async () => {
    await triggers('disable');
    const { wrong } = await the.run(30, 3_001, byNetCharge);
    await triggers('enable');
    expect(wrong.some((one) => one.includes(' over '))).toBe(true);
  });
});

describe('the second lock holds by itself', () => {
  const row = (fen: number, change: object = {}) => ({
    ...{
      tariff: `640500-SF-2024-9${String(fen).padStart(5, '0')}`,
      jurisdiction: 'zhongwei',
      operator: 'operator',
    },
    ...{ product: '640500-CP-2024-900000', unit: 'call', class: 'general', purpose: 'industry', free: false },
    ...{ fen, discount: '0', from_on: '2024-05-01', state: 'published', notice_days: 5, grounds: 'x' },
    ...{ set_by: 'x', set_at: new Date(), published_at: new Date(), pack_version: 'p', scenario: null },
    ...{ until_on: null, notice_until: null, ...change },
  });
  const insert = (given: object) =>
    the.first
      .insertInto('tariff')
      .values(given as never)
      .execute()
      .catch((error: { constraint?: string; message: string }) => error.constraint ?? error.message);

  it.each([
    ['a tariff that has no ceiling', row(901), 'tariff_has_ceiling'],
    ['a charge on a free purpose', row(902, { free: true }), 'tariff_check'],
    ['a tariff published at no instant', row(903, { published_at: null }), 'tariff_check1'],
  ])('%s is refused, whoever writes it', async (_name, given, constraint) => {
    expect(await insert(given)).toBe(constraint);
  });

  it('a published tariff is not rewritten, nor deleted', async () => {
    await insert(row(0));
    const refusal = (error: { constraint?: string }) => error.constraint;
    const of = row(0).tariff;
    const change = (set: object) =>
      the.first.updateTable('tariff').set(set).where('tariff', '=', of).execute().catch(refusal);
    expect(await change({ fen: 1 })).toBe('tariff_immutable');
    expect(await change({ from_on: '2024-06-01' })).toBe('tariff_immutable');
    expect(await change({ until_on: '2024-05-31' })).toHaveLength(1);
    expect(await change({ until_on: null })).toBe('tariff_immutable');
    expect(await the.first.deleteFrom('tariff').where('tariff', '=', of).execute().catch(refusal)).toBe(
      'tariff_immutable',
    );
  });
});
