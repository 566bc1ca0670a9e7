/** A measure in force against a body, as who selects an operator or checks a merchant is shown it (信用记录, X1). */
import { SanctionKind } from '@gongshu/shared/packs/topics/sanction';
import { z } from 'zod';

export const RecordInForce = z
  .object({
    caseNo: z.string().describe('Of the sanction'),
    measure: SanctionKind,
    decidedOn: z.iso.date().describe('Asia/Shanghai'),
    article: z.string().nullable().describe('Null where the text is silent'),
    instrument: z.string().nullable(),
    lastDay: z.iso.date().nullable().describe('The last day it counts; null where none was set or told'),
  })
  .meta({ id: 'CreditRecordInForce' });
export type RecordInForce = z.output<typeof RecordInForce>;
