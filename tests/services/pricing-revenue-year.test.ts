// F2: the day by which the figure of a year is to stand is the pack's, and a year without one is told once.
import { createLookAtRevenueYear } from '@gongshu/activities/pricing/look-at-revenue-year';
import { foreseeRevenue } from '@gongshu/infra/revenues/due';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { Kysely } from 'kysely';
import { type Settling, startSettling } from '../support/settlements.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
const packs = loadPacks();
let the: Settling;
beforeAll(async () => {
  the = await startSettling(cities);
}, 120_000);
afterAll(() => the?.stop());

it.each(cities)(
  '%s: told on its day where nothing is in force, once; not where a figure is',
  async (city) => {
    const db = the.db as unknown as Kysely<RevenueTables>;
    const pack = packs.resolve(city);
    const { revenueDate } = valuesOf(pack, 'pricing');
    for (const year of [2025, 2027])
      await db.transaction().execute((trx) => foreseeRevenue(trx, pack, 'operator', year));
    await the.permit(city, 2027, 1);
    const look = createLookAtRevenueYear({
      db: { pricing: the.db },
      time: () => Promise.resolve({ now: Date.parse(`2027-${revenueDate}T09:00:00+08:00`), ahead: 0 }),
    } as never);
    const ask = (year: number) => ({ jurisdiction: city, operator: 'operator', year });
    expect(await look(ask(2025))).toEqual({ told: true });
    expect(await look(ask(2025))).toEqual({ told: false });
    expect(await look(ask(2027))).toEqual({ told: false });
    const subject = (year: number) => `permitted-revenue-${city}-operator-${year}`;
    expect(await the.told(subject(2025), 'permittedRevenue.yearDue.v1')).toMatchObject([
      { operator: 'operator', year: 2025, dueOn: `2025-${revenueDate}` },
    ]);
    expect(await the.told(subject(2027), 'permittedRevenue.yearDue.v1')).toEqual([]);
    // The year after is looked at in its turn.
    const ahead = await db
      .selectFrom('revenue_due')
      .select(['year'])
      .where('jurisdiction', '=', city)
      .where('state', '=', 'ahead')
      .orderBy('year')
      .execute();
    expect(ahead).toEqual([{ year: 2026 }, { year: 2028 }]);
  },
);
