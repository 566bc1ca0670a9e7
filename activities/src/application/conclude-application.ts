/** The stages of a case and its end. */
import { record, type Change } from '@gongshu/infra/record';
import type {
  ApplicationActivities,
  CaseOutcome,
  CaseResult,
  TurnResult,
} from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import { closeCase, enderOf, reasonCodesOf, setStage } from './case-end.ts';
import type { ApplicationDeps } from './deps.ts';

const types: Record<CaseOutcome, Change['type']> = {
  approved: 'application.approved.v1',
  approvedWithDeemedReviews: 'application.approvedWithDeemedReviews.v1',
  deemedApproved: 'application.deemedApproved.v1',
  refused: 'application.refused.v1',
  withdrawn: 'application.withdrawn.v1',
  lapsed: 'application.lapsed.v1',
};

const dataOf = (
  packVersion: string,
  article: string,
  result: CaseResult,
  turns: TurnResult[],
  reasonCodes: string[],
): object => {
  const { caseNo, outcome, by } = result;
  const endedAt = toInstantText(result.endedAt);
  const base = { caseNo, packVersion };
  const reviews = turns.filter(({ step }) => step === 'review');
  const reviewers = reviews.map(({ organisation }) => organisation).sort();
  const who = (is: (turn: TurnResult) => boolean) =>
    turns
      .filter(is)
      .map(({ organisation }) => organisation)
      .sort();
  const stage = by === 'applicant' ? (turns.at(-1)?.step ?? 'acceptance') : by;
  switch (outcome) {
    case 'withdrawn':
      return { ...base, stage, receivedAt: endedAt };
    case 'lapsed':
      return { ...base, stage, notice: null, deadline: endedAt };
    case 'refused':
      return {
        ...base,
        decidedAt: endedAt,
        reviewers,
        article,
        refusedBy: who((turn) => turn.outcome === 'refused' || turn.outcome === 'deemedRefused'),
        reasonCodes,
      };
    case 'approvedWithDeemedReviews':
      return {
        ...base,
        decidedAt: endedAt,
        reviewers,
        article,
        deemedReviewers: who((turn) => turn.step === 'review' && turn.outcome === 'deemedApproved'),
      };
    case 'approved':
    case 'deemedApproved':
      return { ...base, decidedAt: endedAt, reviewers, article };
  }
};

/** Runs at least once: a stage is set to what it is, a case is closed once. */
export const createApplicationStages = (deps: ApplicationDeps): ApplicationActivities => ({
  recordStage: ({ application, stage, at }) => setStage(deps.db.catalog, application.caseNo, stage, at),

  async concludeApplication({ application, result, turns }) {
    await deps.db.catalog.transaction().execute(async (trx) => {
      if (!(await closeCase(trx, result))) return;
      const reasonCodes = await reasonCodesOf(trx, application.caseNo);
      await record(trx, 'catalog', {
        key: `${application.caseNo}/ended`,
        type: types[result.outcome],
        subject: application.caseNo,
        jurisdiction: application.jurisdiction,
        at: new Date(result.endedAt),
        actor: await enderOf(trx, result),
        data: dataOf(
          application.rules.packVersion,
          application.rules.review.article,
          result,
          turns,
          reasonCodes,
        ),
      });
    });
  },
});
