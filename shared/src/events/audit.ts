/** Events of risk assessments and audits (X5): ids, codes, hashes, dates and counts. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

const of = { audit: Code, operator: Id };
const period = { ...of, from: DateOn, until: DateOn };
const finding = z.object({ no: Count.min(1), grade: Code, responsible: Id });
const one = { ...of, finding: Count.min(1), grade: Code, responsible: Id };
const late = z.boolean().describe('Whether a limit of the finding has passed');
const reasonCodes = Code.array().max(50);
const e = <S extends Parameters<typeof caseEvent>[3]>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...procedureBase, ...shape });

export const auditEvents = {
  'audit.opened.v1': e('风险评估与内控审计已启动', 'A risk assessment or audit was opened', {
    ...period,
    scheduled: z.boolean(),
  }),
  'audit.planned.v1': e('评估审计计划已制定', 'It was planned', {
    ...{ ...period, on: DateOn, document: Hash },
    participants: z.array(z.object({ organisation: Id, role: Code })).max(50),
  }),
  'audit.carriedOut.v1': e('评估审计已实施', 'It was carried out', {
    ...{ ...period, on: DateOn, document: Hash },
  }),
  'audit.found.v1': e('评估审计发现已提出', 'What was found was recorded', {
    ...{ ...period, findings: finding.array().max(50) },
    late: z.boolean(),
  }),
  'audit.replied.v1': e('被评估单位已答复', 'The body assessed has answered', { document: Hash }),
  'audit.findingsStand.v1': e('评估审计发现已核定', 'The findings stand', {
    ...{ ...period, standing: finding.array().max(50), responsible: Id.array().max(50) },
    ...{ dropped: Count.array().max(50), reasonCodes },
  }),
  'audit.rectified.v1': e('一项发现已整改', 'A finding was put right', { ...one, late, document: Hash }),
  'audit.rectificationAccepted.v1': e('一项整改已验收', 'A rectification was accepted', { ...one, late }),
  'audit.rectificationReturned.v1': e('一项整改已退回', 'A rectification was returned', {
    ...{ ...one, late, returns: Count, reasonCodes },
  }),
  'audit.escalated.v1': e('一项整改逾期，已上报', 'A finding not put right in time went up', {
    ...{ ...one, late, lastDay: DateOn.nullable(), to: Code },
  }),
  'audit.closed.v1': e('风险评估与内控审计已办结', 'It was closed', {
    ...{ ...period, findings: Count, overdue: Count },
  }),
  'audit.withdrawn.v1': e('风险评估与内控审计已撤回', 'It was withdrawn', {}),
  'audit.overdue.v1': caseEvent(
    'disclosure',
    '风险评估与内控审计环节逾期',
    'A step is overdue',
    overdueShape,
  ),
  'audit.reminderDue.v1': caseEvent('disclosure', '期限将满催办', 'A period ends soon', reminderShape),
};
