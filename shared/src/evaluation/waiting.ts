/** What a running evaluation waits for, and how it stands in Chinese. */
import type { Waiting } from '../procedure/machine.ts';
import type { RunningStart, RunningState } from './machine-types.ts';

const bureau = (act: string): Waiting => ({ act, role: 'bureau' });

const opening = (
  { rules }: RunningStart,
  { participants, questionnaires, course }: RunningState,
): Waiting[] => {
  const named = (rules.evaluatedBy.with ?? []).length === 0 || participants.length > 0;
  const waiting: Waiting[] = named ? [] : [bureau('nameParticipants')];
  if (questionnaires === null) return [...waiting, bureau('sendQuestionnaires')];
  if (!questionnaires.closed)
    return [...waiting, { ...bureau('closeQuestionnaires'), period: 'questionnaires' }];
  if (!named) return waiting;
  return course.marked ? [bureau('proposeResult'), bureau('scoreEvaluation')] : [bureau('scoreEvaluation')];
};

/** Acts in the order they are looked for; the operator's are for the operator of the agreement alone. */
export const waitsFor = (start: RunningStart, state: RunningState): Waiting[] => {
  const operator = (act: string, period: string): Waiting => ({
    ...{ act, role: 'operator', body: start.facts.operator, period },
  });
  const { stage, proposal, course } = state;
  switch (stage) {
    case 'open':
      return opening(start, state);
    case 'reply':
      return [operator('replyToEvaluation', `reply/${proposal?.number ?? 1}`)];
    case 'replied':
      return [bureau('confirmResult')];
    case 'toOrder':
      return [bureau('orderRectification')];
    case 'rectifying':
      return start.rules.rectificationPlan && !course.planIn
        ? [operator('planRectification', 'rectification')]
        : [operator('reportRectification', 'rectification')];
    case 'reported':
      return [bureau('proposeResult'), bureau('scoreEvaluation')];
    case 'overdue':
    case 'failed':
      return [bureau('demandTermination')];
    case 'terminated':
      return [bureau('selectAgain')];
    case 'done':
      return [];
  }
};

const stageWords: Record<RunningState['stage'], string> = {
  open: '评估中',
  reply: '拟定结果，待运营机构陈述申辩',
  replied: '已陈述申辩，待确认结果',
  toOrder: '待载明整改期限',
  rectifying: '整改中',
  overdue: '整改逾期',
  reported: '整改已报告，待再次评估',
  failed: '未通过，待终止协议',
  terminated: '协议已终止，待重新选择',
  done: '已办结',
};

export const words = ({ stage, outcome }: RunningState): string => {
  if (outcome === 'passed') return '通过评估';
  if (outcome === 'newSelection') return '已重新选择运营机构';
  return outcome === 'agreementEnded' ? '协议已终止，评估结束' : stageWords[stage];
};
