/** Decisions on a permitted revenue from the moment they are taken in: before its case, and the tables, know of them (F2). */
import { type Kysely, sql } from 'kysely';

type Of = { jurisdiction: string; operator: string; year: number };

/** Of a row `act` of intake: it decides on figures, was not refused, and its case was not sent back since. */
export const standsDecided = sql<boolean>`
  act.act = 'decideRevenue'
  and act.state in ('taken', 'parked', 'delivered')
  and not exists (
    select
    from intake as back
    where back.case_no = act.case_no
      and back.act = 'returnRevenue'
      and back.state = 'delivered'
      and back.seq > act.seq
  )`;

/** Whether the last decision of the year's route was taken in: its figure is in force as soon as its case has heard of it. */
export const lastDecisionTaken = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: Of,
): Promise<boolean> => {
  const { rows } = await sql`
    select
    from revenue_case as opened
    join procedure using (case_no)
    where opened.jurisdiction = ${jurisdiction}
      and opened.operator = ${operator}
      and opened.year = ${year}
      and not opened.ended
      and jsonb_array_length(procedure.start #> '{rules,route}') <= (
        select count(*)
        from intake as act
        where act.case_no = opened.case_no
          and ${standsDecided}
      )`.execute(db);
  return rows.length > 0;
};
