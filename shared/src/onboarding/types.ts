/** What an onboarding (进驻) carries between workflow, activities and services: ids, codes, hashes and instants only. */
import type { CaseStart } from '../application/types.ts';

/** An onboarding as its workflow starts with it; the applicant is the party that asks to be enrolled. */
export type OnboardingCase = CaseStart;

export type OnboardingOutcome = 'enrolled' | 'notEnrolled' | 'withdrawn' | 'lapsed';

/** How an onboarding ended, through which step, and whether the check that ended it came late. */
export type OnboardingResult = {
  caseNo: string;
  outcome: OnboardingOutcome;
  endedAt: number;
  by: 'acceptance' | 'check' | 'applicant';
  late: boolean;
};

/** What the onboarding's workflow asks to be done. Each may run twice. */
export type OnboardingActivities = {
  /** Opens the case's next stage in the tables. */
  recordOnboardingStage(input: {
    onboarding: OnboardingCase;
    stage: 'acceptance' | 'check';
    at: number;
  }): Promise<void>;
  /** Closes the case, once, with its event; where it ends enrolled, the merchant's standing with it. */
  concludeOnboarding(input: {
    onboarding: OnboardingCase;
    result: OnboardingResult;
    /** The step the case stood in when it ended. */
    stage: 'acceptance' | 'check';
  }): Promise<void>;
};
