import type { ApplicationTable, TurnTable } from './tables.ts';
import { calendarAt, newestCalendar } from '../calendars.ts';
import { openingNoticeOf } from '../notices/opening.ts';
import { businessDateOf, endOfDay } from '@gongshu/shared/business-date';
import { type Actor, may } from '@gongshu/shared/may';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import { actsFor, type Standing, type Task, type TaskKind } from './view-task.ts';
import { instantOrNull, workingDaysLeft } from './view-time.ts';
import { type ApplicationReader, actObjectOf } from './visible.ts';

/** `within`: due within so many working days of today; `overdue`: only what is late. */
export type TaskFilter = { within?: number | undefined; overdue?: boolean | undefined };
/** Where a page ended: due instant in milliseconds, kind, subject. */
export type TaskKey = [number, string, string];

type Found = {
  kind: TaskKind;
  subject: string;
  case_no: string;
  turn_id: string | null;
  last_day: string | null;
  due_at: Date;
  late: boolean;
};

/** Stands for no deadline yet (provisional), after every real one. */
const never = new Date('9999-01-01T00:00:00Z');

const ownTurns = ({ jurisdiction }: Actor, organisation: string) => sql`
  select step as kind, turn_id as subject, case_no, turn_id, last_day, deadline as due_at, overdue as late
  from turn
  where jurisdiction = ${jurisdiction}
    and organisation = ${organisation}
    and outcome = 'open'
    and not suspended`;

const openCorrections = ({ jurisdiction }: Actor, organisation: string) => sql`
  select 'correction', correction.id, correction.case_no, correction.turn_id, correction.lapse_on,
         (correction.lapse_on + 1)::timestamp at time zone 'Asia/Shanghai', false
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
         coalesce((directed_due_on + 1)::timestamp at time zone 'Asia/Shanghai', deadline), true
  from turn
  where jurisdiction = ${jurisdiction}
    and step = 'check'
    and outcome = 'open'
    and overdue
    and (directed_due_on is null or directed_due_on < ${today}::date)`,
  sql`
  select 'extensionAnswer', extension.id, turn.case_no, turn.turn_id, turn.last_day, turn.deadline, turn.overdue
  from extension
  join turn using (turn_id)
  where turn.jurisdiction = ${jurisdiction}
    and turn.outcome = 'open'
    and extension.state = 'pending'`,
  sql`
  select 'parkedAct', intake.receipt, intake.case_no, intake.turn_id, turn.last_day, turn.deadline, false
  from intake
  left join turn on turn.turn_id = intake.turn_id
  where intake.jurisdiction = ${jurisdiction}
    and intake.state = 'parked'`,
];

const bodies = new Set(['operator', 'sourceDepartment', 'countyBureau', 'bureau']);

const partsFor = (actor: Actor, today: string): RawBuilder<unknown>[] => {
  const { roles, organisation } = actor;
  return [
    ...(organisation !== null && roles.some((role) => bodies.has(role))
      ? [ownTurns(actor, organisation)]
      : []),
    ...(organisation !== null && roles.includes('merchant') ? [openCorrections(actor, organisation)] : []),
    ...(roles.includes('bureau') ? ofTheBureau(actor, today) : []),
  ];
};

/** The end of the n-th working day from today; `null` (no bound) past the published years, where nothing is due. */
const boundOf = async (db: ApplicationReader, jurisdiction: string, today: string, days: number) => {
  const { calendar } = await newestCalendar(db, jurisdiction);
  const last = days === 0 ? today : calendar.workingDayAfter(today, days);
  return last === undefined ? null : new Date(endOfDay(last));
};

type Turn = Selectable<TurnTable> & Pick<Selectable<ApplicationTable>, 'rules'>;

const turnsBehind = async (db: ApplicationReader, found: readonly Found[]): Promise<Map<string, Turn>> => {
  const ids = [...new Set(found.flatMap(({ turn_id }) => turn_id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('turn')
    .innerJoin('application', 'application.case_no', 'turn.case_no')
    .selectAll('turn')
    .select('application.rules')
    .where('turn.turn_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.turn_id, row]));
};

const standingOf = async (db: ApplicationReader, turn: Turn, now: Date): Promise<Standing> => {
  const extensions = await db
    .selectFrom('extension')
    .select('state')
    .where('turn_id', '=', turn.turn_id)
    .execute();
  return {
    rules: turn.rules[turn.step],
    suspended: turn.suspended,
    past: turn.overdue || (turn.deadline !== null && turn.deadline <= now),
    pendingExtension: extensions.some(({ state }) => state === 'pending'),
    extensionRequests: extensions.length,
  };
};

const taskOf = async (
  db: ApplicationReader,
  actor: Actor,
  found: Found,
  turn: Turn | undefined,
  now: Date,
): Promise<Omit<Task, 'told'>> => {
  const application = await db
    .selectFrom('application')
    .selectAll()
    .where('case_no', '=', found.case_no)
    .executeTakeFirst();
  const object = application
    ? { ...(await actObjectOf(db, application)), assignee: turn?.organisation ?? null }
    : { jurisdiction: actor.jurisdiction };
  const dueAt = found.due_at < never ? found.due_at : null;
  const today = businessDateOf(now.getTime());
  return {
    kind: found.kind,
    subject: found.subject,
    caseNo: found.case_no,
    turn: found.turn_id,
    organisation: turn?.organisation ?? null,
    lastDay: found.last_day,
    deadline: instantOrNull(dueAt),
    daysLeft: turn
      ? workingDaysLeft(await calendarAt(db, turn.calendar_version), today, found.last_day)
      : null,
    overdue: found.late || (dueAt !== null && dueAt <= now),
    provisional: turn?.provisional ?? false,
    held: turn?.held ?? false,
    article: turn ? turn.rules[turn.step].article : null,
    acts: actsFor(found.kind, turn && (await standingOf(db, turn, now))).filter(
      (act) => may(actor, act, object) === 'yes',
    ),
  };
};

/**
 * What waits for the actor's body at `now` on the law's clock, soonest first, provisional last: its open turns (not
 * those out for correction); for a merchant its open corrections; for the bureau overdue checks without a running
 * direction, extension requests and parked acts. At most `limit` after `after`.
 */
export const tasksOf = async (
  db: ApplicationReader,
  actor: Actor,
  { within, overdue }: TaskFilter,
  { now, after, limit }: { now: Date; after: TaskKey | undefined; limit: number },
): Promise<{ task: Task; key: TaskKey }[]> => {
  const today = businessDateOf(now.getTime());
  const parts = partsFor(actor, today);
  if (parts.length === 0) return [];
  const bound = within === undefined ? null : await boundOf(db, actor.jurisdiction, today, within);
  const [dueAt, kind, subject] = after ?? [0, '', ''];
  const { rows } = await sql<Found>`
    with found (kind, subject, case_no, turn_id, last_day, due_at, late) as (
      ${sql.join(parts, sql` union all `)}
    ), dated as (
      select kind, subject, case_no, turn_id, last_day, late,
             date_trunc('milliseconds', coalesce(due_at, ${never}::timestamptz)) as due_at
      from found
    )
    select *
    from dated
    where (due_at, kind collate "C", subject collate "C")
            > (${new Date(dueAt)}::timestamptz, ${kind}::text, ${subject}::text)
      and (${bound}::timestamptz is null or due_at <= ${bound}::timestamptz)
      and (not ${overdue === true}::boolean or late or due_at <= ${now}::timestamptz)
    order by due_at, kind collate "C", subject collate "C"
    limit ${limit}`.execute(db);
  const turns = await turnsBehind(db, rows);
  const opened = await openingNoticeOf(db, [...turns.keys()]);
  return Promise.all(
    rows.map(async (found) => ({
      task: {
        ...(await taskOf(db, actor, found, turns.get(found.turn_id ?? ''), now)),
        told: found.turn_id === null ? null : (opened.get(found.turn_id)?.told ?? false),
      },
      key: [found.due_at.getTime(), found.kind, found.subject] as TaskKey,
    })),
  );
};
