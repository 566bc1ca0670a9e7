import { z } from 'zod';
import { Code, Count, Hash, Id, caseEvent, restsOn } from './define.ts';

const base = { partner: Id, operator: Id, organisation: Id, version: Count.min(1), ...restsOn };
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);

/** Events of the operator's partners (M1, Shuozhou 四, 六（二）): words by their hash. */
export const partnerEvents = {
  'partner.registered.v1': c('合伙人已登记', 'A partner was registered', { ...base, contentHash: Hash }),
  'partner.revised.v1': c('合伙人材料已修改', 'A partner’s material was changed', {
    ...base,
    contentHash: Hash,
  }),
  'partner.filed.v1': c('合伙人已报备案', 'A partner was filed', { ...base, contentHash: Hash }),
  'partner.noted.v1': c('合伙人备案已收悉', 'The bureau took note of a partner', base),
  'partner.returned.v1': c('合伙人备案退回', 'The filing of a partner was returned', {
    ...base,
    reasonCodes: z.array(Code).max(50),
  }),
  'partner.ended.v1': c('合伙人合作终止', 'A partnership ended', {
    ...base,
    reasonCodes: z.array(Code).max(50),
  }),
};
