import { calendarAt } from '../calendars.ts';
import type { Recorded } from '@gongshu/shared/application/types';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { explainClock } from '@gongshu/shared/clock/explain';
import { computeClock } from '@gongshu/shared/clock/ledger';
import type { ClockView } from './view.ts';
import { workingDaysLeft } from './view-time.ts';
import { turnsOf } from './list.ts';
import type { ApplicationReader, ApplicationRow } from './visible.ts';

const ledgersOf = async (db: ApplicationReader, caseNo: string): Promise<Map<string, Recorded[]>> => {
  const rows = await db
    .selectFrom('turn_entry')
    .innerJoin('turn', 'turn.turn_id', 'turn_entry.turn_id')
    .select(['turn_entry.turn_id', 'turn_entry.entry'])
    .where('turn.case_no', '=', caseNo)
    .orderBy('turn_entry.turn_id')
    .orderBy('turn_entry.position')
    .execute();
  const ledgers = new Map<string, Recorded[]>();
  for (const { turn_id, entry } of rows) ledgers.set(turn_id, [...(ledgers.get(turn_id) ?? []), entry]);
  return ledgers;
};

/** The calendars a ledger names, by version; the last is the one it stands under. */
const calendarsOf = async (db: ApplicationReader, ledger: readonly Recorded[]) => {
  const byVersion = new Map<string, Calendar>();
  let version = '';
  for (const entry of ledger)
    if (entry.kind === 'started' || entry.kind === 'calendarChanged') {
      version = entry.calendarVersion;
      byVersion.set(version, await calendarAt(db, version));
    }
  const at = (name: string): Calendar => {
    const found = byVersion.get(name);
    if (!found) throw new RangeError(`calendar ${name} is not loaded`);
    return found;
  };
  return { version, at };
};

/** Every turn's clock computed anew from its ledger, with each day counted or skipped and why. */
export const clocksOf = async (
  db: ApplicationReader,
  row: ApplicationRow,
  now: Date,
): Promise<ClockView[]> => {
  const turns = (await turnsOf(db, [row.case_no])).get(row.case_no) ?? [];
  const ledgers = await ledgersOf(db, row.case_no);
  const views = turns.map(async (turn): Promise<ClockView[]> => {
    const ledger = ledgers.get(turn.turn_id);
    if (!ledger) return [];
    const rules = row.rules[turn.step];
    const { version, at } = await calendarsOf(db, ledger);
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
