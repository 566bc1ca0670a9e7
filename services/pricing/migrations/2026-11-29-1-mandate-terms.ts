// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/** Since when an operator holds which mandate, and until when (O6): what a full year of operation is told by (65号 二). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Both days inclusive; the last is that of the agreement, or the day it ended before.
  `create table pricing.mandate_term (
     agreement text primary key,
     jurisdiction text not null,
     operator text not null,
     from_on date not null,
     last_on date not null
   )`,
  `create index mandate_term_of on pricing.mandate_term (jurisdiction, operator)`,
  // Told before this table stood: their events do not come again.
  `insert into pricing.mandate_term (agreement, jurisdiction, operator, from_on, last_on)
   select agreement_no, jurisdiction, operator, from_on,
     least(until_on, (
       select min((at at time zone 'Asia/Shanghai')::date)
       from registry.procedure_entry
       where case_no = agreement_no and kind = 'ended'
     ))
   from registry.mandate`,
];
