/** Events. Ownership and control links between parties (O3, O10). */
import { Code, caseEvent, DateOn, Hash, Id, Instant } from './define.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);
const link = { link: Id, owner: Id, owned: Id, kind: Code, document: Hash, from: DateOn, at: Instant };

export const ownershipEvents = {
  'ownership.recorded.v1': e('登记股权或控制关系', 'An ownership link was recorded', link),
  'ownership.confirmed.v1': e(
    '复核股权或控制关系',
    'An ownership link was confirmed by a second account',
    link,
  ),
  'ownership.struck.v1': e('注销股权或控制关系', 'An ownership link was struck out', {
    ...link,
    reasonCode: Code,
  }),
  'ownership.ended.v1': e('股权或控制关系终止', 'An ownership link ended', { ...link, until: DateOn }),
};
