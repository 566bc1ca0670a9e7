import { problemRows } from './row.ts';

/** Refusals about supply to the platform (D1). */
export const supplyProblems = problemRows({
  notAuthorised: {
    status: 422,
    title: { zh: '未经授权不得供数', en: 'No supply before authorisation' },
    detail: {
      zh: '须载明授权文件的文号、日期和文件；授权日期不得晚于今日（{today}），也不得晚于供数首日。',
      en: 'Name the authorisation’s number, date and document; it is dated no later than today ({today}) and than the first day of supply.',
    },
  },
  resourceNotSuppliable: {
    status: 409,
    title: { zh: '该目录条目现不可供数', en: 'This entry may not be supplied now' },
    detail: {
      zh: '条目现为 {state}；公开或登记后方可供数。',
      en: 'It is {state}; only public or registered entries are supplied.',
    },
  },
  supplyFieldUnknown: {
    status: 422,
    title: { zh: '信息项不在目录条目或供数范围之内', en: 'A field is not the entry’s, or not supplied' },
  },
  fieldUngraded: {
    status: 422,
    title: { zh: '信息项尚未分级', en: 'A field is not graded yet' },
    detail: { zh: '请先为所列信息项定级。', en: 'Grade the fields named first.' },
  },
  fieldNotTreated: {
    status: 422,
    title: { zh: '受保护的信息项未作处理', en: 'A protected field is not treated' },
    detail: {
      zh: '个人信息、商业秘密须脱敏脱密，或经数据主体依法授权并有文件在案；所列信息项尚缺。',
      en: 'Personal information and trade secrets are desensitised, or authorised by their subjects with the document on record; the fields named lack it.',
    },
  },
  supplyTermWrong: {
    status: 422,
    title: { zh: '供数期间不成立', en: 'The term of supply does not hold' },
    detail: {
      zh: '末日不得早于首日，也不得早于今日（{today}）。',
      en: 'The last day is not before the first, nor before today ({today}).',
    },
  },
  supplyOverlaps: {
    status: 409,
    title: { zh: '所列信息项在此期间已有供数', en: 'These fields are supplied in that time already' },
    detail: {
      zh: '同一信息项同一时间只有一项供数，暂停才能即时生效；已有 {supply}。',
      en: 'A field has one supply at a time, so that its suspension holds; there is {supply}.',
    },
  },
  supplySuspended: {
    status: 409,
    title: { zh: '供数已暂停', en: 'The supply is suspended already' },
    detail: { zh: '整改后请办理恢复。', en: 'Restore it once rectified.' },
  },
  supplyNotSuspended: {
    status: 409,
    title: { zh: '供数未暂停', en: 'The supply is not suspended' },
  },
  supplyEnded: {
    status: 409,
    title: { zh: '供数已终止', en: 'The supply has ended' },
    detail: { zh: '如需继续，请另行登记供数。', en: 'Record a new supply to go on.' },
  },
  supplySuspensionNotForeseen: {
    status: 409,
    title: { zh: '本地规则未规定暂停供数', en: 'The rules here know no suspension of supply' },
    detail: { zh: '如有风险，请终止供数。', en: 'End the supply where there is a risk.' },
  },
  supplySuspensionByOther: {
    status: 403,
    title: { zh: '暂停、恢复供数不由本单位办理', en: 'Suspending and restoring is another body’s' },
    detail: { zh: '由 {by} 办理。', en: 'It is for {by}.' },
  },
});
