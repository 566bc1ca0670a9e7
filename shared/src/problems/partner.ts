import { problemRows } from './row.ts';

/** Refusals about the operator's partners (M1). */
export const partnerProblems = problemRows({
  partnersNotInPack: {
    status: 409,
    title: { zh: '本地规则未规定合伙人备案', en: 'The rules here know no filing of partners' },
  },
  partnerUnknown: {
    status: 422,
    title: { zh: '合伙人主体未登记', en: 'The partner’s body is not registered' },
    detail: { zh: '请先登记该主体。', en: 'Register the body first; it is not the operator itself.' },
  },
  partnerStands: {
    status: 409,
    title: { zh: '该合伙人已在册', en: 'This partner is on the register already' },
  },
  partnerIncomplete: {
    status: 422,
    title: { zh: '合伙人条件或备案内容不全', en: 'Conditions or contents of the filing are missing' },
    detail: {
      zh: '六组条件须逐组符合并有佐证，备案内容须齐全；所列各项尚缺。',
      en: 'Each of the six groups is met, with evidence, and the contents are whole; those named are missing.',
    },
  },
  partnerStepNotReached: {
    status: 409,
    title: { zh: '合伙人当前状态不能作此办理', en: 'The partner does not stand at this step' },
    detail: { zh: '当前状态：{state}。', en: 'It is {state}.' },
  },
});
