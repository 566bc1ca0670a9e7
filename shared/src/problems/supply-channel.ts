import { problemRows } from './row.ts';

/** Refusals. Channels that stood before (O11). */
export const supplyChannelProblems = problemRows({
  channelForbidden: {
    status: 409,
    title: {
      zh: '授权运营后不得另设供数渠道或自行签订运营协议',
      en: 'No channel or operating deal of one’s own beside the mandate',
    },
    detail: {
      zh: '数据通过统一平台提供；文本允许经政府批准的，请附批准文件。',
      en: 'Supply through the platform; where the text lets the government approve it, name the document of its approval.',
    },
  },
  channelsNotInPack: {
    status: 409,
    title: { zh: '本地未规定既有渠道的评估与整合', en: 'Here no text has channels assessed and merged' },
  },
  channelFindingsIncomplete: {
    status: 422,
    title: { zh: '须对每项标准各评估一次', en: 'Every criterion is to be assessed, once' },
    detail: { zh: '标准：{criteria}。', en: 'Criteria: {criteria}.' },
  },
  channelAssessedAlready: {
    status: 409,
    title: { zh: '本单位已评估该渠道', en: 'Your body has assessed this channel' },
  },
  channelNotAssessed: {
    status: 409,
    title: { zh: '各方尚未评估完毕', en: 'Not every party has assessed the channel' },
    detail: { zh: '待评估：{missing}。', en: 'Still to assess: {missing}.' },
  },
  channelUnfit: {
    status: 409,
    title: { zh: '有评估标准未达到，不能并入', en: 'A criterion is not met: it cannot be merged' },
    detail: {
      zh: '未达到：{criteria}。可关闭该渠道。',
      en: 'Not met: {criteria}. The channel may be closed.',
    },
  },
  channelEnded: {
    status: 409,
    title: { zh: '该渠道已并入或关闭', en: 'The channel is merged or closed already' },
  },
});
