/** Reminders, the escalation on the last day, and the warning before a correction lapses; their delivery is the notices'. */
import { type Change, recordAll } from '@gongshu/infra/record';
import type { TurnActivities } from '@gongshu/shared/application/types';
import { endOfDay, toInstantText } from '@gongshu/shared/business-date';
import { type ApplicationDeps, eventOf, serviceOf, time } from './deps.ts';
import { turnData } from './entries.ts';

/** Runs at least once: a reminder that stands is not told again. */
export const createRecordReminder =
  (deps: ApplicationDeps): TurnActivities['recordReminder'] =>
  async ({ turn, wake, lastDay }): Promise<void> => {
    await deps.db[serviceOf(turn)].transaction().execute(async (trx) => {
      const fresh = await trx
        .insertInto('turn_reminder')
        .values({
          turn_id: turn.turnId,
          key: wake.key,
          kind: wake.kind,
          due_at: new Date(wake.at),
          recorded_at: new Date(wake.at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst();
      if (!fresh) return;
      const { pack_version: packVersion, jurisdiction } = await trx
        .selectFrom('application')
        .select(['pack_version', 'jurisdiction'])
        .where('case_no', '=', turn.caseNo)
        .executeTakeFirstOrThrow();
      const left = wake.kind === 'lapseWarning' ? 5 : Number(wake.key.split('/')[1] ?? 0);
      const data = {
        ...turnData(turn, packVersion),
        deadline: lastDay === null ? null : toInstantText(endOfDay(lastDay)),
        provisional: false,
      };
      const change = (type: Change['type'], more: object): Change => ({
        key: `${turn.turnId}/${type}/${wake.key}`,
        type,
        subject: turn.caseNo,
        jurisdiction,
        at: new Date(wake.at),
        actor: time,
        data: { ...data, ...more },
      });
      await recordAll(trx, serviceOf(turn), [
        change(eventOf(turn, 'reminderDue'), { workingDaysLeft: left, kind: wake.kind }),
        // On the last day the body's own head and the bureau hear of it too.
        ...(wake.kind === 'reminder' && left === 0
          ? [change(eventOf(turn, 'escalated'), { escalatedTo: [turn.organisation, turn.authority] })]
          : []),
      ]);
    });
  };
