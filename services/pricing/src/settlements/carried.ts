/** Revenue over the cap of earlier years that no permitted revenue has taken off yet (65号 四). */
import { atLeastZero } from '@gongshu/shared/pricing/money';
import { type Kysely, sql } from 'kysely';

/**
 * What is to be taken off the permitted revenue of `year`, in fen: the overruns of all earlier years that were settled
 * (confirmed by the finance office), less what the permitted revenues in force of other years took off. Each overrun is
 * counted once, in whatever order years are settled, permitted and permitted anew: what a later year has taken off
 * already is no longer there for this one. What one year does not take up is left for the next.
 */
export const carriedExcess = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: { jurisdiction: string; operator: string; year: number },
): Promise<bigint> => {
  // Up to each year from this one on, no more may be taken off than was over the cap before that year.
  const { rows } = await sql<{ owed: string }>`
    with over as (
      select year, excess_fen as fen
      from settlement_result
      where jurisdiction = ${jurisdiction}
        and operator = ${operator}
        and state in ('confirmed', 'closed')
    ),
    taken as (
      select year, consumed_fen as fen
      from permitted_revenue
      where jurisdiction = ${jurisdiction}
        and operator = ${operator}
        and year <> ${year}
        and replaced_at is null
    )
    select min(
      (select coalesce(sum(fen), 0) from over where over.year < upto.year)
      - (select coalesce(sum(fen), 0) from taken where taken.year <= upto.year)
    )::text as owed
    from (
      select ${year}::integer as year
      union all
      select year from taken where year > ${year} and fen > 0
    ) as upto`.execute(db);
  return atLeastZero(BigInt(rows[0]?.owed ?? '0'));
};
