import { problemRows } from './row.ts';

/** Refusals about agreements, grants and accesses. */
export const grantProblems = problemRows({
  notApproved: {
    status: 409,
    title: { zh: '申请尚未获同意', en: 'The application is not approved' },
    detail: {
      zh: '使用申请经同意（含视为同意）后方可订立协议。',
      en: 'An agreement follows an application that was approved, or deemed so.',
    },
  },
  agreementItemMissing: {
    status: 422,
    title: { zh: '格式协议内容不完整', en: 'The agreement lacks an item' },
    detail: { zh: '缺少的内容已逐项列出。', en: 'Every item that is missing is listed.' },
  },
  agreementTermOutside: {
    status: 422,
    title: { zh: '协议期限超出获准的期限', en: 'The term lies outside what was approved' },
    detail: {
      zh: '期限须在 {from} 至 {until} 之间，并尚未届满。',
      en: 'The term lies between {from} and {until} and has not ended.',
    },
  },
  agreementFieldUnknown: {
    status: 422,
    title: { zh: '资源或字段不在申请范围内', en: 'A resource or field is not of the application' },
  },
  agreementFieldMasked: {
    status: 422,
    title: { zh: '审核条件要求隐去该字段', en: 'A reviewer’s condition masks this field' },
    detail: {
      zh: '审核同意所附条件隐去的字段不得列入协议。',
      en: 'A field that an approval masks cannot stand in the agreement.',
    },
  },
  agreementScopeEmpty: {
    status: 422,
    title: { zh: '没有可以使用的字段', en: 'No field is left to be used' },
  },
  agreementSigned: {
    status: 409,
    title: { zh: '协议已经签署生效', en: 'The agreement is signed by both' },
    detail: {
      zh: '每次使用签订一份协议；如需变更或续期，请提出变更或续期申请。',
      en: 'One agreement a use; to change or prolong it, apply for an amendment or a renewal.',
    },
  },
  agreementReplaced: {
    status: 409,
    title: { zh: '协议文本已被新的文本替代', en: 'A newer text has replaced this agreement' },
  },
  agreementHashDiffers: {
    status: 409,
    title: { zh: '签署的不是这份文本', en: 'The hash signed is not that of this agreement' },
    detail: { zh: '请重新读取协议文本并核对校验值。', en: 'Read the text again and compare its hash.' },
  },
  agreementAltered: {
    status: 409,
    title: { zh: '协议文本与校验值不符', en: 'The agreement’s text no longer has its hash' },
    detail: {
      zh: '文本在拟定之后有改动，不能签署；请重新拟定。',
      en: 'The text was changed after it was rendered and cannot be signed; render it anew.',
    },
  },
  agreementSignedAlready: {
    status: 409,
    title: { zh: '本方已经签署', en: 'This party has signed' },
  },
  grantEnded: {
    status: 409,
    title: { zh: '使用授权已经终止', en: 'The grant has ended' },
    detail: { zh: '该授权已终止（{endKind}）。', en: 'The grant has ended ({endKind}).' },
  },
  grantNotSuspended: {
    status: 409,
    title: { zh: '没有可以解除的暂停', en: 'No suspension can be lifted here' },
    detail: {
      zh: '因数商被暂停而暂停的授权，随数商恢复而恢复；主管部门责令的暂停由主管部门解除。',
      en: 'A suspension of the merchant is lifted with the merchant’s; one the bureau directed, by the bureau.',
    },
  },
  grantBeingChanged: {
    status: 409,
    title: { zh: '该授权已有在办的变更或续期申请', en: 'An amendment or renewal of this grant is open' },
    detail: { zh: '在办案件：{caseNo}。', en: 'The open case: {caseNo}.' },
  },
  grantRenewedAlready: {
    status: 409,
    title: { zh: '该授权已经续期', en: 'The grant has been renewed' },
  },
  resourceNotInGrant: {
    status: 422,
    title: {
      zh: '所列资源不属于该授权中由本单位审核的部分',
      en: 'A resource is not of this grant, or not yours',
    },
  },
  overreachDecided: {
    status: 409,
    title: { zh: '该报告已经处理', en: 'This report was decided' },
  },
});
