/** Events. Channels that stood before (O11). */
import { z } from 'zod';
import { Code, caseEvent, Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

const base = { channel: Id, department: Id, kind: Code, at: Instant, ...restsOn };
const e = <S extends Parameters<typeof caseEvent>[3]>(zh: string, en: string, shape: S) =>
  caseEvent('registry', zh, en, shape);

export const supplyChannelEvents = {
  'supplyChannel.registered.v1': e('既有供数渠道已登记', 'An existing channel was registered', {
    ...base,
    since: DateOn,
    resources: Count,
    ground: Hash,
    approval: Hash.nullable(),
  }),
  'supplyChannel.assessed.v1': e('供数渠道已评估', 'A party assessed a channel', {
    ...base,
    assessor: Id,
    notMet: z.array(Code).max(20),
    complete: z.boolean(),
  }),
  'supplyChannel.merged.v1': e('供数渠道已并入平台', 'A channel was merged into the platform', {
    ...base,
    on: DateOn,
  }),
  'supplyChannel.closed.v1': e('供数渠道已关闭', 'A channel was closed, with reasons', {
    ...base,
    on: DateOn,
    reasonCodes: z.array(Code).max(50),
  }),
};
