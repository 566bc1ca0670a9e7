import type { EvaluationOutcome, EvaluationState } from '../evaluation/steps.ts';
import type { RenewalStanding } from '../mandate/question.ts';
import type { ScoreMethod, TieRule } from '../selection/question.ts';
import { codeTable } from './define.ts';

/** Selection of the operator, its agreement, its yearly evaluation (O3, O6, O8, V2). */
export const authorityTables = {
  scoreMethods: codeTable<ScoreMethod>('评分汇总方法', 'How sheets become one score', {
    mean: ['全部评分表的平均值', 'Mean of all sheets'],
    trimmedMean: ['去掉一个最高分和一个最低分后的平均值', 'Mean without one highest and one lowest sheet'],
  }),
  tieRules: codeTable<Extract<TieRule, string>>('同分处理', 'What is done about ties', {
    shared: [
      '同分同名次，首名并列由评审组决定',
      'Equal scores share a rank; a tie for the first is the panel’s',
    ],
    panelDecides: ['并列由评审组决定', 'The panel decides every tie'],
  }),
  renewalStandings: codeTable<RenewalStanding>('续期申请时点', 'Where a request for renewal lies', {
    tooEarly: ['过早', 'Too early'],
    inWindow: ['在期限内', 'Within the window'],
    tooLate: ['过迟', 'Too late'],
    noWindow: ['未规定期限', 'No window is set'],
  }),
  evaluationOutcomes: codeTable<EvaluationOutcome>('年度评估结果', 'Outcomes of an evaluation', {
    pass: ['通过评估', 'Passed'],
    rectify: ['限期整改', 'To be rectified'],
    fail: ['未通过评估', 'Failed'],
  }),
  evaluationStates: codeTable<EvaluationState>('年度评估状态', 'States of an evaluation', {
    notOpened: ['未启动', 'Not opened'],
    open: ['评估中', 'Under way'],
    rectifying: ['整改中', 'Being rectified'],
    overdue: ['整改逾期', 'Rectification overdue'],
    reported: ['整改已报告，待再次评估', 'Reported, to be evaluated again'],
    passed: ['通过', 'Passed'],
    failed: ['未通过', 'Failed'],
    terminated: ['协议已终止', 'Terminated'],
    newSelection: ['重新选择运营机构', 'A new selection'],
  }),
};
