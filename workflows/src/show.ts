/** What someone on call reads in the Temporal UI: stage, body, due instant, silence. Codes and office names only. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributeNames } from '@gongshu/shared/application/messages';
import type { Step, Turn, Wake } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import type { TurnOutcome, TurnState } from '@gongshu/shared/clock/turn';

export const searchAttributes = {
  jurisdiction: defineSearchAttributeKey(searchAttributeNames.jurisdiction, 'KEYWORD'),
  kind: defineSearchAttributeKey(searchAttributeNames.kind, 'KEYWORD'),
  stage: defineSearchAttributeKey(searchAttributeNames.stage, 'KEYWORD'),
  organisation: defineSearchAttributeKey(searchAttributeNames.organisation, 'KEYWORD'),
  caseNo: defineSearchAttributeKey(searchAttributeNames.caseNo, 'KEYWORD'),
  dueAt: defineSearchAttributeKey(searchAttributeNames.dueAt, 'DATETIME'),
  silence: defineSearchAttributeKey(searchAttributeNames.silence, 'BOOL'),
};

export const stepWords: Record<Step, string> = { acceptance: '受理', check: '核查', review: '审核' };

const outcomeWords: Record<TurnOutcome, string> = {
  open: '办理中',
  approved: '通过',
  refused: '未通过',
  deemedApproved: '视为同意',
  deemedRefused: '视为不同意',
  withdrawn: '已撤回',
  lapsed: '已失效',
};

const wakeWords: Record<Wake['kind'], string> = {
  reminder: '催办',
  deadline: '时限届满',
  lapse: '补正期限届满',
  lapseWarning: '补正期限将满',
};

/** The line beside a timer. */
export const waitSummary = (wake: Wake): string => `${wakeWords[wake.kind]} ${toInstantText(wake.at)}`;

const stageOf = (turn: Turn, state: TurnState, clock: ClockReading): string => {
  const step = stepWords[turn.step];
  if (state.outcome !== 'open') return `${step}${outcomeWords[state.outcome]}`;
  if (state.overdue) return `${step}逾期`;
  if (clock.suspended) return `${step}补正中`;
  return `${step}中`;
};

/** Shows a turn as it stands; written only where it changed, so that a history stays short. */
export const showTurn = (turn: Turn, state: TurnState, clock: ClockReading): void => {
  const stage = stageOf(turn, state, clock);
  const due = clock.deadline === null ? null : new Date(clock.deadline);
  const silence = state.outcome === 'deemedApproved' || state.outcome === 'deemedRefused';
  upsertSearchAttributes([
    { key: searchAttributes.stage, value: stage },
    { key: searchAttributes.organisation, value: turn.organisation },
    { key: searchAttributes.dueAt, value: due },
    { key: searchAttributes.silence, value: silence },
  ]);
  setCurrentDetails(
    [
      `**${turn.organisationName} ${stage}**`,
      clock.deadline === null
        ? clock.provisional
          ? '截止：待次年放假安排公布后确定'
          : '截止：计时中止'
        : `截止 ${toInstantText(clock.deadline)}（${turn.rules.article}）`,
    ].join('\n\n'),
  );
};
