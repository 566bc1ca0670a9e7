// Old code still runs: this adds tables and functions only.
import { type Kysely, sql } from 'kysely';

/**
 * Cases of disclosure (投诉, 安全事件, 惩戒, 年度披露, 通报, 审计): the same tables as the registry's, so that one set of
 * activities, one intake and one set of views serve all; the bodies it knows by the registry's events. Runs after the
 * registry's migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of cases)
    await sql.raw(`create table disclosure.${table} (like registry.${table} including all)`).execute(db);
  for (const table of known)
    await sql.raw(`create table disclosure.${table} (like catalog.${table} including all)`).execute(db);
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const cases = [
  ...['application', 'application_content', 'application_resource', 'turn', 'turn_entry', 'turn_reminder'],
  ...['correction', 'extension', 'decision', 'certificate', 'intake', 'intake_text'],
  ...['document', 'document_link', 'procedure_number', 'procedure', 'procedure_entry', 'procedure_body'],
];
const known = ['body', 'person', 'absence'];

const statements = [
  ...[
    ['intake_text', 'receipt', 'intake'],
    ['procedure_entry', 'case_no', 'procedure'],
    ['procedure_body', 'case_no', 'procedure'],
  ].map(
    ([table, column, target]) =>
      `alter table disclosure.${table} add foreign key (${column}) references disclosure.${target}`,
  ),
  `alter table disclosure.document_link
    add foreign key (jurisdiction, organisation, hash) references disclosure.document`,

  // Told before these tables stood: their events do not come again.
  `insert into disclosure.body (jurisdiction, id, kind, successor)
   select jurisdiction, id, kind, successor from registry.party`,
  `update disclosure.body
   set kind = 'operator'
   from registry.mandate
   where mandate.jurisdiction = body.jurisdiction and mandate.operator = body.id`,
  `insert into disclosure.person (jurisdiction, id, organisation)
   select jurisdiction, id, organisation from registry.person`,

  `create function disclosure.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select min(wake_at)
     from disclosure.procedure
     where outcome is null and wake_at > after and wake_at <= up_to
   $$`,
  `create function disclosure.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select case_no from disclosure.procedure where outcome is null and wake_at <= at
   $$`,
  // Held procedures wait for acts, not for time.
  `create function disclosure.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select exists (
       select from disclosure.procedure where outcome is null and wake_at <= at and not held
     ) or exists (
       select from disclosure.procedure
       where outcome is null and entries = 0
         and exists (
           select from disclosure.intake
           where intake.case_no = procedure.case_no and act = 'openProcedure' and state = 'delivered'
         )
     ) or exists (
       select from disclosure.intake where state = 'taken' and attempts = 0 and fault is null
     )
   $$`,
];
