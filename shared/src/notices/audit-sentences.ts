/** Words of the notices of risk assessments and audits. */
import type { Sentence } from './sentences.ts';

export const auditSentences: Readonly<Record<string, Sentence>> = {
  auditOpened: [
    '{audit} 已启动，期间 {from} 至 {until}',
    'A {audit} was opened for {from} to {until}',
    '请主管部门制定计划并按期实施',
    'The authority plans it and carries it out in time',
  ],
  auditPlanned: [
    '{audit} 计划于 {on} 实施',
    'The {audit} is planned for {on}',
    '请会同单位和被评估单位准备材料',
    'Those that take part and the body assessed prepare for it',
  ],
  auditCarriedOut: [
    '{audit} 已于 {on} 实施',
    'The {audit} was carried out on {on}',
    '发现提出后可在期限内答复',
    'You may answer what is found in time',
  ],
  auditFound: [
    '{audit} 发现已提出',
    'What the {audit} found was recorded',
    '请在期限内答复；期满未答复的，发现成立',
    'Answer in time; what is not answered stands',
  ],
  auditReplied: [
    '被评估单位已答复',
    'The body assessed has answered',
    '请核定哪些发现成立',
    'Settle which findings stand',
  ],
  auditFindingsStand: [
    '{audit} 发现已核定[，责任单位 {responsible}]',
    'The findings of the {audit} stand[; those that answer for them: {responsible}]',
    '请各责任单位按等级在期限内整改并附佐证',
    'Each puts its own right in time, with evidence',
  ],
  auditRectified: [
    '第 {finding} 项发现已整改',
    'Finding {finding} was put right',
    '请验收或列明理由退回',
    'Accept it, or return it with reasons',
  ],
  auditRectificationAccepted: [
    '第 {finding} 项整改已验收',
    'The rectification of finding {finding} was accepted',
    '该项办结',
    'Nothing is left to do on it',
  ],
  auditRectificationReturned: [
    '第 {finding} 项整改已退回[，理由代码 {reasonCodes}]',
    'The rectification of finding {finding} was returned[, reason codes {reasonCodes}]',
    '请重新整改，期限重新起算',
    'Put it right anew; its limit begins again',
  ],
  auditEscalated: [
    '第 {finding} 项发现（{grade}）逾期未整改[，期限至 {lastDay}]',
    'Finding {finding} ({grade}) was not put right in time[; its last day was {lastDay}]',
    '已上报；仍须整改',
    'It went up, and is still to be done',
  ],
  auditEscalatedUp: [
    '被评估单位 {responsible} 的第 {finding} 项发现（{grade}）逾期未整改[，期限至 {lastDay}]',
    'Finding {finding} ({grade}) of {responsible} was not put right in time[; its last day was {lastDay}]',
    '请督促整改',
    'See that it is done',
  ],
  auditClosed: [
    '{audit} 已办结，发现 {findings} 项，逾期 {overdue} 项',
    'The {audit} was closed: findings {findings}, overdue {overdue}',
    '无须办理',
    'Nothing to do',
  ],
};
