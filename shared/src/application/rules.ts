/** The rules of a case, resolved from its pack once and carried for its whole life. */
import type { ResolvedPack } from '../packs/pack.ts';
import { valuesOf } from '../packs/pack.ts';
import { noExtension, stepsOf } from './step-rules.ts';
import type { ApplicationRules } from './types.ts';

/**
 * What an application in this jurisdiction is decided under. Acceptance: silence means accepted on the day of
 * receipt, where the pack reads so; the check's silence is overdue only; the review's is the pack's (A5).
 */
export const applicationRules = (pack: ResolvedPack): ApplicationRules => {
  const values = valuesOf(pack, 'dataUseApplication');
  const { correction, extension } = values;
  const step = stepsOf(pack, 'dataUseApplication', { instrumentKey: 'reviewLimit', correction });
  const { max, limitDays } = extension;
  return {
    packVersion: pack.version,
    acceptance: step({
      limit: values.acceptanceLimit,
      onSilence: values.acceptanceOnSilence === 'accepted' ? 'consent' : 'overdue',
      extension: noExtension,
      limitKey: 'acceptanceLimit',
      silenceKey: 'acceptanceOnSilence',
    }),
    check: step({
      limit: values.checkLimit,
      onSilence: values.checkOnSilence,
      extension: noExtension,
      limitKey: 'checkLimit',
      silenceKey: 'checkOnSilence',
    }),
    review: step({
      limit: values.reviewLimit,
      onSilence: values.onSilence,
      extension: values.extensionHoldsOffSilence ? { max, limitDays } : noExtension,
      limitKey: 'reviewLimit',
      silenceKey: 'onSilence',
    }),
    checkFields: [...values.checkFields],
    correctionLapse: { workingDays: correction.lapseWorkingDays },
    reminders: [...values.reminders.workingDaysBefore],
    partialApproval: values.partialApproval,
    tells: { check: [...values.checkReportsTo], review: values.reviewReportsTo },
  };
};
