import { createHand } from '@gongshu/infra/cases/hand';
import { openingAct, procedureStart } from '@gongshu/infra/procedures/hand';
import type { OnboardingCase } from '@gongshu/shared/onboarding/types';

/** How the registry's acts reach their workflows. */
export const hand = createHand({
  [openingAct]: procedureStart,
  submitOnboarding: ({ payload, received_at }) => {
    const onboarding = payload['onboarding'] as OnboardingCase;
    const { caseNo, jurisdictionTitle, applicant } = onboarding;
    return {
      workflow: 'merchantOnboarding',
      argument: { ...onboarding, submittedAt: received_at.getTime() },
      summary: `${jurisdictionTitle} 数商进驻 ${caseNo}`,
      jurisdictionTitle,
      kind: '进驻',
      organisation: applicant,
      caseNo,
    };
  },
});
