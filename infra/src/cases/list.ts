import type { TurnTable } from './tables.ts';
import { calendarAt } from '../calendars.ts';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Actor } from '@gongshu/shared/may';
import type { Selectable } from 'kysely';
import { instant, instantOrNull, workingDaysLeft } from './view-time.ts';
import { type CaseRow, isSilence } from './view.ts';
import { type ApplicationReader, type ApplicationRow, visibleTo } from './visible.ts';

export type ApplicationFilter = {
  state?: 'open' | 'ended' | undefined;
  outcome?: string | undefined;
  stage?: 'acceptance' | 'check' | 'review' | undefined;
  /** A body with an open turn. */
  organisation?: string | undefined;
  /** An open turn's last day lies before this date. */
  dueBefore?: string | undefined;
};

type Turn = Selectable<TurnTable>;

/** Cases the actor may see, newest number first, before `before`; at most `limit`. */
export const listApplications = async (
  db: ApplicationReader,
  actor: Actor,
  { state, outcome, stage, organisation, dueBefore }: ApplicationFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ApplicationRow[]> => {
  let query = db.selectFrom('application').selectAll('application').where(visibleTo(actor));
  if (state !== undefined) query = query.where('outcome', state === 'open' ? 'is' : 'is not', null);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (stage !== undefined) query = query.where('stage', '=', stage);
  if (organisation !== undefined || dueBefore !== undefined)
    query = query.where((eb) => {
      let turn = eb
        .selectFrom('turn')
        .select('turn.turn_id')
        .whereRef('turn.case_no', '=', 'application.case_no')
        .where('turn.outcome', '=', 'open');
      if (organisation !== undefined) turn = turn.where('turn.organisation', '=', organisation);
      if (dueBefore !== undefined) turn = turn.where('turn.last_day', '<', dueBefore);
      return eb.exists(turn);
    });
  if (before !== undefined) query = query.where('case_no', '<', before);
  return query.orderBy('case_no', 'desc').limit(limit).execute();
};

/** The turns of cases, by case, in the order they began. */
export const turnsOf = async (
  db: ApplicationReader,
  caseNos: readonly string[],
): Promise<Map<string, Turn[]>> => {
  const byCase = new Map<string, Turn[]>(caseNos.map((caseNo) => [caseNo, []]));
  if (caseNos.length === 0) return byCase;
  const rows = await db
    .selectFrom('turn')
    .selectAll()
    .where('case_no', 'in', [...caseNos])
    .orderBy('started_at')
    .orderBy('turn_id')
    .execute();
  for (const row of rows) byCase.get(row.case_no)?.push(row);
  return byCase;
};

/** A case in one line; `daysLeft` of its earliest open deadline, on the calendar that deadline was computed with. */
export const caseRow = async (
  db: ApplicationReader,
  row: ApplicationRow,
  turns: readonly Turn[],
  now: Date,
): Promise<CaseRow> => {
  const open = turns.filter(({ outcome }) => outcome === 'open');
  const next = open
    .filter(({ deadline }) => deadline !== null)
    .toSorted((a, b) => (a.deadline?.getTime() ?? 0) - (b.deadline?.getTime() ?? 0))[0];
  const today = businessDateOf(now.getTime());
  return {
    caseNo: row.case_no,
    jurisdiction: row.jurisdiction,
    applicant: row.applicant_organisation,
    operator: row.operator_organisation,
    stage: row.stage,
    outcome: row.outcome,
    silence: turns.filter(({ outcome }) => isSilence(outcome)).map(({ organisation }) => organisation),
    submittedAt: instant(row.submitted_at),
    acceptedAt: instantOrNull(row.accepted_at),
    endedAt: instantOrNull(row.ended_at),
    waitsFor: open.map(({ organisation }) => organisation),
    overdue: open.some(({ overdue }) => overdue),
    suspended: open.some(({ suspended }) => suspended),
    provisional: open.some(({ provisional }) => provisional),
    lastDay: next?.last_day ?? null,
    deadline: instantOrNull(next?.deadline ?? null),
    daysLeft: next
      ? workingDaysLeft(await calendarAt(db, next.calendar_version), today, next.last_day)
      : null,
    contentVersion: row.content_version,
    packVersion: row.pack_version,
  };
};
