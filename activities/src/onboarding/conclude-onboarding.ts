/** The stages of an onboarding (进驻, 中卫 18) and its end, with the merchant's standing. */
import { holdEnrolled } from '@gongshu/infra/merchants/hold';
import { enrol, merchantSubject } from '@gongshu/infra/merchants/standing';
import type { StandingTables } from '@gongshu/infra/merchants/tables';
import { type Change, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type {
  OnboardingActivities,
  OnboardingCase,
  OnboardingResult,
} from '@gongshu/shared/onboarding/types';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import type { Transaction } from 'kysely';
import { closeCase, enderOf, reasonCodesOf, setStage } from '../application/case-end.ts';
import type { ApplicationDeps } from '../application/deps.ts';

type Ended = Pick<Change, 'type' | 'data'>;

/** Enrolled or not, and the standing that follows, by the result of the check. */
const restsOf = ({ rules: { check } }: OnboardingCase): RestsOn => ({
  article: check.article,
  articleInstrument: check.instrument,
});

const endedAs = (
  onboarding: OnboardingCase,
  result: OnboardingResult,
  stage: 'acceptance' | 'check',
  reasonCodes: string[],
): Ended => {
  const { caseNo, applicant, rules } = onboarding;
  const { packVersion } = rules;
  const at = toInstantText(result.endedAt);
  const decided = {
    caseNo,
    packVersion,
    applicant,
    decidedAt: at,
    late: result.late,
    ...restsOf(onboarding),
  };
  switch (result.outcome) {
    case 'enrolled':
      return { type: 'onboarding.enrolled.v1', data: decided };
    case 'notEnrolled':
      return { type: 'onboarding.notEnrolled.v1', data: { ...decided, reasonCodes } };
    case 'withdrawn':
      return { type: 'onboarding.withdrawn.v1', data: { caseNo, packVersion, stage, receivedAt: at } };
    case 'lapsed':
      return {
        type: 'onboarding.lapsed.v1',
        data: { caseNo, packVersion, stage, notice: null, deadline: at },
      };
  }
};

/** Runs at least once: a stage is set to what it is; a case is closed, and its merchant enrolled, once. */
export const createOnboardingStages = (deps: ApplicationDeps): OnboardingActivities => ({
  recordOnboardingStage: ({ onboarding, stage, at }) =>
    setStage(deps.db.registry, onboarding.caseNo, stage, at),

  async concludeOnboarding({ onboarding, result, stage }) {
    await deps.db.registry.transaction().execute(async (trx) => {
      if (!(await closeCase(trx, result))) return;
      const { caseNo, jurisdiction, applicant } = onboarding;
      const at = new Date(result.endedAt);
      const base = { jurisdiction, at, actor: await enderOf(trx, result) };
      const changes: Change[] = [
        {
          ...base,
          ...endedAs(onboarding, result, stage, await reasonCodesOf(trx, caseNo)),
          key: `${caseNo}/ended`,
          subject: caseNo,
        },
      ];
      if (result.outcome === 'enrolled') {
        await enrol(trx as unknown as Transaction<StandingTables>, {
          ...{ jurisdiction, caseNo, at },
          organisation: applicant,
        });
        changes.push({
          ...base,
          key: `${caseNo}/merchant`,
          type: 'merchant.enrolled.v1',
          subject: merchantSubject(jurisdiction, applicant),
          data: { merchant: applicant, caseNo, at: toInstantText(result.endedAt), ...restsOf(onboarding) },
        });
      }
      await recordAll(trx, 'registry', changes);
      // Enrolled is told first: an order that stands over it suspends a merchant.
      if (result.outcome === 'enrolled')
        await holdEnrolled(
          trx as unknown as Transaction<StandingTables>,
          { jurisdiction, organisation: applicant },
          at,
        );
    });
  },
});
