/**
 * The term of a grant (中卫 19, 22): its warnings and its end. The row in the tables is the authority; this workflow
 * only wakes when something of the term falls due, and looks.
 */
import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { toInstantText } from '@gongshu/shared/business-date';
import type {
  GrantActivities,
  GrantEndKind,
  GrantReading,
  GrantState,
  GrantTerm,
  GrantWake,
} from '@gongshu/shared/grant/types';
import { grantChangedSignal, lawTimeMovedSignal } from './messages.ts';
import { shownAs } from './options.ts';
import { searchAttributes } from './show.ts';

const { lookAtGrant } = proxyActivities<GrantActivities>(shownAs('核对授权期限：到期提醒、届满'));

/** The sandbox's clock tells every move: a history of so many looks is long enough. */
const looksInARun = 100;

const stateWords: Record<GrantState, string> = {
  active: '授权有效',
  suspended: '授权暂停',
  ended: '授权终止',
};
const endWords: Record<GrantEndKind, string> = {
  expired: '到期',
  endedEarly: '提前终止',
  withdrawn: '撤回',
  replaced: '由新授权替代',
  merchantExited: '数商退出',
  mandateEnded: '授权运营终止',
};
const wakeWords: Record<GrantWake['kind'], string> = { warning: '到期提醒', expiry: '授权届满' };

/** Runs until the grant has ended, by its term or by an act. */
export async function grantTerm(term: GrantTerm): Promise<GrantReading> {
  let told = 0; // signals that the clock moved or the row changed
  setHandler(lawTimeMovedSignal, () => {
    told += 1;
  });
  setHandler(grantChangedSignal, () => {
    told += 1;
  });
  for (let looks = 0; looks < looksInARun && !workflowInfo().continueAsNewSuggested; looks += 1) {
    const seen = told;
    const reading = await lookAtGrant({ grantNo: term.grantNo, ...(term.rests && { rests: term.rests }) });
    show(term, reading);
    const { wake } = reading;
    if (!wake) return reading;
    const woken = () => told !== seen;
    if (wake.inMillis === null) await condition(woken);
    else
      await condition(woken, Math.max(1, wake.inMillis), {
        summary: `${wakeWords[wake.kind]} ${toInstantText(wake.at)}`,
      });
  }
  return continueAsNew<typeof grantTerm>(term);
}

const show = (term: GrantTerm, { state, endKind, wake }: GrantReading): void => {
  const stage = endKind === null ? stateWords[state] : `${stateWords[state]}（${endWords[endKind]}）`;
  upsertSearchAttributes([
    { key: searchAttributes.stage, value: stage },
    { key: searchAttributes.dueAt, value: wake ? new Date(wake.at) : null },
  ]);
  setCurrentDetails(
    [
      `**${stage}**`,
      `期限至 ${toInstantText(term.endsAt)}`,
      ...(wake ? [`下一步：${wakeWords[wake.kind]} ${toInstantText(wake.at)}`] : []),
    ].join('\n\n'),
  );
};
