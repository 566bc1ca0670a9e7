/** Events of merchants: enrolled, suspended, restored, exited. */
import { z } from 'zod';
import { Code, caseEvent, Id, Instant, restsOn } from './define.ts';

const base = { merchant: Id, at: Instant, ...restsOn };
const reasoned = { ...base, reasonCodes: Code.array().max(50) };

export const merchantEvents = {
  'merchant.enrolled.v1': caseEvent('registry', '数商已注册', 'A merchant was enrolled', {
    ...base,
    caseNo: Id.nullable(),
    /** Enrolled on paper before: `at` is the paper's day. */
    broughtIn: z.literal(true).optional(),
  }),
  'merchant.suspended.v1': caseEvent('registry', '数商已暂停', 'A merchant was suspended', reasoned),
  'merchant.restored.v1': caseEvent('registry', '数商已恢复', 'A merchant was restored', reasoned),
  'merchant.exited.v1': caseEvent('registry', '数商已退出', 'A merchant exited', reasoned),
};
