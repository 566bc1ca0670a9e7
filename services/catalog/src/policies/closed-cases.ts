import { calendarAt } from '@gongshu/infra/calendars';
import { ledgersOf } from '@gongshu/infra/cases/clock';
import { turnsOf } from '@gongshu/infra/cases/list';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { addDays, startOfDay } from '@gongshu/shared/business-date';
import type { CalendarByVersion } from '@gongshu/shared/clock/ledger';
import { calendarsNamed } from '@gongshu/shared/clock/ledger-calendars';
import type { TurnOutcome } from '@gongshu/shared/clock/turn';
import type { ClosedCase } from '@gongshu/shared/packs/dry-run';
import type { Kysely } from 'kysely';

/** Closed cases and the calendars that their ledgers name. */
export type ClosedCases = { cases: ClosedCase[]; calendars: CalendarByVersion };

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
  const turns = await turnsOf(db, numbers);
  const ledgers = await ledgersOf(db, numbers);
  const cases = rows.map(({ case_no, outcome }) => ({
    caseNo: case_no,
    outcome: outcome ?? 'open',
    turns: (turns.get(case_no) ?? []).flatMap((turn) => {
      const ledger = ledgers.get(turn.turn_id);
      if (!ledger) return [];
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
  const entries = [...ledgers.values()].flat();
  return { cases, calendars: await calendarsNamed(entries, (version) => calendarAt(db, version)) };
};
