import { calendarAt } from '@gongshu/infra/calendars';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { addDays, startOfDay } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import type { CalendarByVersion } from '@gongshu/shared/clock/ledger';
import type { TurnOutcome } from '@gongshu/shared/clock/turn';
import type { ClosedCase } from '@gongshu/shared/packs/dry-run';
import { type Kysely, sql } from 'kysely';

/** Closed cases and the calendars that their ledgers name. */
export type ClosedCases = { cases: ClosedCase[]; calendars: CalendarByVersion };

const calendarsOf = async (
  db: Kysely<ApplicationTables>,
  versions: ReadonlySet<string>,
): Promise<CalendarByVersion> => {
  const loaded = new Map<string, Calendar>();
  for (const version of versions) loaded.set(version, await calendarAt(db, version));
  return (version) => {
    const calendar = loaded.get(version);
    if (!calendar) throw new RangeError(`calendar ${version} is not loaded`);
    return calendar;
  };
};

/**
 * The next cases of a jurisdiction that ended between two dates of Asia/Shanghai (both inclusive), after a case number,
 * with their turns and ledgers; none left: an empty list.
 */
export const closedCases = async (
  db: Kysely<ApplicationTables>,
  { jurisdiction, from, until }: { jurisdiction: string; from: string; until: string },
  { after, limit }: { after: string; limit: number },
): Promise<ClosedCases> => {
  const rows = await db
    .selectFrom('application')
    .select(['case_no', 'outcome'])
    .where('jurisdiction', '=', jurisdiction)
    .where('lifecycle', '=', 'application')
    .where('ended_at', '>=', new Date(startOfDay(from)))
    .where('ended_at', '<', new Date(startOfDay(addDays(until, 1))))
    .where('case_no', '>', after)
    .orderBy('case_no')
    .limit(limit)
    .execute();
  const numbers = rows.map(({ case_no }) => case_no);
  if (numbers.length === 0) return { cases: [], calendars: await calendarsOf(db, new Set()) };
  const turns = await db
    .selectFrom('turn')
    .select([
      'turn_id',
      'case_no',
      'step',
      'organisation',
      'outcome',
      'overdue',
      'late',
      'deadline',
      'ended_at',
    ])
    .select(sql<string | null>`last_day::text`.as('last_day'))
    .where('case_no', 'in', numbers)
    .orderBy('started_at')
    .orderBy('turn_id')
    .execute();
  const entries = await db
    .selectFrom('turn_entry')
    .innerJoin('turn', 'turn.turn_id', 'turn_entry.turn_id')
    .select(['turn_entry.turn_id', 'turn_entry.entry'])
    .where('turn.case_no', 'in', numbers)
    .orderBy('turn_entry.turn_id')
    .orderBy('turn_entry.position')
    .execute();
  const ledgers = Map.groupBy(entries, ({ turn_id }) => turn_id);
  const byCase = Map.groupBy(turns, ({ case_no }) => case_no);
  const versions = new Set(
    entries.flatMap(({ entry }) =>
      entry.kind === 'started' || entry.kind === 'calendarChanged' ? [entry.calendarVersion] : [],
    ),
  );
  const cases = rows.map(({ case_no, outcome }) => ({
    caseNo: case_no,
    outcome: outcome ?? 'open',
    turns: (byCase.get(case_no) ?? []).flatMap((turn) => {
      const ledger = (ledgers.get(turn.turn_id) ?? []).map(({ entry }) => entry);
      if (ledger.length === 0) return [];
      return [
        {
          turn: turn.turn_id,
          step: turn.step,
          organisation: turn.organisation,
          ledger,
          outcome: turn.outcome as TurnOutcome,
          overdue: turn.overdue,
          late: turn.late,
          lastDay: turn.last_day,
          deadline: turn.deadline?.getTime() ?? null,
          endedAt: turn.ended_at?.getTime() ?? null,
        },
      ];
    }),
  }));
  return { cases, calendars: await calendarsOf(db, versions) };
};
