import type { DifferingTurn } from '../packs/dry-run.ts';
import type { ClockUnit, CorrectionEffect, Silence } from '../clock/ledger.ts';
import type { Force } from '../packs/schema.ts';
import type { z } from 'zod';
import type { CheckField } from '../packs/values.ts';
import type { PeriodUnit } from '../procedure/explain.ts';
import { codeTable } from './define.ts';

/** Fields of a check, with their words. */
export const checkFieldWords = {
  dataSecurity: ['数据安全', 'Data security'],
  networkSecurity: ['网络安全', 'Network security'],
  personalInformation: ['个人信息', 'Personal information'],
  tradeSecrets: ['商业秘密', 'Trade secrets'],
  catalog: ['授权运营目录', 'The catalog'],
  securityRules: ['安全规定', 'Security rules'],
  basicRequirements: ['基本要求', 'Basic requirements'],
  technicalRequirements: ['技术要求', 'Technical requirements'],
  financialRequirements: ['财务要求', 'Financial requirements'],
  securityRequirements: ['安全要求', 'Security requirements'],
  scenarioRequirements: ['场景要求', 'Scenario requirements'],
  otherRequirements: ['其他要求', 'Other requirements'],
} as const satisfies Record<z.infer<typeof CheckField>, readonly [string, string]>;

/** Policy packs, clocks and calendars. */
export const lawTables = {
  dryRunDifferences: codeTable<DifferingTurn['differs'][number]>(
    '试算差异',
    'What another pack would have judged otherwise',
    {
      deadline: ['截止日不同', 'The deadline'],
      silence: ['默示结果不同', 'What silence did'],
      outcome: ['结果不同', 'The outcome'],
      acts: ['有的办理不再计入', 'Which acts counted'],
    },
  ),
  forces: codeTable<Force>('规则效力', 'Force of a rule', {
    must: ['应当', 'Must: enforced'],
    may: ['可以', 'May: possible'],
    says: ['载明', 'Says: cited and served'],
  }),
  policyStatuses: codeTable('文件状态', 'Status of an instrument', {
    draft: ['征求意见稿', 'Draft'],
    inForce: ['现行有效', 'In force'],
  }),
  policyDifferences: codeTable('规则差异', 'Differences of two rules', {
    value: ['取值不同', 'The value'],
    basis: ['依据不同', 'The basis'],
  }),
  silence: codeTable<Silence>('逾期效果', 'What silence does', {
    consent: ['视为同意', 'Consent'],
    overdue: ['逾期，仍须办理', 'Overdue, still to be done'],
    refusal: ['视为不同意', 'Refusal'],
  }),
  corrections: codeTable<CorrectionEffect>('补正对期限的影响', 'What a correction does to the clock', {
    resume: ['扣除补正时间后续算', 'Goes on where it stood'],
    restart: ['重新起算', 'Begins anew'],
  }),
  clockUnits: codeTable<ClockUnit>('期限单位', 'Units of a limit', {
    workingDays: ['工作日', 'Working days'],
    calendarDays: ['自然日', 'Calendar days'],
  }),
  periodUnits: codeTable<PeriodUnit>('办理期限单位', 'Units of a period of handling', {
    workingDays: ['工作日', 'Working days'],
    calendarDays: ['自然日', 'Calendar days'],
    hours: ['小时', 'Hours'],
  }),
  checkFields: codeTable<z.infer<typeof CheckField>>('核查内容', 'Fields of a check', checkFieldWords),
  dayReasons: codeTable('逐日计算说明', 'Why a day counts or does not', {
    workday: ['工作日', 'Working day'],
    workingWeekend: ['调休上班', 'Working weekend day'],
    weekend: ['周末', 'Weekend'],
    holiday: ['法定节假日', 'Statutory holiday'],
    changed: ['地方调整', 'Changed locally'],
    yearNotPublished: ['该年安排尚未公布', 'The year is not published'],
    calendarDay: ['自然日', 'Calendar day'],
    nextWorkingDay: ['顺延至下一工作日', 'Moved to the next working day'],
    keptOpen: ['保留办理', 'Kept open'],
    returnDay: ['退回当日', 'Day of the return'],
    paused: ['补正期间', 'Out for correction'],
    resubmissionDay: ['补正提交当日', 'Day of the resubmission'],
    discarded: ['重新起算前，不计', 'Before a restart'],
  }),
  dayChanges: codeTable('日期调整为', 'What a day is changed to', {
    workday: ['工作日', 'Working day'],
    holiday: ['休息日', 'Rest day'],
  }),
  norms: codeTable('规范', 'Norms (M2)', {
    catalogTechnicalStandard: ['目录技术标准', 'Technical standard of the catalog'],
    onboardingNorm: ['数商进驻规范', 'Onboarding norm'],
    standardAgreement: ['格式协议', 'Standard agreement'],
    applicationCheckNorm: ['使用申请核查规范', 'Use-application check norm'],
    egressCheckNorm: ['出域核查规范', 'Egress check norm'],
    platformNorms: ['平台规范', 'Platform norms'],
    managementRules: ['管理制度', 'Management rules'],
    reviewNorm: ['审核规范', 'Review norm'],
  }),
  normWays: codeTable('规范办理方式', 'How a norm comes to stand', {
    approved: ['经主管部门审定', 'Approved by the authority'],
    deposited: ['向主管部门备案', 'Deposited with it'],
    issued: ['由主管部门印发', 'Issued by it'],
  }),
  normStates: codeTable('规范状态', 'States of a norm', {
    submitted: ['已报送', 'Submitted'],
    approved: ['已审定', 'Approved'],
    refused: ['未通过', 'Refused'],
    deposited: ['已备案', 'Deposited'],
    issued: ['已印发', 'Issued'],
    replaced: ['已被替代', 'Replaced'],
  }),
};
