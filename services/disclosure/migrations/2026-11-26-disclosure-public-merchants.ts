// Old code still runs: this adds a table only.
import { type Kysely, sql } from 'kysely';

/**
 * How each merchant stands, for the figure of the front page (S1). What its events said before is taken from the facts
 * that were kept of them, as the same events would have written it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disclosure.public_merchant (
     jurisdiction text not null,
     merchant text collate "C" not null,
     standing text not null check (standing in ('enrolled', 'suspended', 'exited')),
     at timestamptz not null,
     sequence bigint not null,
     primary key (jurisdiction, merchant)
   )`,
  `create index public_merchant_enrolled on disclosure.public_merchant (jurisdiction)
     where standing = 'enrolled'`,
  `insert into disclosure.public_merchant (jurisdiction, merchant, standing, at, sequence)
   select distinct on (jurisdiction, data ->> 'merchant')
     jurisdiction,
     data ->> 'merchant',
     case type
       when 'merchant.suspended.v1' then 'suspended'
       when 'merchant.exited.v1' then 'exited'
       else 'enrolled'
     end,
     at,
     sequence
   from disclosure.official_fact
   where type in ('merchant.enrolled.v1', 'merchant.suspended.v1', 'merchant.restored.v1', 'merchant.exited.v1')
   order by jurisdiction, data ->> 'merchant', sequence desc`,
];
