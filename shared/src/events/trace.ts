/** Events of traces (D2): who did what with which grant or product, by ids and counts. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('registry', zh, en, shape);

export const traceEvents = {
  'trace.recorded.v1': c('操作留痕已登记', 'What was done with the data was recorded', {
    ...{ trace: Id, subjectKind: Code, subject: Id, owner: Id, operator: Id, act: Code, via: Code },
    ...{
      at: Instant,
      form: Code.nullable(),
      rows: z.int().min(0).max(1_000_000_000_000_000).nullable(),
      beyondGrant: z.boolean(),
    },
    ...restsOn,
  }),
  'trace.imported.v1': c('操作留痕已批量登记', 'Traces were recorded from a file', {
    ...{ batch: Id, operator: Id, entries: Count, refused: Count, beyondGrant: Count, file: Hash },
    accesses: z
      .array(z.object({ operator: Id, count: Count }))
      .max(10_000)
      .optional()
      .describe(
        'Accesses among the entries that were not known before, by the operator of their grant or product',
      ),
    ...restsOn,
  }),
  'trace.ledgerReported.v1': c('台账已报送', 'The ledger was reported', {
    ...{ operator: Id, from: DateOn, until: DateOn, entries: Count, beyondGrant: Count, hash: Hash },
    ...restsOn,
  }),
};
