/** What of the platform's evidence waits for whom (X4), each beside the article that asks for it. */
import type { MoreTasks } from '@gongshu/infra/cases/tasks';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { evidenceLaw } from '@gongshu/shared/platform-evidence/law';
import { type RawBuilder, sql } from 'kysely';

/** By kind, what the pack rests on; a kind it no longer asks for shows none. */
const articles = (packs: PackSet, jurisdiction: string): RawBuilder<unknown> => {
  const law = packs.jurisdictions.includes(jurisdiction)
    ? evidenceLaw(packs.resolve(jurisdiction))
    : undefined;
  const byKind = Object.fromEntries(
    (law?.kinds ?? []).map((kind) => [kind, law?.restsOf(kind).article ?? null]),
  );
  return sql`jsonb_build_object('article', ${JSON.stringify(byKind)}::jsonb ->> kind)`;
};

/** Evidence that waits for the bureau's answer, due by the pack's limit: what its work list shows of it. */
const waitingAnswers = (
  jurisdiction: string,
  today: string,
  organisation: string | null,
  shown: RawBuilder<unknown>,
) => sql`
  select 'evidenceDecision'::text as kind, id as subject, id as case_no, null::text as turn_id,
         due_on as last_day, (due_on + 1)::timestamp at time zone 'Asia/Shanghai' as due_at,
         coalesce(due_on < ${today}::date, false) as late, ${organisation}::text as organisation,
         ${shown} as shown
  from evidence
  where jurisdiction = ${jurisdiction} and state = 'submitted'`;

/** Evidence its operator never filed: what that one's work list shows of it, by kind. */
const toFile = (jurisdiction: string, today: string, operator: string, shown: RawBuilder<unknown>) => sql`
  select 'evidenceFiling'::text as kind, 'evidence-' || jurisdiction || '-' || operator || '-' || kind as subject,
         kind as case_no, null::text as turn_id,
         due_on as last_day, (due_on + 1)::timestamp at time zone 'Asia/Shanghai' as due_at,
         coalesce(due_on < ${today}::date, false) as late, operator as organisation, ${shown} as shown
  from evidence_missing
  where jurisdiction = ${jurisdiction} and operator = ${operator} and closed_at is null
    and not exists (
      select from evidence
      where evidence.jurisdiction = evidence_missing.jurisdiction and evidence.operator = evidence_missing.operator
        and evidence.kind = evidence_missing.kind and evidence.state = 'submitted'
    )`;

/** What of evidence waits for the bureau, and for the operator. */
export const evidenceTasks =
  (packs: PackSet): MoreTasks =>
  ({ jurisdiction, roles, organisation }, today, of) => {
    if (of !== undefined) return [];
    const shown = articles(packs, jurisdiction);
    return [
      ...(roles.includes('bureau') ? [waitingAnswers(jurisdiction, today, organisation, shown)] : []),
      ...(organisation !== null && roles.includes('operator')
        ? [toFile(jurisdiction, today, organisation, shown)]
        : []),
    ];
  };
