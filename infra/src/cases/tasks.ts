/** The work list: what waits for a body, and what of it was given to whom. */
import { newestCalendar } from '../calendars.ts';
import { businessDateOf, endOfDay } from '@gongshu/shared/business-date';
import type { Actor } from '@gongshu/shared/may';
import { type RawBuilder, sql } from 'kysely';
import { type Found, never, standsInFor, taskRows } from './task-rows.ts';
import type { Task, TaskKind } from './view-task.ts';
import type { ApplicationReader } from './visible.ts';

/**
 * `within`: due within so many working days of today; `overdue`: only what is late; `mine`: only what was given to the
 * actor, or to somebody he stands in for today; `caseNo`: only what belongs to this case.
 */
export type TaskFilter = {
  within?: number | undefined;
  overdue?: boolean | undefined;
  mine?: boolean | undefined;
  caseNo?: string | undefined;
};
/**
 * What else waits for the actor on this day, as one service's own tables say it: each a query of kind, subject, case_no,
 * turn_id, last_day, due_at, late, organisation (the body it waits for) and shown, in the order and types of `moreTask`.
 * `of`: only what lies with one of these people.
 */
export type MoreTasks = (
  actor: Actor,
  today: string,
  of: readonly string[] | undefined,
) => RawBuilder<unknown>[];
/** Where a page ended: due instant in milliseconds, kind, subject. */
export type TaskKey = [number, string, string];

/** Nobody handles the case he submitted himself, or his own body's: such a turn is not shown to him. */
const ownTurns = (
  { jurisdiction, id }: Actor,
  organisation: string,
  of: readonly string[] | undefined,
) => sql`
  select step as kind, turn_id as subject, case_no, turn_id, last_day, deadline as due_at, overdue as late,
         null::text as organisation, null::jsonb as shown
  from turn
  where jurisdiction = ${jurisdiction}
    and organisation = ${organisation}
    and outcome = 'open'
    and not suspended
    and ${of === undefined ? sql`true` : sql`assignee = any(${[...of]}::text[])`}
    and case_no not in (
      select case_no
      from application
      where jurisdiction = ${jurisdiction}
        and (submitted_by = ${id} or applicant_organisation = ${organisation})
    )`;

const openCorrections = ({ jurisdiction }: Actor, organisation: string) => sql`
  select 'correction', correction.id, correction.case_no, correction.turn_id, correction.lapse_on,
         (correction.lapse_on + 1)::timestamp at time zone 'Asia/Shanghai', false, null::text, null::jsonb
  from correction
  join application using (case_no)
  join turn using (turn_id)
  where application.jurisdiction = ${jurisdiction}
    and application.applicant_organisation = ${organisation}
    and application.outcome is null
    and turn.outcome = 'open'
    and correction.answered_at is null`;

const ofTheBureau = ({ jurisdiction }: Actor, today: string) => [
  sql`
  select 'checkDirection', turn_id, case_no, turn_id, coalesce(directed_due_on, last_day),
         coalesce((directed_due_on + 1)::timestamp at time zone 'Asia/Shanghai', deadline), true, null::text, null::jsonb
  from turn
  where jurisdiction = ${jurisdiction}
    and step = 'check'
    and outcome = 'open'
    and overdue
    and (directed_due_on is null or directed_due_on < ${today}::date)`,
  sql`
  select 'extensionAnswer', extension.id, turn.case_no, turn.turn_id, turn.last_day, turn.deadline, turn.overdue, null::text, null::jsonb
  from extension
  join turn using (turn_id)
  where turn.jurisdiction = ${jurisdiction}
    and turn.outcome = 'open'
    and extension.state = 'pending'`,
  sql`
  select 'parkedAct', intake.receipt, intake.case_no, intake.turn_id, turn.last_day, turn.deadline, false, null::text, null::jsonb
  from intake
  left join turn on turn.turn_id = intake.turn_id
  where intake.jurisdiction = ${jurisdiction}
    and intake.state = 'parked'`,
];

const bodies = new Set(['operator', 'sourceDepartment', 'countyBureau', 'bureau']);

/** The columns of something that waits outside every clock: without turn, last day and deadline, and never late. */
export const moreTask = (
  kind: TaskKind,
  subject: RawBuilder<unknown>,
  caseNo: RawBuilder<unknown>,
  organisation: RawBuilder<unknown>,
) =>
  sql`${sql.lit(kind)}::text as kind, ${subject} as subject, ${caseNo} as case_no, null::text as turn_id,
      null::date as last_day, null::timestamptz as due_at, false as late, ${organisation}::text as organisation,
      null::jsonb as shown`;

const partsFor = (
  actor: Actor,
  today: string,
  of: readonly string[] | undefined,
  more: MoreTasks,
): RawBuilder<unknown>[] => {
  const { roles, organisation } = actor;
  const own =
    organisation !== null && roles.some((role) => bodies.has(role))
      ? [ownTurns(actor, organisation, of)]
      : [];
  if (of !== undefined) return [...own, ...more(actor, today, of)]; // of these, only turns are given to people
  return [
    ...own,
    ...(organisation !== null && roles.includes('merchant') ? [openCorrections(actor, organisation)] : []),
    ...(roles.includes('bureau') ? ofTheBureau(actor, today) : []),
    ...more(actor, today, of),
  ];
};

/** The end of the n-th working day from today; `null` (no bound) past the published years, where nothing is due. */
const boundOf = async (db: ApplicationReader, jurisdiction: string, today: string, days: number) => {
  const { calendar } = await newestCalendar(db, jurisdiction);
  const last = days === 0 ? today : calendar.workingDayAfter(today, days);
  return last === undefined ? null : new Date(endOfDay(last));
};

/**
 * What waits for the actor's body at `now` on the law's clock, soonest first, provisional last: its open turns (not
 * those out for correction); for a merchant its open corrections; for the bureau overdue checks without a running
 * direction, extension requests and parked acts; and `more`. At most `limit` after `after`.
 */
export const tasksOf = async (
  db: ApplicationReader,
  actor: Actor,
  { within, overdue, mine, caseNo }: TaskFilter,
  { now, after, limit, more }: { now: Date; after: TaskKey | undefined; limit: number; more: MoreTasks },
): Promise<{ task: Task; key: TaskKey }[]> => {
  const today = businessDateOf(now.getTime());
  const absent = await standsInFor(db, actor, today);
  const parts = partsFor(actor, today, mine ? [actor.id, ...absent] : undefined, more);
  if (parts.length === 0) return [];
  const bound = within === undefined ? null : await boundOf(db, actor.jurisdiction, today, within);
  const [dueAt, kind, subject] = after ?? [0, '', ''];
  const { rows } = await sql<Found>`
    with found (kind, subject, case_no, turn_id, last_day, due_at, late, organisation, shown) as (
      ${sql.join(parts, sql` union all `)}
    ), dated as (
      select kind, subject, case_no, turn_id, last_day, late, organisation, shown,
             coalesce(due_at, ${never}::timestamptz) as due_at -- the law's instants have no smaller part than milliseconds
      from found
    )
    select *
    from dated
    where (due_at, kind collate "C", subject collate "C")
            > (${new Date(dueAt)}::timestamptz, ${kind}::text, ${subject}::text)
      and (${caseNo ?? null}::text is null or case_no = ${caseNo ?? null}::text)
      and (${bound}::timestamptz is null or due_at <= ${bound}::timestamptz)
      and (not ${overdue === true}::boolean or late or due_at <= ${now}::timestamptz)
    order by due_at, kind collate "C", subject collate "C"
    limit ${limit}`.execute(db);
  const tasks = await taskRows(db, actor, rows, { now, absent });
  return tasks.map((task, index) => {
    const { due_at, kind: of, subject: which } = rows[index] as Found;
    return { task, key: [due_at.getTime(), of, which] as TaskKey };
  });
};
