/** The certificate of silence: every day counted or skipped and why, the reminders, the calendar, the article. */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { instantOrNull } from '@gongshu/infra/cases/view-time';
import { openingNoticeOf, reminderNoticesOf } from '@gongshu/infra/notices/opening';
import type { Change } from '@gongshu/infra/record';
import type { Recorded, Turn } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { explainClock } from '@gongshu/shared/clock/explain';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import type { TurnState } from '@gongshu/shared/clock/turn';
import type { Transaction } from 'kysely';
import { eventOf, time } from './deps.ts';
import { hashOf, turnData } from './entries.ts';
import { versionOf } from '@gongshu/shared/clock/ledger-calendars';

/** Writes the certificate and returns its event. */
export const certify = async (
  trx: Transaction<ApplicationTables>,
  of: {
    turn: Turn;
    ledger: Recorded[];
    state: TurnState;
    clock: ClockReading;
    calendar: Calendar;
    packVersion: string;
    endedAt: number;
  },
): Promise<Change[]> => {
  const { turn, ledger, state, clock, calendar, packVersion, endedAt } = of;
  const days = explainClock(turn.rules, ledger, clock, calendar);
  const reminders = await trx
    .selectFrom('turn_reminder')
    .select(['key', 'kind', 'due_at'])
    .where('turn_id', '=', turn.turnId)
    .orderBy('due_at')
    .execute();
  const reminded = await reminderNoticesOf(trx, turn.turnId);
  const opening = (await openingNoticeOf(trx, [turn.turnId])).get(turn.turnId);
  const id = `MS-${turn.turnId.replaceAll('/', '-')}`;
  const calendarVersion = versionOf(ledger);
  const content = {
    id,
    caseNo: turn.caseNo,
    turn: turn.turnId,
    step: turn.step,
    organisation: turn.organisation,
    outcome: state.outcome,
    article: turn.rules.silenceArticle,
    limitArticle: turn.rules.article,
    packVersion,
    calendarVersion,
    startedAt: toInstantText(turn.startedAt),
    lastDay: clock.lastDay,
    deadline: clock.deadline === null ? null : toInstantText(clock.deadline),
    days,
    ledger: ledger.map((entry) => ({
      kind: entry.kind,
      at: toInstantText(entry.at),
      ...(entry.kind === 'succeeded' && { from: entry.from, to: entry.to }),
    })),
    // Red where there is no record that the body was told of its clock.
    opening: {
      notice: opening?.notice ?? null,
      told: opening?.told ?? false,
      deliveredAt: instantOrNull(opening?.deliveredAt ?? null),
    },
    reminders: reminders.map(({ key, kind, due_at }) => ({
      key,
      kind,
      dueAt: toInstantText(due_at.getTime()),
      notice: reminded.get(key)?.notice ?? null,
      deliveredAt: instantOrNull(reminded.get(key)?.deliveredAt ?? null),
    })),
  };
  const hash = hashOf(content) as string;
  await trx
    .insertInto('certificate')
    .values({
      id,
      turn_id: turn.turnId,
      content: JSON.stringify(content) as never,
      hash,
      made_at: new Date(endedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return [
    {
      key: `${turn.turnId}/certificate`,
      type: eventOf(turn, 'silenceCertified'),
      subject: turn.caseNo,
      jurisdiction: turn.jurisdiction,
      at: new Date(endedAt),
      actor: time,
      data: {
        ...turnData(turn, packVersion),
        certificate: id,
        certificateHash: hash,
        outcome: state.outcome,
        daysCounted: days.filter(({ counted }) => counted).length,
        daysSkipped: days.filter(({ counted }) => !counted).length,
        deadline: content.deadline,
        calendarVersion,
      },
    },
  ];
};
