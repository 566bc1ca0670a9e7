/** An operator's year: whoever writes to its ledger holds it, so that a report never misses what comes beside it. */
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { CostTrx, Period } from './tables.ts';

/** Holds the year until the transaction ends; answers the report that closed it, null while it is open. */
export const holdPeriod = async (
  trx: CostTrx,
  { jurisdiction, operator, year }: Period,
): Promise<string | null> => {
  await trx
    .insertInto('cost_period')
    .values({ jurisdiction, operator, year, report: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { report } = await trx
    .selectFrom('cost_period')
    .select('report')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return report;
};

/** The same for a year that must be open. Throws `costPeriodClosed` (409), with the way that is left. */
export const holdOpenPeriod = async (trx: CostTrx, period: Period): Promise<void> => {
  const report = await holdPeriod(trx, period);
  if (report !== null) throw problem('costPeriodClosed', { params: { report } });
};

export const setPeriodReport = async (
  trx: CostTrx,
  { jurisdiction, operator, year }: Period,
  report: string | null,
): Promise<void> => {
  await trx
    .updateTable('cost_period')
    .set({ report })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .execute();
};

/** Whether a cost of this year and day can have arisen by an instant; both by dates of Asia/Shanghai. */
export const hasArisen = (year: number, incurredOn: string | null, at: Date): boolean => {
  const today = businessDateOf(at.getTime());
  if (incurredOn === null) return year <= Number(today.slice(0, 4));
  return incurredOn <= today && Number(incurredOn.slice(0, 4)) === year;
};

/** Throws `costYearWrong` (422) for a year or a day that lies ahead, or a day of another year. */
export const mustHaveArisen = (year: number, incurredOn: string | null, at: Date): void => {
  if (hasArisen(year, incurredOn, at)) return;
  throw problem('costYearWrong', {
    params: { today: businessDateOf(at.getTime()) },
    errors: [
      {
        pointer: incurredOn === null ? '/body/year' : '/body/incurredOn',
        code: 'costYearWrong',
        message: { zh: '不在今日以前或与年度不符', en: 'It lies ahead, or is of another year' },
      },
    ],
  });
};
