import { problemRows } from './row.ts';

/** Refusals about people, absences and parties that change. */
export const personProblems = problemRows({
  personDiffers: {
    status: 409,
    title: { zh: '人员已登记，内容不同', en: 'A person of this account stands with other content' },
    detail: { zh: '更改已登记的人员请用修改。', en: 'Edit the person’s entry to change it.' },
  },
  organisationUnknown: {
    status: 422,
    title: { zh: '单位未登记', en: 'The body is not registered' },
    detail: {
      zh: '先登记单位，再登记其处室和人员。',
      en: 'Register the body before its offices and people.',
    },
  },
  officeUnknown: {
    status: 422,
    title: { zh: '处室未登记或不属于该单位', en: 'The office is unknown, or another body’s' },
  },
  substituteUnknown: {
    status: 422,
    title: { zh: '代办人未登记', en: 'The substitute is not registered' },
    detail: {
      zh: '先将代办人登记为本单位人员。',
      en: 'Register the substitute as one of the body’s people first.',
    },
  },
  substituteIsSame: {
    status: 422,
    title: { zh: '不能由本人代办', en: 'Nobody stands in for himself' },
  },
  substituteIsApplicant: {
    status: 422,
    title: { zh: '申请方人员不得代办', en: 'Someone of an applicant’s side cannot stand in' },
    detail: {
      zh: '数商的人员不得代受理、核查、审核单位办理；请指定本单位其他人员。',
      en: 'A merchant’s person cannot stand in for a body that decides; name another of its own people.',
    },
  },
  substituteOutside: {
    status: 422,
    title: { zh: '代办人不是本单位人员', en: 'The substitute is another body’s' },
    detail: { zh: '请指定本单位人员代办。', en: 'Name one of the body’s own people.' },
  },
  substituteAbsent: {
    status: 409,
    title: { zh: '代办人在此期间不在岗', en: 'The substitute is away in that time' },
    detail: {
      zh: '代办不再转代；请指定在岗人员，或先撤销其不在岗登记。',
      en: 'No chains: name somebody who is there, or cancel that absence first.',
    },
  },
  standsIn: {
    status: 409,
    title: { zh: '此人在此期间正代他人办理', en: 'This person stands in for another in that time' },
    detail: {
      zh: '代办不再转代；请先为被代办人改派代办人。',
      en: 'No chains: give the other person a new substitute first.',
    },
  },
  absenceOverlaps: {
    status: 409,
    title: { zh: '与已登记的不在岗时间重叠', en: 'It overlaps an absence on record' },
    detail: { zh: '请先撤销原登记。', en: 'Cancel that one first.' },
  },
  absencePast: {
    status: 422,
    title: { zh: '不在岗时间已过', en: 'The absence lies in the past' },
  },
  absenceOrder: {
    status: 422,
    title: { zh: '结束日期早于开始日期，或超过一年', en: 'It ends before it begins, or lasts over a year' },
  },
  absenceCancelled: {
    status: 409,
    title: { zh: '该不在岗登记已撤销', en: 'This absence was cancelled already' },
  },
  actorIsApplicant: {
    status: 403,
    title: { zh: '申请人不得办理自己的申请', en: 'An applicant does not handle his own case' },
    detail: {
      zh: '此事项由同一账号或同一单位提出，请由该单位其他人员办理。',
      en: 'The case is this account’s or this body’s own; somebody else of the body handles it.',
    },
  },
  assigneeUnknown: {
    status: 422,
    title: { zh: '承办人账号不符', en: 'Not an account that the turn can be given to' },
    detail: {
      zh: '申请人一方的账号不得承办此事项。',
      en: 'An account of the applicant’s side cannot be given this turn.',
    },
  },
  personUnknown: {
    status: 422,
    title: { zh: '人员未登记', en: 'The person is not registered' },
    detail: {
      zh: '先将此账号登记为承办单位人员，再行指派。',
      en: 'Register the account as one of the body’s people first, then give it the turn.',
    },
  },
  personOfAnotherBody: {
    status: 422,
    title: { zh: '不是承办单位人员', en: 'The person is another body’s' },
    detail: { zh: '请指派承办单位自己的人员。', en: 'Name one of the people of the body whose turn it is.' },
  },
  successorUnfit: {
    status: 422,
    title: { zh: '不能由该主体承继', en: 'This body cannot succeed' },
    detail: {
      zh: '承继单位须为同城同类、未被撤并的另一主体；数商不承继，须自行进驻。',
      en: 'A successor is another standing body of the same kind and city; merchants are onboarded on their own.',
    },
  },
  partySucceeded: {
    status: 403,
    title: { zh: '该单位已撤并', en: 'The body has gone into its successor' },
    detail: { zh: '请由承继单位 {successor} 办理。', en: 'Its successor {successor} acts now.' },
  },
  bodyJustSucceeded: {
    status: 409,
    title: { zh: '经办单位刚刚撤并', en: 'A body of the case has just gone into another' },
    detail: {
      zh: '本次未收件；请换新的 Idempotency-Key 重新提交，将由承继单位办理。',
      en: 'Nothing was taken in; send it again under a new Idempotency-Key, and the successor handles it.',
    },
  },
  changeAhead: {
    status: 422,
    title: { zh: '生效日期不得晚于今日', en: 'The change must hold by today' },
    detail: { zh: '更名、撤并自生效之日起登记。', en: 'Record it on the day it takes effect, or after.' },
  },
});
