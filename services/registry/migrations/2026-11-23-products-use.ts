// Old code still runs: this adds tables only.
import { type Kysely, sql } from 'kysely';

/** What users say of products (E5), and what is looked into at developers (A9). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table registry.product_feedback (
     id text collate "C" primary key,
     jurisdiction text not null,
     product_no text not null references registry.product,
     owner text not null,
     operator text not null,
     given_by text not null,
     kind text not null check (kind in ('usefulness', 'quality', 'fault', 'effect', 'suggestion')),
     words text not null,
     state text not null check (state in ('given', 'relayed', 'answered', 'closed')),
     given_at timestamptz not null,
     relayed_at timestamptz,
     last_day date,
     closed_at timestamptz,
     closed_code text,
     closed_words text
   )`,
  `create index product_feedback_of on registry.product_feedback (jurisdiction, product_no, id)`,
  // Each source department asked answers for itself.
  `create table registry.product_feedback_answer (
     feedback text not null references registry.product_feedback,
     department text not null,
     outcome text check (outcome in ('dataCorrected', 'willCorrect', 'explained', 'notOurs')),
     words text,
     answered_by text,
     answered_at timestamptz,
     primary key (feedback, department)
   )`,
  `create table registry.spot_check (
     id text collate "C" primary key,
     jurisdiction text not null,
     product_no text references registry.product,
     owner text not null,
     inspector text not null,
     items text[] not null,
     notice text not null,
     state text not null check (state in ('opened', 'answered', 'concluded')),
     last_day date,
     opened_at timestamptz not null,
     answered_at timestamptz,
     answer text,
     answer_documents text[] not null default '{}',
     outcome text check (outcome in ('inOrder', 'findings')),
     findings jsonb not null default '[]',
     rectify_by date,
     concluded_at timestamptz
   )`,
  `create index spot_check_of on registry.spot_check (jurisdiction, owner, id)`,
  `create table registry.self_check (
     id text collate "C" primary key,
     jurisdiction text not null,
     owner text not null,
     product_no text references registry.product,
     from_on date not null,
     until_on date not null,
     items text[] not null,
     outcome text not null check (outcome in ('inOrder', 'findings')),
     report text not null,
     recorded_by text not null,
     recorded_at timestamptz not null
   )`,
  `create index self_check_of on registry.self_check (jurisdiction, owner, id)`,
];
