import { problemRows } from './row.ts';

/** Refusals that rest on the policy packs. */
export const policyProblems = problemRows({
  jurisdictionUnknown: {
    status: 404,
    title: { zh: '没有该地区的规则包', en: 'No policy pack of that jurisdiction' },
  },
  policyNotYetInForce: {
    status: 409,
    title: { zh: '该地区的规则尚未施行', en: 'The instrument is not yet in force' },
    detail: { zh: '自 {from} 起施行，此前不予收件。', en: 'In force from {from}; no case is opened before.' },
  },
  policyExpired: {
    status: 409,
    title: { zh: '该地区的规则有效期已满', en: 'The instrument has expired' },
    detail: {
      zh: '有效期至 {until}；在办件按原规则办结，不再收新件。',
      en: 'In force until {until}: open cases finish under it, no new one is opened.',
    },
  },
});
