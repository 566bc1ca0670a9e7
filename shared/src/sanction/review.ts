/** A decision looked at again (复核, X1): asked for once by the body it is against, answered by who may lift it. */
import {
  entryOf,
  hasEnded,
  type Period,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
} from '../procedure/machine.ts';
import { closing, ending, mustBe } from './decision.ts';
import { mayAskReview } from './rules.ts';
import type { SanctionActOf, SanctionStart, SanctionState } from './types.ts';

type Result = Step<SanctionState> | Refused;

/** The days in which a review may be asked for. */
export const reviewRequestKey = 'reviewRequest';

/** The days in which the body may ask for a review, and those in which it is answered. */
export const reviewPeriods = (start: SanctionStart, state: SanctionState): Period[] => {
  const { reviewRequest, reviewLimit } = start.rules;
  const { decidedAt, reviewAsked, reviewAskedAt: askedAt, reviewOverdue } = state;
  if (reviewRequest && decidedAt !== null && mayAskReview(start, state))
    return [
      {
        ...{ key: reviewRequestKey, from: decidedAt, limit: reviewRequest.value, reminders: [2] },
        article: reviewRequest.rests ?? undefined,
      },
    ];
  if (!reviewLimit || !reviewAsked || askedAt === undefined || reviewOverdue) return [];
  return [
    {
      ...{ key: 'review', from: askedAt, limit: reviewLimit.value, reminders: [5, 2, 0] },
      article: reviewLimit.rests ?? undefined,
    },
  ];
};

/** Once, by the body it is against, of any decision; a second one after the first was answered is refused. */
export const askReview = (
  start: SanctionStart,
  state: SanctionState,
  act: SanctionActOf<'requestSanctionReview'>,
  periods: Periods,
): Result => {
  if (state.reviewAsked) return refuse('reviewAskedBefore');
  const { reviewRequest } = start.rules;
  const reading = periods[reviewRequestKey];
  if (reviewRequest && (state.reviewOver === 'passed' || hasEnded(reading, act.at)))
    return refuse('reviewDaysPassed', { days: reviewRequest.value.workingDays });
  if (!mayAskReview(start, state)) return refuse('reviewDecidedBefore');
  return step(
    { ...state, reviewAsked: true, reviewAskedAt: act.at, reviewOverdue: false },
    entryOf('reviewRequested', act, { document: act.document }, reviewRequest?.rests ?? undefined),
  );
};

/** By who may lift, and never by the account that decided where the pack has another look (X1). */
export const review = (
  start: SanctionStart,
  state: SanctionState,
  act: SanctionActOf<'decideSanctionReview'>,
): Result => {
  if (!state.reviewAsked) return refuse('reviewNotAsked');
  const refused = mustBe(start.rules.liftedBy.value, act.by.role);
  if (refused) return refused;
  if (start.rules.reviewedByAnother && act.by.account === state.decidedBy)
    return refuse('sanctionReviewByDecider');
  const { outcome, document, reasonCodes } = act;
  const told = entryOf('reviewDecided', act, { result: outcome, document, reasonCodes });
  const heard = { ...state, reviewAsked: false, reviewOver: 'decided' as const };
  if (outcome === 'uphold') return closing(start, heard, act.at, told);
  const next = ending(start, heard, () => true, act, 'review');
  return closing(start, next.state, act.at, told, ...next.entries);
};
