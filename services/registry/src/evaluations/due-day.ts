/** The day an order of rectification names lies after the operator's time to reply: till then nothing stands. */
import { calendarAt } from '@gongshu/infra/calendars';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseOf, type FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import { problem } from '@gongshu/shared/problems';

/** Throws `dueDayPassed` (422). Where the calendar does not reach so far, the order names the day when it stands. */
export const mustBeAhead = async (
  { db, calendarVersion }: Pick<ProcedureDeps, 'db' | 'calendarVersion'>,
  {
    rules,
    row,
    dueOn,
    at,
  }: { rules: FrozenEvaluationRules; row: ProcedureRow; dueOn: string | undefined; at: Date },
): Promise<void> => {
  if (dueOn === undefined || rules.rectification.limit !== 'set') return;
  const calendar = await calendarAt(db as never, await calendarVersion(row.jurisdiction));
  const lastDay = calendar.workingDayAfter(businessDateOf(at.getTime()), rules.reply.workingDays);
  if (lastDay === undefined || dueOn > lastDay) return;
  throw problem('dueDayPassed', {
    article: clauseOf(rules, 'rectification'),
    errors: [
      {
        pointer: '/body/dueOn',
        code: 'dueDayPassed',
        message: {
          zh: `须在陈述申辩期（至 ${lastDay}）之后`,
          en: `After the time to reply, which ends on ${lastDay}`,
        },
      },
    ],
  });
};
