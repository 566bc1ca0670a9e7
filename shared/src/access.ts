/** What the platform may be told when it asks whether it may serve data under a grant (A8, D1, D2). */
import type { Texts } from './problems/row.ts';

/** Why an access is refused. A refusal is an answer, traced like a permission. */
export const accessRefusals = {
  atTooFar: {
    zh: '所报时间与法定时间相差超过五分钟',
    en: 'The time stated is over five minutes from the law’s',
  },
  grantNotStarted: { zh: '使用授权尚未生效', en: 'The grant has not begun' },
  grantExpired: { zh: '使用授权已到期', en: 'The grant has expired' },
  grantSuspended: { zh: '使用授权已暂停', en: 'The grant is suspended' },
  grantEnded: { zh: '使用授权已终止', en: 'The grant has ended' },
  merchantSuspended: { zh: '数商已被暂停', en: 'The merchant is suspended' },
  merchantExited: { zh: '数商已退出', en: 'The merchant has exited' },
  purposeBeyondGrant: { zh: '超出授权用途', en: 'Beyond the purpose granted' },
  fieldBeyondGrant: { zh: '超出授权数据范围', en: 'Beyond the data granted' },
  fieldMasked: { zh: '信息项已被屏蔽', en: 'A field is masked by the grant’s conditions' },
  rawNotVisible: {
    zh: '原始数据对数据加工人员不可见',
    en: 'Raw data are not shown to a person who processes them',
  },
  supplyMissing: { zh: '数据未向平台供应', en: 'The data are not supplied to the platform' },
  supplySuspended: { zh: '供数已暂停', en: 'The supply is suspended' },
} as const satisfies Record<string, Texts>;

export type AccessRefusal = keyof typeof accessRefusals;
export const accessRefusalCodes = Object.keys(accessRefusals) as readonly AccessRefusal[];

/** Further than this from the law's now, the time a question states is not believed. */
export const statedTimeTolerance = 5 * 60_000;
