import { calendarAt } from '../calendars.ts';
import type { Recorded } from '@gongshu/shared/application/types';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { explainClock } from '@gongshu/shared/clock/explain';
import { computeClock } from '@gongshu/shared/clock/ledger';
import { calendarsNamed, versionOf } from '@gongshu/shared/clock/ledger-calendars';
import type { ClockView } from './view.ts';
import { workingDaysLeft } from './view-time.ts';
import { turnsOf } from './list.ts';
import type { ApplicationReader, ApplicationRow } from './visible.ts';

/** The ledgers of cases, by turn. */
export const ledgersOf = async (
  db: ApplicationReader,
  caseNos: readonly string[],
): Promise<Map<string, Recorded[]>> => {
  if (caseNos.length === 0) return new Map();
  const rows = await db
    .selectFrom('turn_entry')
    .innerJoin('turn', 'turn.turn_id', 'turn_entry.turn_id')
    .select(['turn_entry.turn_id', 'turn_entry.entry'])
    .where('turn.case_no', 'in', [...caseNos])
    .orderBy('turn_entry.turn_id')
    .orderBy('turn_entry.position')
    .execute();
  const ledgers = new Map<string, Recorded[]>();
  for (const { turn_id, entry } of rows) {
    const ledger = ledgers.get(turn_id);
    if (ledger) ledger.push(entry);
    else ledgers.set(turn_id, [entry]);
  }
  return ledgers;
};

/** Every turn's clock computed anew from its ledger, with each day counted or skipped and why. */
export const clocksOf = async (
  db: ApplicationReader,
  row: ApplicationRow,
  now: Date,
): Promise<ClockView[]> => {
  const turns = (await turnsOf(db, [row.case_no])).get(row.case_no) ?? [];
  const ledgers = await ledgersOf(db, [row.case_no]);
  const views = turns.map(async (turn): Promise<ClockView[]> => {
    const ledger = ledgers.get(turn.turn_id);
    if (!ledger) return [];
    const rules = row.rules[turn.step];
    const version = versionOf(ledger);
    const at = await calendarsNamed(ledger, (name) => calendarAt(db, name));
    const reading = computeClock(rules, ledger, at);
    const days = explainClock(rules, ledger, reading, at(version));
    const today = businessDateOf(now.getTime());
    return [
      {
        turn: turn.turn_id,
        step: turn.step,
        organisation: turn.organisation,
        outcome: turn.outcome,
        budget: rules.budget,
        unit: rules.unit,
        onSilence: rules.onSilence,
        article: rules.article,
        silenceArticle: rules.silenceArticle,
        calendarVersion: version,
        ledger: ledger.map((entry) => ({ ...entry, at: toInstantText(entry.at) })),
        days,
        daysCounted: days.filter(({ counted }) => counted).length,
        daysSkipped: days.filter(({ counted }) => !counted).length,
        lastDay: reading.lastDay,
        deadline: reading.deadline === null ? null : toInstantText(reading.deadline),
        daysLeft: turn.outcome === 'open' ? workingDaysLeft(at(version), today, reading.lastDay) : null,
        provisional: reading.provisional,
        notBefore: reading.notBefore,
        suspended: reading.suspended,
        overdue: reading.overdue,
        extension: reading.extension,
        pendingDays: reading.pendingDays,
      },
    ];
  });
  return (await Promise.all(views)).flat();
};
