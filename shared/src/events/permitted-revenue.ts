/** Events of the permitted revenue of a year (F2): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { caseEvent, Code, Count, Hash, Id } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

type Shape = Parameters<typeof caseEvent>[3];
const e = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('pricing', zh, en, { ...procedureBase, ...shape });
/** Whole fen, as far as a number holds them exactly. */
const Fen = z.int().min(0);
const year = { operator: Id, year: Count };
const figure = { figures: Hash, fen: Fen };
const late = { late: z.boolean() };

export const permittedRevenueEvents = {
  'permittedRevenue.opened.v1': e('最高准许收入核定已启动', 'A permitted revenue is being determined', {
    ...{ ...year, ...figure, trial: z.boolean(), replaces: Id.nullable() },
  }),
  'permittedRevenue.revised.v1': e('测算已修订', 'The figures were revised', figure),
  'permittedRevenue.decided.v1': e('一个环节已作出决定', 'A step was decided', {
    ...{ ...figure, ...late, step: Code, by: Code, recordedBy: Code, document: Hash },
    joint: z.array(z.object({ with: Code, document: Hash })).max(3),
  }),
  'permittedRevenue.returned.v1': e('测算已退回', 'The figures were sent back', {
    ...{ ...late, step: Code, document: Hash, reasonCodes: Code.array().max(50) },
  }),
  'permittedRevenue.inForce.v1': e('最高准许收入已核定', 'The permitted revenue is in force', {
    ...{ ...year, ...figure, trial: z.boolean(), replaces: Id.nullable() },
    ...{ consumedFen: Fen, carriedOnFen: Fen },
  }),
  'permittedRevenue.withdrawn.v1': e('最高准许收入核定已撤回', 'The determination was withdrawn', {}),
  'permittedRevenue.yearDue.v1': caseEvent(
    'pricing',
    '年度最高准许收入尚未核定',
    'The permitted revenue of the year is due',
    {
      ...year,
      dueOn: z.iso.date(),
      article: procedureBase.article,
      articleInstrument: procedureBase.articleInstrument,
    },
  ),
  'permittedRevenue.overdue.v1': caseEvent('pricing', '核定环节逾期', 'A step is overdue', overdueShape),
  'permittedRevenue.reminderDue.v1': caseEvent(
    'pricing',
    '期限将满催办',
    'A period ends soon',
    reminderShape,
  ),
};
