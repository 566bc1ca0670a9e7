/**
 * A merchant's onboarding (进驻, 中卫 17, 18): acceptance and a check in four fields, both the operator's; then enrolled,
 * or not, with reasons. A late check is overdue and stays to be done: it is never deemed passed.
 */
import { proxyActivities } from '@temporalio/workflow';
import type {
  OnboardingActivities,
  OnboardingCase,
  OnboardingResult,
} from '@gongshu/shared/onboarding/types';
import { openCase } from './case.ts';
import { shownAs } from './options.ts';

const { recordOnboardingStage } = proxyActivities<OnboardingActivities>(shownAs('进入环节'));
const { concludeOnboarding } = proxyActivities<OnboardingActivities>(shownAs('办结'));

const stepOf = (step: string): 'acceptance' | 'check' => (step === 'check' ? 'check' : 'acceptance');

/** Completes with the case's outcome; a refusal is an outcome, not an error. */
export async function merchantOnboarding(onboarding: OnboardingCase): Promise<OnboardingResult> {
  const one = openCase({ ...onboarding, lifecycle: 'onboarding', kind: '进驻' }, (stage, at) =>
    recordOnboardingStage({ onboarding, stage: stepOf(stage), at }),
  );
  const { caseNo } = onboarding;
  const checked = await one.acceptAndCheck();
  const stage = stepOf(one.stage());
  let result: OnboardingResult;
  if (checked.early) {
    const { outcome, endedAt, by, late } = checked.early;
    result = {
      ...{ caseNo, endedAt, late },
      outcome: outcome === 'refused' ? 'notEnrolled' : outcome,
      by: by === 'applicant' ? by : stepOf(by),
    };
  } else {
    const { endedAt, late } = checked.check;
    result = { caseNo, outcome: 'enrolled', endedAt, by: 'check', late };
  }
  await one.close(result.outcome, caseWords[result.outcome], () =>
    concludeOnboarding({ onboarding, result, stage }),
  );
  return result;
}

const caseWords: Record<OnboardingResult['outcome'], string> = {
  enrolled: '已注册',
  notEnrolled: '不予注册',
  withdrawn: '已撤回',
  lapsed: '已失效',
};
