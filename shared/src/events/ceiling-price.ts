/** Events of ceiling prices (F3): amounts in fen, ids, codes, hashes. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, publicEvent } from './define.ts';
import { overdueShape, procedureBase, reminderShape } from './procedure.ts';

/** Whole fen, as far as a number holds them exactly. */
const Fen = z.int().min(0);
const what = {
  ...procedureBase,
  product: Id,
  operator: Id,
  ceilings: z
    .array(
      z.object({
        ...{ unit: Code, fen: Fen, from: DateOn, expectedQty: Id },
        before: Fen.nullable().describe('The ceiling it takes the place of'),
      }),
    )
    .max(4),
  forecast: z.object({
    ...{ year: Count, fen: Fen, permittedRevenueFen: Fen.nullable() },
    overCap: z.boolean().describe('A warning: the ceilings allow more than is permitted'),
    trial: z.boolean().nullable(),
  }),
};

export const ceilingPriceEvents = {
  'ceilingPrice.opened.v1': caseEvent('pricing', '上限收费标准已拟制', 'A ceiling price was drafted', what),
  'ceilingPrice.set.v1': publicEvent('pricing', '上限收费标准已制定', 'A ceiling price was set', what),
  'ceilingPrice.reported.v1': caseEvent('pricing', '上限收费标准已书面报告', 'It was reported in writing', {
    ...procedureBase,
    ...{ to: Code, document: Hash, late: z.boolean() },
  }),
  'ceilingPrice.receipted.v1': caseEvent('pricing', '书面报告已回执', 'The report was receipted', {
    ...procedureBase,
    ...{ on: DateOn, document: Hash, recordedBy: Code },
  }),
  'ceilingPrice.withdrawn.v1': caseEvent('pricing', '上限收费标准已撤回', 'It was withdrawn', procedureBase),
  'ceilingPrice.overdue.v1': caseEvent('pricing', '上限收费标准环节逾期', 'A step is overdue', overdueShape),
  'ceilingPrice.reminderDue.v1': caseEvent('pricing', '期限将满催办', 'A period ends soon', reminderShape),
};
