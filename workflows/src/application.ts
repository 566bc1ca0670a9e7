/**
 * A data-use application from submission to its end (中卫 20, 21): acceptance, compliance check by the operator,
 * then one review for each body whose resources are asked for, side by side.
 */
import {
  type ChildWorkflowHandle,
  allHandlersFinished,
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import { turnId } from '@gongshu/shared/application/ids';
import type {
  ApplicationActivities,
  ApplicationCase,
  CaseResult,
  Delivered,
  ReviewDemand,
  Step,
  Turn,
  TurnAct,
  TurnResult,
} from '@gongshu/shared/application/types';
import { caseEndedSignal, withdrawUpdate } from './messages.ts';
import { shownAs } from './options.ts';
import { searchAttributes, stepWords } from './show.ts';
import { turn } from './turn.ts';

const { recordStage } = proxyActivities<ApplicationActivities>(shownAs('进入环节'));
const { concludeApplication } = proxyActivities<ApplicationActivities>(shownAs('办结'));

type Withdrawal = Delivered<Extract<TurnAct, { kind: 'withdraw' }>>;

/** Completes with the case's outcome; a refusal is an outcome, not an error. */
export async function dataUseApplication(application: ApplicationCase): Promise<CaseResult> {
  const turns: TurnResult[] = [];
  const begun = new Set<ChildWorkflowHandle<typeof turn>>(); // turns of the present stage
  let ended: Withdrawal | undefined; // by the applicant, or by a correction that was never answered
  let closing = false;
  let concluded: CaseResult['outcome'] | undefined;

  /**
   * Told to every turn of the stage, also to those that have ended: they hear nothing, and need not. Which have ended
   * is no ground for a command: a replay may hand this act over before the end of a turn that came first.
   */
  const endCase = async (act: Withdrawal) => {
    ended = act;
    await Promise.all([...begun].map((child) => child.signal(caseEndedSignal, act).catch(() => undefined)));
  };
  setHandler(
    withdrawUpdate,
    async (act) => {
      await endCase(act);
      await condition(() => concluded !== undefined);
      // Every turn had ended, or silence had spoken, before it was taken in.
      if (concluded !== 'withdrawn') throw tooLate(turns);
    },
    {
      validator: (_act: Withdrawal) => {
        if (ended) throw ApplicationFailure.nonRetryable('withdrawn', 'withdrawn');
        if (closing) throw ApplicationFailure.nonRetryable('alreadyDecided', 'alreadyDecided');
      },
    },
  );

  const play = async (step: Step, startedAt: number, demand: ReviewDemand): Promise<TurnResult> => {
    const child = await startChild(turn, {
      workflowId: turnId(application.caseNo, step, demand.organisation),
      args: [turnOf(application, step, startedAt, demand)],
      staticSummary: `${application.jurisdictionTitle} ${stepWords[step]} ${demand.name}`,
      typedSearchAttributes: [
        { key: searchAttributes.jurisdiction, value: application.jurisdictionTitle },
        { key: searchAttributes.kind, value: `使用申请${stepWords[step]}` },
        { key: searchAttributes.organisation, value: demand.organisation },
        { key: searchAttributes.caseNo, value: application.caseNo },
      ],
    });
    begun.add(child);
    if (ended) await child.signal(caseEndedSignal, ended).catch(() => undefined); // it came while the child started
    const result = await child.result();
    turns.push(result);
    return result;
  };
  const enterStage = async (stage: Step, at: number) => {
    begun.clear();
    upsertSearchAttributes([{ key: searchAttributes.stage, value: `${stepWords[stage]}中` }]);
    setCurrentDetails(`**${stepWords[stage]}中**`);
    await recordStage({ application, stage, at });
  };

  const decide = async (): Promise<CaseResult> => {
    const { caseNo, operator, submittedAt } = application;
    const ends = (result: TurnResult): CaseResult | undefined => {
      if (result.outcome === 'withdrawn')
        return { caseNo, outcome: 'withdrawn', endedAt: result.endedAt, by: 'applicant' };
      if (result.outcome === 'lapsed')
        return { caseNo, outcome: 'lapsed', endedAt: result.endedAt, by: result.step };
      if (result.outcome === 'refused' || result.outcome === 'deemedRefused')
        return { caseNo, outcome: 'refused', endedAt: result.endedAt, by: result.step };
      return undefined;
    };
    const byOperator: ReviewDemand = { ...operator, bodyKind: 'operator', resources: [] };

    await enterStage('acceptance', submittedAt);
    const acceptance = await play('acceptance', submittedAt, byOperator);
    const notAccepted = ends(acceptance);
    if (notAccepted) return notAccepted;
    // Silence on acceptance: accepted on the day the material was received (Administrative Licensing Law art. 32).
    const acceptedAt = acceptance.outcome === 'deemedApproved' ? submittedAt : acceptance.endedAt;
    if (ended) return withdrawn(caseNo, ended);

    await enterStage('check', acceptedAt);
    const check = await play('check', acceptedAt, byOperator);
    const failed = ends(check);
    if (failed) return failed;
    if (ended) return withdrawn(caseNo, ended);

    // Review clocks start when the check's result reaches the reviewers.
    await enterStage('review', check.endedAt);
    const reviews = await Promise.all(
      application.reviews.map(async (demand) => {
        const review = await play('review', check.endedAt, demand);
        if (review.outcome === 'lapsed') await endCase({ kind: 'withdraw', at: review.endedAt, receipt: '' });
        return review;
      }),
    );
    return resultOfReviews(caseNo, reviews, ended);
  };

  const result = await decide();
  closing = true;
  await concludeApplication({ application, result, turns });
  concluded = result.outcome;
  upsertSearchAttributes([
    { key: searchAttributes.stage, value: caseWords[result.outcome] },
    { key: searchAttributes.silence, value: turns.some((one) => one.outcome === 'deemedApproved') },
  ]);
  setCurrentDetails(`**${caseWords[result.outcome]}**`);
  await condition(allHandlersFinished);
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

/** The applicant's withdrawal as the case's end. */
const withdrawn = (caseNo: string, act: Withdrawal): CaseResult => ({
  caseNo,
  outcome: 'withdrawn',
  endedAt: act.at,
  by: 'applicant',
});

/** Why a withdrawal did not count: silence had spoken, or everybody had decided. */
const tooLate = (turns: TurnResult[]): ApplicationFailure => {
  const silent = turns.some(({ outcome }) => outcome === 'deemedApproved' || outcome === 'deemedRefused');
  const code = silent ? 'deadlinePassed' : 'alreadyDecided';
  return ApplicationFailure.nonRetryable(code, code);
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
  if (ended && reviews.some((review) => review.outcome === 'withdrawn')) return withdrawn(caseNo, ended);
  if (reviews.some((review) => review.outcome === 'refused' || review.outcome === 'deemedRefused'))
    return { caseNo, outcome: 'refused', endedAt, by: 'review' };
  const silent = reviews.filter((review) => review.outcome === 'deemedApproved').length;
  const outcome =
    silent === 0 ? 'approved' : silent === reviews.length ? 'deemedApproved' : 'approvedWithDeemedReviews';
  return { caseNo, outcome, endedAt, by: 'review' };
};

const turnOf = (application: ApplicationCase, step: Step, startedAt: number, demand: ReviewDemand): Turn => ({
  turnId: turnId(application.caseNo, step, demand.organisation),
  caseNo: application.caseNo,
  jurisdiction: application.jurisdiction,
  jurisdictionTitle: application.jurisdictionTitle,
  authority: application.authority,
  step,
  organisation: demand.organisation,
  organisationName: demand.name,
  bodyKind: demand.bodyKind,
  rules: application.rules[step],
  reminders: application.rules.reminders,
  correctionLapse: application.rules.correctionLapse,
  startedAt,
  calendarVersion: application.calendarVersion,
});
