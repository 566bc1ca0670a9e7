import { problemRows } from './row.ts';

/** Refusals of the register of evidence with expiry (X4). */
export const evidenceProblems = problemRows({
  evidenceKindUnknown: {
    status: 422,
    title: { zh: '本地规则未要求此类证明', en: 'The pack asks for no evidence of this kind' },
    detail: { zh: '可报送的类别：{kinds}。', en: 'It asks for: {kinds}.' },
  },
  evidenceDatesUnsound: {
    status: 422,
    title: { zh: '证明的日期不成立', en: 'The dates of the evidence do not hold together' },
    detail: {
      zh: '签发日不晚于 {today}，有效期首日不早于签发日，末日不早于首日。',
      en: 'Issued no later than {today}, valid no earlier than issued, its last day no earlier than its first.',
    },
  },
  evidenceExpiredAlready: {
    status: 422,
    title: { zh: '证明已过有效期', en: 'The evidence has expired already' },
    detail: {
      zh: '有效期至 {until}；请报送有效的证明。',
      en: 'It held until {until}; submit evidence that is valid.',
    },
  },
  evidenceWaiting: {
    status: 409,
    title: { zh: '同类证明正待答复', en: 'Evidence of this kind waits for its answer' },
    detail: { zh: '{evidence} 确认或退回后可再报送。', en: 'Submit another when {evidence} was answered.' },
  },
  evidenceDecided: {
    status: 409,
    title: { zh: '该证明已答复', en: 'The evidence was answered already' },
    detail: { zh: '每份证明只答复一次；可报送新的证明。', en: 'Each is answered once; submit new evidence.' },
  },
});
