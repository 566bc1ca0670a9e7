import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Months, None, WorkingDays, listOf, only } from '../values.ts';

/** What a report on merchants tells (M3). */
export const MerchantsContent = z.enum(['dailyManagement', 'refusals', 'exits']);
export type MerchantsContent = z.infer<typeof MerchantsContent>;

/** What a work report tells (M5). */
export const WorkContent = z.enum([
  'operation',
  'operatingData',
  'usageLogs',
  'financialStatements',
  'securityAudits',
]);
export type WorkContent = z.infer<typeof WorkContent>;

/** The operator's periodic reports: on its merchants, on its work. Rows M3, M5. */
export const workReport = topic({
  merchants: {
    row: 'M3',
    value: z.union([None, z.strictObject({ to: Body, contents: listOf(MerchantsContent) })]),
  },
  merchantsPeriod: { within: 'M3', value: z.union([None, Months]) },
  work: {
    row: 'M5',
    value: z.strictObject({
      to: Body,
      contents: listOf(WorkContent),
      /** What is added when the receiver asks for it, by returning a report (按要求提供). */
      onRequest: listOf(WorkContent).optional(),
    }),
  },
  workPeriod: { within: 'M5', value: Months },
  /** From the end of a period to the report on it; late is overdue. */
  dueAfter: { value: WorkingDays },
  /** From the return of a report to the one put right; late is overdue, as before. */
  returnedDueAfter: { value: WorkingDays },
  onSilence: only('overdue'),
  /** Who is told of a report that is overdue. */
  escalation: { value: Body },
});

/** Values of the topic `workReport`, as a resolved pack carries them. */
export type WorkReportRules = ValuesOf<typeof workReport>;
