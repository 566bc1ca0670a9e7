import { problemRows } from './row.ts';

/** Refusals about traces (D2, A9). */
export const traceProblems = problemRows({
  traceSubjectUnknown: {
    status: 422,
    title: { zh: '没有该授权或产品', en: 'There is no such grant or product' },
    detail: { zh: '请填写本单位办理的授权或产品编号。', en: 'Name a grant or product your body handles.' },
  },
  traceInFuture: {
    status: 422,
    title: { zh: '操作时间晚于当前时间', en: 'The act lies ahead of now' },
  },
  rawTransferRefused: {
    status: 409,
    title: { zh: '不得以原始或近似原始形式对外提供', en: 'Nothing is handed on in raw or near-raw form' },
    detail: {
      zh: '请改以经加工的形式提供；已经发生的，请按安全事件报告。',
      en: 'Hand on what is processed; what has happened is reported as an incident.',
    },
  },
  traceIncomplete: {
    status: 422,
    title: { zh: '留痕登记不完整', en: 'The entry lacks items' },
    detail: {
      zh: '流转须写明接收方与形式，销毁须附凭证。',
      en: 'A transfer names receiver and form, a destruction its evidence.',
    },
  },
});
