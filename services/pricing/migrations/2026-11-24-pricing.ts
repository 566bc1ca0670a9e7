// Old code still runs: this adds tables and functions only.
import { type Kysely, sql } from 'kysely';

/**
 * Cases of pricing (准许收入, 上限收费标准, 结算): the same tables as the registry's, so that one set of activities, one
 * intake and one set of views serve all; the bodies and products it knows by the registry's events. Runs after the
 * registry's migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of cases)
    await sql.raw(`create table pricing.${table} (like registry.${table} including all)`).execute(db);
  for (const table of known)
    await sql.raw(`create table pricing.${table} (like catalog.${table} including all)`).execute(db);
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
      `alter table pricing.${table} add foreign key (${column}) references pricing.${target}`,
  ),
  `alter table pricing.document_link
    add foreign key (jurisdiction, organisation, hash) references pricing.document`,

  // A version of a product, as the registry's events say it; what it is comes by one topic, how it stands by the other.
  `create table pricing.product_version (
     jurisdiction text not null,
     case_no text not null,
     product text not null,
     version integer not null,
     owner text,
     class text,
     purpose text,
     state text,
     -- Of the event that told the state: a later one is never undone by an earlier one that comes again.
     sequence bigint not null default 0,
     primary key (jurisdiction, product, version)
   )`,
  `create index product_version_listed on pricing.product_version (jurisdiction, product)
   where state in ('listed', 'released')`,

  // Told before these tables stood: their events do not come again.
  `insert into pricing.body (jurisdiction, id, kind, successor)
   select jurisdiction, id, kind, successor from registry.party`,
  `update pricing.body
   set kind = 'operator'
   from registry.mandate
   where mandate.jurisdiction = body.jurisdiction and mandate.operator = body.id`,
  `insert into pricing.person (jurisdiction, id, organisation)
   select jurisdiction, id, organisation from registry.person`,
  `insert into pricing.product_version
     (jurisdiction, case_no, product, version, owner, class, purpose, state)
   select product.jurisdiction, version.case_no, version.product_no, version.version,
          product.owner, product.class, product.purpose, version.state
   from registry.product_version as version
   join registry.product on product.product_no = version.product_no
   where version.state in ('listed', 'released', 'suspended', 'recalled', 'retired')`,

  `create function pricing.sandbox_next(after timestamptz, up_to timestamptz) returns timestamptz
   language sql stable as $$
     select min(wake_at)
     from pricing.procedure
     where outcome is null and wake_at > after and wake_at <= up_to
   $$`,
  `create function pricing.sandbox_due(at timestamptz) returns setof text language sql stable as $$
     select case_no from pricing.procedure where outcome is null and wake_at <= at
   $$`,
  // Held procedures wait for acts, not for time.
  `create function pricing.sandbox_unsettled(at timestamptz) returns boolean language sql stable as $$
     select exists (
       select from pricing.procedure where outcome is null and wake_at <= at and not held
     ) or exists (
       select from pricing.procedure
       where outcome is null and entries = 0
         and exists (
           select from pricing.intake
           where intake.case_no = procedure.case_no and act = 'openProcedure' and state = 'delivered'
         )
     ) or exists (
       select from pricing.intake where state = 'taken' and attempts = 0 and fault is null
     )
   $$`,
];
