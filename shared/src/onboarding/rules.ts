/** The rules of an onboarding (进驻), resolved from its pack once and carried for its whole life. */
import { noExtension, stepsOf } from '../application/step-rules.ts';
import type { OnboardingRules } from '../application/types.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import { valuesOf } from '../packs/pack.ts';

/**
 * What an onboarding in this jurisdiction is decided under (中卫 17, 18). Silence on acceptance means accepted on the
 * day of receipt, where the pack reads so; a late check is overdue and never deemed. Throws `RangeError` where the
 * pack holds no onboarding.
 */
export const onboardingRules = (pack: ResolvedPack): OnboardingRules => {
  const values = valuesOf(pack, 'merchantOnboarding');
  const { correction } = values;
  const step = stepsOf(pack, 'merchantOnboarding', { instrumentKey: 'checkFields', correction });
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
      onSilence: values.onSilence,
      extension: noExtension,
      limitKey: 'checkLimit',
      silenceKey: 'onSilence',
    }),
    checkFields: [...values.checkFields],
    correctionLapse: { workingDays: correction.lapseWorkingDays },
    reminders: [...values.reminders.workingDaysBefore],
  };
};
