import { z } from 'zod';
import { Code, DateOn, Hash, Id, caseEvent, restsOn } from './define.ts';

const base = { socialData: Id, organisation: Id, ...restsOn };
const reasonCodes = z.array(Code).max(50);
const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);

/** Events of social data brought in (D3; Zhongwei art. 26, Wuhai 八（三）). */
export const socialDataEvents = {
  'socialData.submitted.v1': c('社会数据待审核批准', 'Social data wait for approval', {
    ...base,
    contentHash: Hash,
    conditions: z.array(Code).max(20),
  }),
  'socialData.broughtIn.v1': c('社会数据已接入', 'Social data were brought in', {
    ...base,
    contentHash: Hash,
    conditions: z.array(Code).max(20),
  }),
  'socialData.approved.v1': c('社会数据已批准导入', 'Social data were approved', base),
  'socialData.refused.v1': c('社会数据未获批准', 'Social data were refused', { ...base, reasonCodes }),
  'socialData.used.v1': c('社会数据已投入融合使用', 'Social data were put to use', {
    ...base,
    use: Id,
    subject: Id,
    usedOn: DateOn,
  }),
  'socialData.withdrawn.v1': c('社会数据已撤出', 'Social data were withdrawn', { ...base, reasonCodes }),
};
