/** What an operator took in within a year, by kind (F2, F5). */
import type { IncomeKind } from '@gongshu/shared/packs/topics/pricing';
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import { revenueByKind } from '@gongshu/shared/pricing/settlement';
import { type Kysely, sql } from 'kysely';

/**
 * Revenue of a year by the pack's kinds, in fen: bills of its months, and fees charged for services to merchants, whose
 * cost stands in the same ledger.
 */
export const revenueOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: service charges have tables of their own
  db: Kysely<any>,
  law: Pick<PricingLaw, 'incomeKinds'>,
  { jurisdiction, operator, year }: { jurisdiction: string; operator: string; year: number },
): Promise<{ all: bigint; kinds: Map<IncomeKind, bigint> }> => {
  const { rows } = await sql<{ kind: IncomeKind; fen: string }>`
    select income as kind, sum(bill_line.fen)::text as fen
    from bill
    join bill_line using (bill)
    where jurisdiction = ${jurisdiction}
      and operator = ${operator}
      and period between ${`${year}-01`} and ${`${year}-12`}
    group by income
    union all
    select income, sum(fen)::text
    from service_charge
    where jurisdiction = ${jurisdiction}
      and operator = ${operator}
      and charged_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    group by income`.execute(db);
  // What was taken in stays revenue, though the pack has stopped counting its kind since.
  const counted = new Set([...law.incomeKinds.value, ...rows.map(({ kind }) => kind)]);
  return revenueByKind(
    rows.map(({ kind, fen }) => ({ kind, fen: BigInt(fen) })),
    { incomeKinds: { ...law.incomeKinds, value: [...counted] } },
  );
};
