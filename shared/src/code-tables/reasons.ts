import { codeTable } from './define.ts';

/** Reasons of open lists in the words that the product offers; bodies may give others, which stay as they are. */
export const reasonTables = {
  commonReasons: codeTable('常用理由', 'Common reasons', {
    scopeTooWide: ['申请范围超出用途', 'The scope is wider than the purpose'],
    purposeUnclear: ['用途不明确', 'The purpose is unclear'],
    notNecessary: ['超出必要限度', 'More than is necessary'],
    securityInsufficient: ['安全防护措施不足', 'Security is not sufficient'],
    materialIncomplete: ['材料不全', 'Material is incomplete'],
    materialUntrue: ['材料不实', 'Material is untrue'],
    basisMissing: ['缺少依据', 'A basis is missing'],
    personalDataUnprotected: ['个人信息保护不足', 'Personal information is not protected'],
    tradeSecretsConcerned: ['涉及商业秘密', 'Trade secrets are concerned'],
    otherReason: ['其他', 'Other'],
  }),
  orderGrounds: codeTable('暂停令的事由', 'What an order that suspends rests on', {
    securityIncident: ['安全事件', 'An incident'],
    evidenceExpired: ['平台合规证明到期', 'Evidence that expired'],
  }),
  selectionFailures: codeTable('遴选未成事由', 'Why a selection failed', {
    tooFewValidBids: ['有效投标不足', 'Too few valid bids'],
    negotiationFailed: ['谈判未达成一致', 'Negotiation came to nothing'],
    objectionUpheld: ['异议成立', 'An objection was upheld'],
    panelTooSmall: ['评审专家人数不足', 'Too few on the panel'],
    notFeasible: ['可行性论证未通过', 'Not found feasible'],
  }),
  conflictSources: codeTable('回避情形来源', 'How a conflict became known', {
    declared: ['专家申报', 'Declared'],
    ownership: ['股权控制关系', 'By ownership'],
  }),
};
