/** By when the permitted revenue of a year is to stand (F2): one row a year, looked at on the pack's day. */
import { startOfDay } from '@gongshu/shared/business-date';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { YearAsk } from '@gongshu/shared/permitted-revenue/year';
import type { Selectable, Transaction } from 'kysely';
import type { Dues } from '../schedules.ts';
import type { RevenueTables } from './tables.ts';

type Due = Selectable<RevenueTables['revenue_due']>;

/** The year after one that has a figure is going to need its own; again, it changes nothing. */
export const foreseeRevenue = async (
  trx: Transaction<RevenueTables>,
  pack: ResolvedPack,
  operator: string,
  year: number,
): Promise<void> => {
  const day = ruleOf(pack, 'pricing', 'revenueDate').value;
  await trx
    .insertInto('revenue_due')
    .values({
      ...{ jurisdiction: pack.jurisdiction, operator, year, called_at: null },
      opens_at: new Date(startOfDay(`${year}-${day}`) + 9 * 3_600_000),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const revenueDues: Dues<Due> = {
  table: 'revenue_due',
  keys: ['jurisdiction', 'operator', 'year'],
  scheduleId: ({ jurisdiction, operator, year }) => `permitted-revenue-${jurisdiction}-${operator}-${year}`,
  starts: ({ jurisdiction, operator, year }) => ({
    workflowType: 'permittedRevenueYear',
    workflowId: `permitted-revenue-year-${jurisdiction}-${operator}-${year}`,
    args: [{ jurisdiction, operator, year } satisfies YearAsk],
    summary: `${year} 年度最高准许收入到期提醒 ${operator}`,
  }),
};
