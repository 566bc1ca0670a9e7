/** The turn, its ledger and its clock as rows; the clock that follows; what wakes the turn next. */
import { recordAll, type Change } from '@gongshu/infra/record';
import type { ClockView, Recorded, Turn, TurnActivities } from '@gongshu/shared/application/types';
import { type ClockReading, computeClock } from '@gongshu/shared/clock/ledger';
import { calendarsNamed, versionOf } from '@gongshu/shared/clock/ledger-calendars';
import { type ApplicationDeps, serviceOf } from './deps.ts';
import { writeEntry } from './entries.ts';
import { duesOf, lapseDay } from './wake.ts';

/** Runs at least once: an entry that stands in the tables is not written, nor told, again. */
export const createRecordClock =
  (deps: ApplicationDeps): TurnActivities['recordClock'] =>
  async ({ turn, ledger, state, done }): Promise<ClockView> => {
    const calendars = await calendarsNamed(ledger, deps.calendars.at);
    const version = versionOf(ledger);
    const calendar = calendars(version);
    const read = (entries: Recorded[]) => computeClock(turn.rules, entries, calendars);
    const clock = read(ledger);
    const [due] = duesOf(turn, ledger, state, clock, calendar, done, (await deps.time()).now);
    await deps.db[serviceOf(turn)].transaction().execute(async (trx) => {
      await openTurn(trx, turn, version);
      const row = await trx
        .selectFrom('turn')
        .select(['entries', 'deadline', 'outcome'])
        .where('turn_id', '=', turn.turnId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      if (row.outcome !== 'open') return; // a late second run
      const application = await trx
        .selectFrom('application')
        .select('pack_version')
        .where('case_no', '=', turn.caseNo)
        .executeTakeFirstOrThrow();
      const changes: Change[] = [];
      for (let position = row.entries; position < ledger.length; position += 1) {
        const entry = ledger[position] as Recorded;
        const then: ClockReading =
          position === ledger.length - 1 ? clock : read(ledger.slice(0, position + 1));
        const lapseOn = lapseDay(turn, ledger.slice(0, position + 1), then, calendar);
        changes.push(
          ...(await writeEntry(trx, turn, application.pack_version, entry, position, {
            clock: then,
            before: row.deadline,
            calendarVersion: version,
            lapseOn,
          })),
        );
        await trx
          .insertInto('turn_entry')
          .values({
            turn_id: turn.turnId,
            position,
            kind: entry.kind,
            at: new Date(entry.at),
            entry: JSON.stringify(entry) as never,
            receipt: entry.receipt,
          })
          .execute();
      }
      await trx
        .updateTable('turn')
        .set({
          entries: ledger.length,
          overdue: clock.overdue,
          suspended: clock.suspended,
          provisional: clock.provisional,
          last_day: clock.lastDay,
          deadline: clock.deadline === null ? null : new Date(clock.deadline),
          extension: clock.extension,
          calendar_version: version,
          wake_at: due ? new Date(due.at) : null,
          wake_kind: due?.kind ?? null,
          held: false,
        })
        .where('turn_id', '=', turn.turnId)
        .execute();
      await recordAll(trx, serviceOf(turn), changes);
    });
    // Asked after the row stands: a clock moved or a calendar loaded meanwhile either sees the row, or is seen here.
    const { inMillis, now } = await deps.time();
    const newest = await deps.calendars.newest(turn.jurisdiction);
    return {
      clock,
      wake: due ? { ...due, inMillis: inMillis(due.at) } : null,
      ...(newest !== version && { newer: { at: now, calendarVersion: newest } }),
    };
  };

const openTurn = (trx: Parameters<typeof writeEntry>[0], turn: Turn, calendarVersion: string) =>
  trx
    .insertInto('turn')
    .values({
      turn_id: turn.turnId,
      case_no: turn.caseNo,
      jurisdiction: turn.jurisdiction,
      step: turn.step,
      organisation: turn.organisation,
      organisation_name: turn.organisationName,
      body_kind: turn.bodyKind,
      started_at: new Date(turn.startedAt),
      calendar_version: calendarVersion,
      last_day: null,
      deadline: null,
      extension: null,
      wake_at: null,
      wake_kind: null,
      directed_due_on: null,
      ended_at: null,
      ended_receipt: null,
    })
    .onConflict((conflict) => conflict.column('turn_id').doNothing())
    .execute();
