// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/**
 * Cases of the registry (进驻, later 出域 and others): the same tables as the catalog's, so that one set of activities,
 * one intake and one set of views serve both. Runs after the catalog's migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables)
    await sql.raw(`create table registry.${table} (like catalog.${table} including all)`).execute(db);
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const tables = [
  'application_number',
  'application',
  'application_content',
  'application_resource',
  'turn',
  'turn_entry',
  'turn_reminder',
  'correction',
  'extension',
  'decision',
  'certificate',
  'intake',
  'intake_text',
];

const statements = [
  `alter table registry.application alter column lifecycle set default 'onboarding'`,
  ...[
    ['application_content', 'case_no', 'application'],
    ['turn', 'case_no', 'application'],
    ['turn_entry', 'turn_id', 'turn'],
    ['turn_reminder', 'turn_id', 'turn'],
    ['correction', 'turn_id', 'turn'],
    ['extension', 'turn_id', 'turn'],
    ['decision', 'turn_id', 'turn'],
    ['certificate', 'turn_id', 'turn'],
    ['intake_text', 'receipt', 'intake'],
  ].map(
    ([table, column, target]) =>
      `alter table registry.${table} add foreign key (${column}) references registry.${target}`,
  ),
  `create function registry.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select min(wake_at) from (
       select wake_at from registry.turn where outcome = 'open'
     ) as waiting
     where wake_at > after and wake_at <= up_to
   $$`,
  `create function registry.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select turn_id from registry.turn where outcome = 'open' and wake_at <= at
   $$`,
  // Held turns wait for acts, not for time; every open case stands at a turn.
  `create function registry.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select exists (
       select from registry.turn where outcome = 'open' and wake_at <= at and not held
     ) or exists (
       select from registry.intake where state = 'taken' and attempts = 0 and fault is null
     ) or exists (
       select from registry.application
       where application.outcome is null
         and not exists (
           select from registry.turn where turn.case_no = application.case_no and turn.outcome = 'open'
         )
         and exists (
           select from registry.intake
           where intake.case_no = application.case_no and act like 'submit%' and state = 'delivered'
         )
     )
   $$`,
];
