/**
 * A data-use application from submission to its end (中卫 20, 21): acceptance, compliance check by the operator,
 * then one review for each body whose resources are asked for, side by side.
 */
import { proxyActivities } from '@temporalio/workflow';
import type {
  ApplicationActivities,
  ApplicationCase,
  CaseResult,
  TurnResult,
} from '@gongshu/shared/application/types';
import { openCase, type Withdrawal, withdrawalAsEnd } from './case.ts';
import { shownAs } from './options.ts';
import { reviewsAfter } from './succession.ts';

const { recordStage } = proxyActivities<ApplicationActivities>(shownAs('进入环节'));
const { concludeApplication } = proxyActivities<ApplicationActivities>(shownAs('办结'));

/** Completes with the case's outcome; a refusal is an outcome, not an error. */
export async function dataUseApplication(application: ApplicationCase): Promise<CaseResult> {
  const one = openCase({ ...application, kind: '使用申请' }, (stage, at) =>
    recordStage({ application, stage, at }),
  );

  const decide = async (): Promise<CaseResult> => {
    const { caseNo } = application;
    const checked = await one.acceptAndCheck();
    if (checked.early) {
      const { outcome, endedAt, by } = checked.early;
      return { caseNo, outcome, endedAt, by };
    }
    const { check } = checked;
    // Review clocks start when the check's result reaches the reviewers.
    await one.enterStage('review', check.endedAt);
    const reviews = await Promise.all(
      reviewsAfter(one.successions(), application.reviews).map(async (demand) => {
        const review = await one.play('review', check.endedAt, demand);
        if (review.outcome === 'lapsed') await one.end({ kind: 'withdraw', at: review.endedAt, receipt: '' });
        return review;
      }),
    );
    return resultOfReviews(caseNo, reviews, one.withdrawal());
  };

  const result = await decide();
  await one.close(result.outcome, caseWords[result.outcome], () =>
    concludeApplication({ application, result, turns: one.turns }),
  );
  return result;
}

const caseWords: Record<CaseResult['outcome'], string> = {
  approved: '已同意',
  approvedWithDeemedReviews: '已同意（部分视为同意）',
  deemedApproved: '视为同意',
  refused: '未通过',
  withdrawn: '已撤回',
  lapsed: '已失效',
};

/** Approved = all consent; silence is never counted as a reviewer's approval. */
const resultOfReviews = (
  caseNo: string,
  reviews: TurnResult[],
  ended: Withdrawal | undefined,
): CaseResult => {
  const endedAt = Math.max(...reviews.map((review) => review.endedAt));
  const lapsed = reviews.find((review) => review.outcome === 'lapsed');
  if (lapsed) return { caseNo, outcome: 'lapsed', endedAt: lapsed.endedAt, by: 'review' };
  if (ended && reviews.some((review) => review.outcome === 'withdrawn')) {
    const { outcome, endedAt: at, by } = withdrawalAsEnd(ended);
    return { caseNo, outcome, endedAt: at, by };
  }
  if (reviews.some((review) => review.outcome === 'refused' || review.outcome === 'deemedRefused'))
    return { caseNo, outcome: 'refused', endedAt, by: 'review' };
  const silent = reviews.filter((review) => review.outcome === 'deemedApproved').length;
  const outcome =
    silent === 0 ? 'approved' : silent === reviews.length ? 'deemedApproved' : 'approvedWithDeemedReviews';
  return { caseNo, outcome, endedAt, by: 'review' };
};
