/** What an onboarding (进驻) carries between workflow, activities and services: ids, codes, hashes and instants only. */
import type { OnboardingRules } from '../application/types.ts';

/** A case as its workflow starts with it. */
export type OnboardingCase = {
  caseNo: string;
  jurisdiction: string;
  jurisdictionTitle: string;
  /** The party that asks to be enrolled. */
  applicant: string;
  /** The bureau of the case: hears of what is overdue, directs it. */
  authority: string;
  operator: { organisation: string; name: string };
  submittedAt: number;
  calendarVersion: string;
  rules: OnboardingRules;
};

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
