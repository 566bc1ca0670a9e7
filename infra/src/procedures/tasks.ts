/** What procedures wait for, by role and body: the acts that may come next, under the period that runs. */
import { type RawBuilder, sql } from 'kysely';
import type { MoreTasks } from '../cases/tasks.ts';

/**
 * Whether an item of `waits_for` waits for the actor. Where no one body is named, bureau and government are the city's;
 * others must take part in the case, an expert as one of its panel who has not spoken yet, a checker of a product as one
 * of those named who has not. What is optional nobody owes: it is no task, save a right until its last day. What the
 * government decides the bureau may record, but for the review of its own answer. The body that was selected signs as
 * operator or still as bidder.
 */
const waitsForActor = (
  { roles, organisation, id }: Parameters<MoreTasks>[0],
  item: RawBuilder<unknown>,
  { panels, today }: { panels: boolean; today: string },
): RawBuilder<boolean> => {
  const bureau = roles.includes('bureau');
  const role = sql`${item} ->> 'role'`;
  const body = sql`${item} ->> 'body'`;
  const held = [...roles, ...(bureau ? ['government'] : [])];
  return sql<boolean>`case
    when ${item} -> 'optional' = 'true' and not (
      coalesce(${item} -> 'right' = 'true', false)
      and coalesce((readings -> (${item} ->> 'period') ->> 'lastDay')::date >= ${today}::date, true)
    ) then false
    when ${item} ->> 'act' = 'castVote' then ${body} = ${organisation}::text
      and coalesce(state -> 'checkers' ? ${id}::text and not state -> 'spoken' ? ${id}::text, false)
    when ${body} is not null then ${body} = ${organisation}::text
      and (${role} = any(${held}::text[]) or ${roles.includes('bidder')}::boolean)
    when not ${role} = any(${held}::text[]) then false
    when ${item} ->> 'act' = 'decideReview' and not ${role} = any(${[...roles]}::text[]) then false
    ${panels ? seatedExpert(id, item) : sql``}
    else ${role} in ('bureau', 'government') or exists (
      select from procedure_body
      where procedure_body.case_no = procedure.case_no and procedure_body.organisation = ${organisation}::text
    )
  end`;
};

/** An expert of the panel who has not spoken yet. */
const seatedExpert = (account: string, item: RawBuilder<unknown>) => sql`
    when ${item} ->> 'role' = 'expert' then exists (
      select from selection_member as seated
      where seated.case_no = procedure.case_no
        and account = ${account}
        and state -> 'panel' @> jsonb_build_array(jsonb_build_object('id', member))
        and not coalesce(state -> case when ${item} ->> 'act' = 'voteOnTie' then 'voted' else 'sheets' end ? member, false)
    )`;

/** A limit has passed and the step is open still, as each kind of procedure says it. */
const isLate = sql`(
  state -> 'overdue' = 'true'
  or state -> 'filingOverdue' = 'true'
  or stage = 'overdue'
  or state @? '$.objections[*] ? (@.state == "open" && @.overdue == true)'
)`;

/** It was opened for the authority itself, by one of its own accounts. */
const openedHere = sql`start -> 'by' ->> 'organisation' = authority`;

/**
 * One task a procedure: what it waits for from the actor's body, due when the first of its periods ends, with the
 * article that period rests on. What may be withdrawn alone is no task. It lies with the account that opened it, a vote
 * with the checker; what another body opened, an operator's demand or a complaint, lies with nobody yet.
 */
export const procedureTasks: MoreTasks = (...asked) => tasksOf(true, ...asked);
/** The same in a service whose procedures have no panels. */
export const tasksWithoutPanels: MoreTasks = (...asked) => tasksOf(false, ...asked);

const tasksOf = (panels: boolean, ...[actor, today, of]: Parameters<MoreTasks>): ReturnType<MoreTasks> => {
  const item = sql.ref('waiting.item');
  return [
    sql`
    select kind, case_no as subject, case_no, null::text as turn_id,
           coalesce(due.last_day, passed.last_day) as last_day,
           coalesce(due.at, (passed.last_day + 1)::timestamp at time zone 'Asia/Shanghai') as due_at,
           asked.late as late, coalesce(asked.body, case when asked.bureau then authority end) as organisation,
           jsonb_build_object(
             'acts', asked.acts,
             'article', due.article,
             'instrument', due.instrument,
             'assignee', case when asked.bureau and ${openedHere} then opened_by when asked.named then ${actor.id} end,
             'provisional', coalesce(due.provisional, false),
             'held', held,
             'optional', asked.optional,
             'calendar', calendar_version
           ) as shown
    from procedure
    cross join lateral (
      select jsonb_agg(item -> 'act' order by place) as acts, min(item ->> 'body') as body,
             coalesce(bool_or(item ->> 'act' not like 'withdraw%'), false) as waits,
             bool_or(item ->> 'role' = 'bureau') as bureau,
             coalesce(bool_and(coalesce(item -> 'right' = 'true', false)), false) as optional,
             coalesce(bool_or(item ->> 'act' = 'castVote'), false) as named,
             coalesce(bool_or(item -> 'overdue' = 'true'), false) or coalesce(bool_or(
               item ->> 'period' is null and item ->> 'body' is null and item ->> 'act' not like 'withdraw%'
             ), false) and ${isLate} as late,
             min((readings -> (item ->> 'period') ->> 'at')::bigint) as first
      from jsonb_array_elements(waits_for) with ordinality as waiting (item, place)
      where ${waitsForActor(actor, item, { panels, today })}
    ) as asked
    left join lateral (
      select (reading ->> 'lastDay')::date as last_day, to_timestamp((reading ->> 'at')::bigint / 1000.0) as at,
             (reading -> 'provisional')::boolean as provisional,
             reading -> 'article' ->> 'article' as article, reading -> 'article' ->> 'instrument' as instrument
      from jsonb_array_elements(waits_for) as waiting (item)
      cross join lateral (select readings -> (item ->> 'period')) as read (reading)
      where ${waitsForActor(actor, item, { panels, today })}
        and reading is not null
        and (reading ->> 'at')::bigint is not distinct from asked.first
      limit 1
    ) as due on true
    left join lateral (
      select (data ->> 'lastDay')::date as last_day
      from procedure_entry
      where asked.late
        and due.last_day is null
        and procedure_entry.case_no = procedure.case_no
        and (kind ~ '[oO]verdue$' or kind = 'escalated')
        and data ? 'lastDay'
      order by position desc
      limit 1
    ) as passed on true
    where jurisdiction = ${actor.jurisdiction}
      and outcome is null
      and asked.waits
      and ${of === undefined ? sql`true` : sql`(asked.named or asked.bureau and ${openedHere} and opened_by = any(${[...of]}::text[]))`}`,
  ];
};
