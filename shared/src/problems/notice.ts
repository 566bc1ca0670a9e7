import { problemRows } from './row.ts';

/** Refusals about notices and their channels. */
export const noticeProblems = problemRows({
  channelTargetRefused: {
    status: 422,
    title: { zh: '不能作为送达地址', en: 'This address takes no notices' },
    detail: {
      zh: '邮件须为有效邮箱；webhook 须为不含账号的 http(s) 地址，正式环境只用 https，且不得指向本机。',
      en: 'Mail needs a mail address; a webhook an http(s) address without credentials, in production https alone and not this machine.',
    },
  },
  channelOwnerUnknown: {
    status: 409,
    title: { zh: '单位未登记', en: 'The body is not registered' },
    detail: {
      zh: '请先由主管部门登记该单位（POST /v1/parties/imports），再开通送达渠道。',
      en: 'The bureau registers it first (POST /v1/parties/imports); then its channels are opened.',
    },
  },
  channelsTooMany: {
    status: 409,
    title: { zh: '送达渠道已达上限', en: 'The body has as many channels as it may' },
    detail: { zh: '每个单位至多 {most} 个；请先关闭不用的渠道。', en: 'At most {most}; close one first.' },
  },
  channelClosed: {
    status: 409,
    title: { zh: '送达渠道已关闭', en: 'The channel is closed' },
    detail: { zh: '请另行开通渠道。', en: 'Open another.' },
  },
  channelNotWebhook: {
    status: 409,
    title: { zh: '仅 webhook 可以补发', en: 'Only a webhook is replayed' },
    detail: {
      zh: '邮件渠道未送达的，请主管部门逐件重新送达。',
      en: 'For mail, the bureau has single notices delivered again.',
    },
  },
});
