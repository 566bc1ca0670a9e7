import { problemRows } from './row.ts';

/** Refusals about people who process data (D4). */
export const staffProblems = problemRows({
  identityNotVerified: {
    status: 409,
    title: { zh: '人员未经实名认证或认证已过期', en: 'The person’s identity is not verified' },
    detail: { zh: '请先办理实名认证。', en: 'Verify it first; one that has run out counts no more.' },
  },
  identityNumberWrong: {
    status: 422,
    title: { zh: '居民身份证号码不成立', en: 'This is no number of an identity card' },
  },
  staffNotFiled: {
    status: 409,
    title: { zh: '人员未备案', en: 'The person is not filed' },
    detail: { zh: '请先办理备案。', en: 'File the person first.' },
  },
  staffNotVetted: {
    status: 409,
    title: { zh: '人员未经审查、审查未通过或已过期', en: 'The person is not vetted' },
    detail: {
      zh: '请先办理审查。',
      en: 'Have the person vetted first; one that failed or has run out does not count.',
    },
  },
  confidentialityMissing: {
    status: 409,
    title: { zh: '人员未签订保密协议或协议已过期', en: 'No confidentiality agreement is signed' },
    detail: { zh: '请先签订保密协议。', en: 'Have it signed first.' },
  },
  staffLeft: {
    status: 409,
    title: { zh: '人员已离岗', en: 'The person has left' },
  },
  staffStands: {
    status: 409,
    title: { zh: '该账号已登记在册', en: 'The account is on the register already' },
  },
  staffDateWrong: {
    status: 422,
    title: { zh: '日期不成立', en: 'A date does not hold' },
    detail: {
      zh: '办理日期不得晚于今日（{today}），截止日期不得早于办理日期和今日。',
      en: 'What was done is dated no later than today ({today}); what ends does not end before it, nor before today.',
    },
  },
  staffNotAssigned: {
    status: 409,
    title: { zh: '人员未被指派处理该对象', en: 'The person is not assigned to it' },
    detail: {
      zh: '请先指派，再记录操作。',
      en: 'Assign the person first; acts are recorded under an assignment.',
    },
  },
  assignmentEnded: {
    status: 409,
    title: { zh: '指派已结束', en: 'The assignment has ended' },
  },
});
