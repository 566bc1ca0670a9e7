import type { OperatorSelectionRules, SelectionMode } from '../packs/topics/operator-selection.ts';
import type { BidderEvidence } from '../selection/conditions.ts';
import type { Objection, SelectionAct } from '../selection/types.ts';
import { codeTable } from './define.ts';

type Act<K extends SelectionAct['kind']> = Extract<SelectionAct, { kind: K }>;
type Item = OperatorSelectionRules['announcementContents'][number];

/** Selection of the operator: modes, announcement, examination, negotiation, objections (O1–O4). */
export const selectionTables = {
  selectionModes: codeTable<SelectionMode>('遴选方式', 'Modes of selection', {
    openTender: ['公开招标', 'Open tender'],
    invitedTender: ['邀请招标', 'Invited tender'],
    negotiation: ['谈判', 'Negotiation'],
    openCall: ['公告申报', 'Open call'],
  }),
  announcementItems: codeTable<Item>('遴选公告内容', 'Items of an announcement', {
    mode: ['遴选方式', 'Mode of selection'],
    scope: ['授权范围', 'Scope'],
    conditions: ['选择条件', 'Conditions'],
    assessmentCriteria: ['评审标准', 'Criteria of assessment'],
    agreementTerms: ['协议主要条款', 'Main terms of the agreement'],
    other: ['其他事项', 'Other matters'],
  }),
  bidFindings: codeTable<BidderEvidence['findings'][string]>('资格审查结论', 'Findings on a condition', {
    met: ['符合', 'Met'],
    notMet: ['不符合', 'Not met'],
  }),
  negotiationOutcomes: codeTable<Act<'recordNegotiation'>['outcome']>('谈判结果', 'How negotiation ended', {
    agreed: ['达成一致', 'Agreed'],
    failed: ['未达成一致', 'Failed'],
  }),
  objectionStates: codeTable<Objection['state']>('异议状态', 'States of an objection', {
    open: ['待答复', 'Open'],
    rejected: ['不成立', 'Rejected'],
    upheld: ['成立', 'Upheld'],
  }),
  objectionConsequences: codeTable<NonNullable<Act<'answerObjection'>['then']>>(
    '异议成立的处理',
    'What an upheld objection does',
    {
      reassess: ['重新评审', 'Assessed again'],
      fail: ['遴选失败', 'The selection has failed'],
    },
  ),
};
