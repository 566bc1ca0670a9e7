import { problemRows } from './row.ts';

/** Refusals about fingerprints (E1). */
export const fingerprintProblems = problemRows({
  fingerprintKeyOther: {
    status: 422,
    title: { zh: '指纹不是用本平台密钥制作的', en: 'The fingerprint was made with another key' },
    detail: {
      zh: '请用本平台的密钥重新制作；不同密钥的指纹不能比对。',
      en: 'Make it anew with this installation’s key: fingerprints of two keys cannot be compared.',
    },
  },
});
