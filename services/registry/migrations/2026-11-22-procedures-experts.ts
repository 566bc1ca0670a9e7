// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** Pool of experts and their questions (O3, X3), ownership between bodies, lists of debarment (O2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Names and contacts stand here and nowhere else.
  `create table registry.expert (
    jurisdiction text not null,
    id text collate "C" not null,
    kind text not null check (kind in ('outside', 'department')),
    organisation text not null,
    organisation_uscc text,
    institution text not null check (
      institution in ('enterprise', 'researchInstitute', 'university', 'association', 'government', 'other')
    ),
    account text not null,
    name text not null,
    mail text,
    phone text,
    specialities jsonb not null default '[]',
    state text not null default 'standing' check (state in ('standing', 'suspended')),
    reason_code text,
    reason text,
    registered_at timestamptz not null,
    version integer not null default 1,
    primary key (jurisdiction, id),
    unique (jurisdiction, account)
  )`,
  `create table registry.expert_conflict (
    id text primary key,
    jurisdiction text not null,
    expert text collate "C" not null,
    body text not null,
    ground text not null check (
      ground in ('employment', 'ownership', 'kinship', 'adviser', 'litigation', 'other')
    ),
    note text,
    declared_by text not null,
    declared_at timestamptz not null,
    unique (jurisdiction, expert, body),
    foreign key (jurisdiction, expert) references registry.expert
  )`,
  // "owner" holds a share of "owned", or controls it: a body's id, or the credit code of one that is not registered.
  `create table registry.ownership_link (
    id text collate "C" primary key,
    jurisdiction text not null,
    owner text not null,
    owned text not null,
    kind text not null check (kind in ('share', 'control')),
    share_basis_points integer check (share_basis_points between 1 and 10000),
    document text not null,
    from_on date not null,
    until_on date,
    state text not null check (state in ('recorded', 'confirmed', 'struck')),
    recorded_by text not null,
    recorded_at timestamptz not null,
    confirmed_by text,
    confirmed_at timestamptz,
    reason_code text,
    reason text,
    version integer not null default 1,
    check (owner <> owned),
    check ((kind = 'share') = (share_basis_points is not null)),
    check (confirmed_by <> recorded_by)
  )`,
  `create unique index ownership_link_once on registry.ownership_link (jurisdiction, owner, owned, kind)
   where state <> 'struck' and until_on is null`,
  `create index ownership_link_owned on registry.ownership_link (jurisdiction, owned) where state = 'confirmed'`,
  `create table registry.debarment_list (
    jurisdiction text not null,
    list text not null check (
      list in (
        'dishonestConduct', 'dishonestDebtors', 'majorTaxViolations', 'procurementViolations', 'seriousDishonesty'
      )
    ),
    as_of date not null,
    source text not null,
    content_hash text not null,
    entries integer not null,
    without_code integer not null,
    loaded_by text not null,
    loaded_at timestamptz not null,
    primary key (jurisdiction, list, as_of)
  )`,
  `create table registry.debarment_entry (
    jurisdiction text not null,
    list text not null,
    as_of date not null,
    uscc text not null,
    name text,
    until_on date,
    primary key (jurisdiction, list, as_of, uscc),
    foreign key (jurisdiction, list, as_of) references registry.debarment_list
  )`,
  `create table registry.expert_question (
    id text collate "C" primary key,
    jurisdiction text not null,
    case_no text,
    task text not null check (task in ('hardQuestions', 'riskAssessment', 'advice')),
    title text not null,
    question text not null,
    content_hash text not null,
    bodies jsonb not null default '[]',
    state text not null check (state in ('open', 'closed')),
    asked_by text not null,
    organisation text not null,
    asked_at timestamptz not null,
    conclusion text,
    closed_at timestamptz,
    publication text
  )`,
  `create index expert_question_list on registry.expert_question (jurisdiction, asked_at desc, id desc)`,
  `create table registry.expert_question_member (
    question text collate "C" not null references registry.expert_question,
    expert text collate "C" not null,
    organisation text not null,
    account text not null,
    left_at timestamptz,
    left_ground text,
    left_body text,
    primary key (question, expert)
  )`,
  `create table registry.expert_opinion (
    question text collate "C" not null,
    expert text collate "C" not null,
    stance text not null check (stance in ('support', 'supportOnConditions', 'oppose', 'abstain')),
    opinion text not null,
    opinion_hash text not null,
    given_at timestamptz not null,
    primary key (question, expert),
    foreign key (question, expert) references registry.expert_question_member
  )`,
  `revoke update, delete on registry.expert_opinion, registry.debarment_entry from gongshu_registry`,
];
