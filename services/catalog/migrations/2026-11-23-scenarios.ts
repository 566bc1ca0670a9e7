// Old code still runs: this adds tables, and columns that may be empty.
import { type Kysely, sql } from 'kysely';

/** Scenarios before data is asked for (A0), and to whom an access shows what (D4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table catalog.scenario (
    id text collate "C" primary key,
    jurisdiction text not null,
    -- What mandates and applications name it by; free again once it is refused or withdrawn.
    code text not null,
    treatment text not null check (treatment in ('appraised', 'reported')),
    -- Who proposed it; for a scenario that the operator notes down, whose need it is stands beside.
    organisation text not null,
    collected_from text,
    -- Whose product it shall be, where that is another body; of the operator's own without one, any developer may name it.
    developer text,
    operator text not null,
    industry_department text,
    state text not null check (
      state in ('proposed', 'firstReviewed', 'returned', 'approved', 'refused', 'collected', 'withdrawn')
    ),
    title text not null,
    version integer not null default 1,
    proposed_by text not null,
    proposed_at timestamptz not null,
    decided_at timestamptz
  )`,
  `create unique index scenario_code on catalog.scenario (jurisdiction, code)
   where state not in ('refused', 'withdrawn')`,
  // Every version of the text stays, with the parts that differ from the one before.
  `create table catalog.scenario_version (
    scenario text not null references catalog.scenario,
    version integer not null,
    contents jsonb not null,
    content_hash text not null,
    changed text[] not null default '{}',
    given_by text not null,
    given_at timestamptz not null,
    primary key (scenario, version)
  )`,
  // First review and appraisals, each of one version. Never changed, never deleted.
  `create table catalog.scenario_opinion (
    scenario text not null references catalog.scenario,
    version integer not null,
    step text not null check (step in ('firstReview', 'appraisal')),
    capacity text not null check (capacity in ('operator', 'authority', 'industryDepartment')),
    organisation text not null,
    outcome text not null check (outcome in ('approve', 'return', 'refuse')),
    compliance boolean,
    necessity boolean,
    reasons jsonb not null,
    given_by text not null,
    given_at timestamptz not null,
    primary key (scenario, version, step, capacity)
  )`,
  `revoke update, delete on catalog.scenario_version, catalog.scenario_opinion from gongshu_catalog`,
  `create table catalog.scenario_report (
    id text collate "C" primary key,
    jurisdiction text not null,
    operator text not null,
    -- Both days included.
    from_on date not null,
    until_on date not null,
    due_on date,
    late boolean not null,
    items jsonb not null,
    content_hash text not null,
    reported_by text not null,
    reported_at timestamptz not null
  )`,
  `create index scenario_report_of on catalog.scenario_report (jurisdiction, reported_at)`,
  `revoke update, delete on catalog.scenario_report from gongshu_catalog`,

  // To which person of the register an access shows data, and whether as they are or desensitised (Wuhai 八（三）).
  `alter table catalog.access
    add column person text,
    add column view text check (view in ('raw', 'desensitised'))`,
];
