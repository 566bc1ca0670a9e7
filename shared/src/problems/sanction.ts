import { problemRows } from './row.ts';

/** Refusals of sanctions (X1). */
export const sanctionProblems = problemRows({
  measureNotInPack: {
    status: 422,
    title: { zh: '本地规定没有该惩戒措施', en: 'The rules here know no such measure' },
    detail: { zh: '措施：{measure}。', en: 'Measure: {measure}.' },
  },
  measureNotOnGround: {
    status: 422,
    title: {
      zh: '依本地规定，所列事由不得采取该惩戒措施',
      en: 'The rules here take no such measure on these grounds',
    },
    detail: { zh: '措施：{measure}；事由：{grounds}。', en: 'Measure: {measure}; grounds: {grounds}.' },
  },
  measureTwice: { status: 422, title: { zh: '惩戒措施重复', en: 'A measure is named twice' } },
  measureNotStanding: {
    status: 409,
    title: { zh: '没有该项执行中的措施', en: 'No such measure stands' },
    detail: { zh: '措施：{measure}。', en: 'Measure: {measure}.' },
  },
  suspensionTermMissing: {
    status: 422,
    title: { zh: '暂停须定期限', en: 'A suspension needs a term' },
    detail: { zh: '最长 {months} 个月。', en: 'At most {months} months.' },
  },
  suspensionWithoutTerm: {
    status: 422,
    title: { zh: '依本地规定，暂停不定期限', en: 'A suspension has no term under the rules here' },
    detail: {
      zh: '问题整改完成后以解除决定恢复；请不填月数。',
      en: 'It stands until what was found is put right and it is lifted; leave the months out.',
    },
  },
  suspensionTooLong: {
    status: 422,
    title: { zh: '暂停期限过长', en: 'The suspension is too long' },
    detail: { zh: '最长 {months} 个月。', en: 'At most {months} months.' },
  },
  sanctionGroundNotInPack: {
    status: 422,
    title: { zh: '本地规定没有该惩戒事由', en: 'The rules here know no such ground' },
    detail: { zh: '事由：{ground}。', en: 'Ground: {ground}.' },
  },
  sanctionCaseUnknown: {
    status: 422,
    title: { zh: '事由所引案件不是本市案件', en: 'A ground names a case that is not of this city' },
  },
  sanctionTargetNotInPack: {
    status: 422,
    title: { zh: '本地规定不对此类单位惩戒', en: 'The rules here take no measure against such a body' },
    detail: { zh: '单位类别：{kind}。', en: 'Kind of body: {kind}.' },
  },
  reviewNotAsked: { status: 409, title: { zh: '没有待决定的复核', en: 'No review waits' } },
  reviewDecidedBefore: {
    status: 409,
    title: { zh: '已复核', en: 'It was reviewed before' },
    detail: {
      zh: '复核以一次为限；行政复议、行政诉讼不受影响。',
      en: 'There is one review; administrative reconsideration and suit are open still.',
    },
  },
  reviewDaysPassed: {
    status: 409,
    title: { zh: '申请复核期限已过', en: 'The days to ask for a review have passed' },
    detail: {
      zh: '应在决定后 {days} 个工作日内申请；行政复议、行政诉讼不受影响。',
      en: 'It is asked for within {days} working days of the decision; reconsideration and suit are open still.',
    },
  },
  sanctionReviewByDecider: {
    status: 403,
    title: {
      zh: '复核须由原决定人以外的人员作出',
      en: 'A review is decided by another person than who decided the sanction',
    },
    detail: {
      zh: '请由本单位另一账号作出复核决定。',
      en: 'Another account of the body decides it.',
    },
  },
  reviewAskedBefore: { status: 409, title: { zh: '已申请复核', en: 'A review was asked for before' } },
});
