import { type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { BusinessDate } from '@gongshu/shared/business-date';
import { ledgerPeriod } from '@gongshu/shared/trace/ledger';
import type { Transaction } from 'kysely';
import type { TraceTables } from './tables.ts';

/** Months between two reports of the ledger; `undefined` where the pack has none reported. */
export const ledgerMonths = (pack: ResolvedPack): number | undefined => {
  const period = pack.rules['supply']?.['ledgerReportPeriod']?.value as
    | { months: number }
    | 'none'
    | undefined;
  return period === undefined || period === 'none' ? undefined : period.months;
};

/** The period that a day lies in is going to be reported, where the pack has ledgers reported; again, it changes nothing. */
export const foreseeLedger = async (
  trx: Transaction<TraceTables>,
  pack: ResolvedPack,
  operator: string,
  on: BusinessDate,
): Promise<void> => {
  const months = ledgerMonths(pack);
  if (months === undefined) return;
  const { from, until, opensAt } = ledgerPeriod(on, months);
  await trx
    .insertInto('ledger_due')
    .values({
      ...{ jurisdiction: pack.jurisdiction, operator, from_on: from, until_on: until },
      ...{ opens_at: new Date(opensAt), called_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
