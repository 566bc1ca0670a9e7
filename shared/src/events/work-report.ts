/** Events of the operator's periodic reports (M3, M5): ids, codes, hashes, days and counts; the words stay in the report. */
import { z } from 'zod';
import { caseEvent, Code, Count, DateOn, Hash, Id, restsOn } from './define.ts';

type Shape = Parameters<typeof caseEvent>[3];
const report = {
  report: Id,
  operator: Id,
  kind: Code,
  from: DateOn,
  until: DateOn,
  dueOn: DateOn,
  ...restsOn,
};
const c = <S extends Shape>(zh: string, en: string, shape: S) =>
  caseEvent('disclosure', zh, en, { ...report, ...shape });
const filed = { version: Count, hash: Hash, late: z.boolean() };

export const workReportEvents = {
  'workReport.asked.v1': c('应报送运营报告', 'A periodic report is due', {}),
  'workReport.filed.v1': c('运营报告已报送', 'A periodic report was filed', {
    ...{ ...filed, figures: Count, documents: Hash.array().max(50) },
  }),
  'workReport.received.v1': c('运营报告已接收', 'A periodic report was received', filed),
  'workReport.returned.v1': c('运营报告被退回', 'A periodic report was returned', {
    ...{ ...filed, reasonCodes: Code.array().max(50) },
    contents: Code.array().max(10).optional().describe('What is asked for besides'),
  }),
  'workReport.overdue.v1': c('运营报告逾期未报送', 'A periodic report was not filed in time', {
    escalatedTo: Code,
  }),
  /** `kind`: the part of a year's disclosure; its period. `tries`: how often its publication was called up in vain. */
  'reportPublication.waits.v1': caseEvent(
    'disclosure',
    '到期应发布，但一直未能启动',
    'What is to be published was never opened',
    { publication: Id, kind: Code, operator: Id.nullable(), from: DateOn, until: DateOn, tries: Count },
  ),
  /** `kind`: a report, a bulletin, or a part of a year's disclosure; from the first to the last day of all of them. */
  'reportPeriods.missed.v1': caseEvent(
    'disclosure',
    '往期未办，只补办最近各期',
    'Periods that ended long ago are not made good',
    { periods: Id, kind: Code, operator: Id.nullable(), from: DateOn, until: DateOn, missed: Count.min(1) },
  ),
};
