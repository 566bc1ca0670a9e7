/** Tasks as they are shown: everything a page of them needs is read at once, not row by row. */
import { businessDateOf } from '@gongshu/shared/business-date';
import type { StepRules } from '@gongshu/shared/application/types';
import { type ActObject, type Actor, may } from '@gongshu/shared/may';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import { type Selectable, sql } from 'kysely';
import { calendarAt } from '../calendars.ts';
import { openingNoticeOf } from '../notices/opening.ts';
import { isOwnCase } from './acting.ts';
import type { ApplicationTable, TurnTable } from './tables.ts';
import { actsFor, type Standing, type Task, type TaskKind } from './view-task.ts';
import { instantOrNull, workingDaysLeft } from './view-time.ts';
import type { ApplicationReader } from './visible.ts';

/** A task as the work list finds it. */
export type Found = {
  kind: TaskKind;
  subject: string;
  case_no: string;
  turn_id: string | null;
  last_day: string | null;
  due_at: Date;
  late: boolean;
  /** The body it waits for, where no turn says so. */
  organisation: string | null;
  /** What a task without a turn shows that this file cannot know; its acts, where it names them, are those of the actor. */
  shown: {
    article: string | null;
    /** The text it stands in, where the article is its bare number. */
    instrument?: string | null;
    acts?: string[];
    assignee?: string | null;
    provisional?: boolean;
    held?: boolean;
    /** It is a right, and nobody's duty. */
    optional?: boolean;
    calendar?: string;
  } | null;
};

/** Stands for no deadline yet (provisional), after every real one. */
export const never = new Date('9999-01-01T00:00:00Z');

const turnColumns = [
  'turn_id',
  'organisation',
  'assignee',
  'suspended',
  'overdue',
  'provisional',
  'held',
  'deadline',
  'calendar_version',
] as const;
type Turn = Pick<Selectable<TurnTable>, (typeof turnColumns)[number]> & { rules: StepRules };
type Case = Pick<
  Selectable<ApplicationTable>,
  'case_no' | 'jurisdiction' | 'applicant_organisation' | 'operator_organisation' | 'submitted_by'
>;

const turnsBehind = async (db: ApplicationReader, ids: readonly string[]): Promise<Map<string, Turn>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('turn')
    .innerJoin('application', 'application.case_no', 'turn.case_no')
    .select(turnColumns.map((column) => `turn.${column}` as const))
    .select(sql<StepRules>`application.rules -> turn.step`.as('rules'))
    .where('turn.turn_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.turn_id, row]));
};

const casesBehind = async (db: ApplicationReader, caseNos: readonly string[]): Promise<Map<string, Case>> => {
  const rows = await db
    .selectFrom('application')
    .select(['case_no', 'jurisdiction', 'applicant_organisation', 'operator_organisation', 'submitted_by'])
    .where('case_no', 'in', caseNos)
    .execute();
  return new Map(rows.map((row) => [row.case_no, row]));
};

/** Bodies that handle each case, by case. */
const handlersOf = async (
  db: ApplicationReader,
  caseNos: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await db
    .selectFrom('turn')
    .select(['case_no', 'organisation as body'])
    .where('case_no', 'in', caseNos)
    .union(
      db
        .selectFrom('application_resource')
        .select(['case_no', 'reviewer_organisation as body'])
        .where('case_no', 'in', caseNos),
    )
    .execute();
  const handlers = new Map<string, string[]>();
  for (const { case_no, body } of rows) handlers.set(case_no, [...(handlers.get(case_no) ?? []), body]);
  return handlers;
};

const extensionsOf = async (
  db: ApplicationReader,
  ids: readonly string[],
): Promise<Map<string, { asked: number; pending: boolean }>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('extension')
    .select(['turn_id', sql<number>`count(*)::integer`.as('asked')])
    .select(sql<boolean>`bool_or(state = 'pending')`.as('pending'))
    .where('turn_id', 'in', ids)
    .groupBy('turn_id')
    .execute();
  return new Map(rows.map(({ turn_id, ...row }) => [turn_id, row]));
};

/** The accounts the actor stands in for today: colleagues who are away and named him. */
export const standsInFor = async (
  db: ApplicationReader,
  { jurisdiction, organisation, id }: Actor,
  today: string,
): Promise<string[]> => {
  if (organisation === null) return [];
  const rows = await db
    .selectFrom('absence')
    .select('person')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .where('substitute', '=', id)
    .where('from_on', '<=', today)
    .where('until_on', '>=', today)
    .where('cancelled_at', 'is', null)
    .execute();
  return rows.map(({ person }) => person);
};

/** The tasks of a page, in its order: a fixed number of questions to the database, however long the page. */
export const taskRows = async (
  db: ApplicationReader,
  actor: Actor,
  found: readonly Found[],
  { now, absent }: { now: Date; absent: readonly string[] },
): Promise<Task[]> => {
  if (found.length === 0) return [];
  const caseNos = [...new Set(found.map(({ case_no }) => case_no))];
  const ids = [...new Set(found.flatMap(({ turn_id }) => turn_id ?? []))];
  const [turns, cases, handlers, extensions, opened] = await Promise.all([
    turnsBehind(db, ids),
    casesBehind(db, caseNos),
    handlersOf(db, caseNos),
    extensionsOf(db, ids),
    openingNoticeOf(db, ids),
  ]);
  const versions = [
    ...new Set([
      ...[...turns.values()].map(({ calendar_version }) => calendar_version),
      ...found.flatMap(({ shown }) => shown?.calendar ?? []),
    ]),
  ];
  const calendars = new Map(
    await Promise.all(versions.map(async (version) => [version, await calendarAt(db, version)] as const)),
  );
  const today = businessDateOf(now.getTime());
  const daysLeft = new Map<string, number | null>();
  const leftOf = (version: string, lastDay: string | null): number | null => {
    const key = `${version} ${lastDay}`;
    const calendar = calendars.get(version);
    if (!daysLeft.has(key) && calendar) daysLeft.set(key, workingDaysLeft(calendar, today, lastDay));
    return daysLeft.get(key) ?? null;
  };
  const standing = (turn: Turn): Standing => ({
    rules: turn.rules,
    suspended: turn.suspended,
    past: turn.overdue || (turn.deadline !== null && turn.deadline <= now),
    pendingExtension: extensions.get(turn.turn_id)?.pending ?? false,
    extensionRequests: extensions.get(turn.turn_id)?.asked ?? 0,
  });
  const objectOf = (of: Case | undefined, turn: Turn | undefined, body: string | null): ActObject =>
    of
      ? {
          jurisdiction: of.jurisdiction,
          owner: of.applicant_organisation,
          handlers: [of.operator_organisation, ...(handlers.get(of.case_no) ?? [])],
          // A grant's operator may be another than its case's: the successor (G1).
          assignee: turn?.organisation ?? body,
        }
      : // What belongs to no case is the body's for which it waits.
        { jurisdiction: actor.jurisdiction, owner: body };
  return found.map((row): Task => {
    const turn = turns.get(row.turn_id ?? '');
    const of = cases.get(row.case_no);
    const object = objectOf(of, turn, row.organisation);
    const dueAt = row.due_at < never ? row.due_at : null;
    const { shown } = row;
    const assignee = turn?.assignee ?? shown?.assignee ?? null;
    const version = turn?.calendar_version ?? shown?.calendar;
    return {
      kind: row.kind,
      subject: row.subject,
      caseNo: row.case_no,
      turn: row.turn_id,
      organisation: turn?.organisation ?? row.organisation,
      assignee,
      standingInFor: assignee !== null && absent.includes(assignee) ? assignee : null,
      lastDay: row.last_day,
      deadline: instantOrNull(dueAt),
      daysLeft: version === undefined ? null : leftOf(version, row.last_day),
      overdue: row.late || (dueAt !== null && dueAt <= now),
      provisional: turn?.provisional ?? shown?.provisional ?? false,
      held: turn?.held ?? shown?.held ?? false,
      optional: shown?.optional ?? false,
      told: row.turn_id === null ? null : (opened.get(row.turn_id)?.told ?? false),
      article: turn
        ? turn.rules.article
        : shown?.article
          ? clauseWords(shown.article, shown.instrument ?? '')
          : null,
      acts:
        shown?.acts ??
        actsFor(row.kind, turn && standing(turn)).filter(
          (act) => may(actor, act, object) === 'yes' && !(of && isOwnCase(actor, act, of)),
        ),
    };
  });
};
