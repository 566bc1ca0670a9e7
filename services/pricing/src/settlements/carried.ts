/** Revenue over the cap of earlier years that no permitted revenue has taken off yet (65号 四). */
import { atLeastZero } from '@gongshu/shared/pricing/money';
import { type Kysely, sql } from 'kysely';
import { standsDecided } from '../revenues/decided.ts';

type Of = { jurisdiction: string; operator: string; year: number };

/**
 * What decisions that were taken in take off as soon as they come into force, by case: from the act's own row on, so that
 * two cases decided at once never take the same fen. One that was refused, or came before a return, takes nothing.
 */
const decided = ({ jurisdiction, operator, year }: Of) => sql`
  select opened.year, (figures.parts ->> 'consumedFen')::bigint as fen
  from revenue_case as opened
  join intake as act on act.case_no = opened.case_no
  join revenue_figures as figures
    on figures.case_no = opened.case_no
    and figures.hash = act.payload #>> '{act,figures}'
  where opened.jurisdiction = ${jurisdiction}
    and opened.operator = ${operator}
    and opened.year <> ${year}
    and not opened.ended
    and ${standsDecided}`;

/**
 * What is to be taken off the permitted revenue of `year`, in fen: the overruns of all earlier years that were settled
 * (confirmed by the finance office) and not pooled, less what the permitted revenues in force of other years took off. Each overrun is
 * counted once, in whatever order years are settled, permitted and permitted anew: what a later year has taken off
 * already is no longer there for this one. What one year does not take up is left for the next. `alsoDecided`: what
 * figures decided on and not in force yet take off is gone too; whoever decides asks so, under `lockRevenues`.
 */
export const carriedExcess = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  of: Of,
  { alsoDecided = false }: { alsoDecided?: boolean } = {},
): Promise<bigint> => {
  const { jurisdiction, operator, year } = of;
  // Up to each year from this one on, no more may be taken off than was over the cap before that year.
  const { rows } = await sql<{ owed: string }>`
    with over as (
      select year, excess_fen - coalesce((figures ->> 'pooledFen')::bigint, 0) as fen
      from settlement_result
      where jurisdiction = ${jurisdiction}
        and operator = ${operator}
        and state in ('confirmed', 'closed')
    ),
    standing as (
      select year, consumed_fen as fen
      from permitted_revenue
      where jurisdiction = ${jurisdiction}
        and operator = ${operator}
        and year <> ${year}
        and replaced_at is null
      ${alsoDecided ? sql`union all ${decided(of)}` : sql``}
    ),
    -- A figure that adjusts one in force takes its place: whichever comes to stand, no more is gone than the larger.
    taken as (
      select year, max(fen) as fen
      from standing
      group by year
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
