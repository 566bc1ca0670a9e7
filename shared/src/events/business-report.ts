/** The operator's yearly business report (65号 五): amounts in fen, ids, hashes, dates. */
import { z } from 'zod';
import { caseEvent, Count, DateOn, Hash, Id, restsOn } from './define.ts';

const Fen = z.int().min(0);

export const businessReportEvents = {
  'businessReport.filed.v1': caseEvent('pricing', '年度经营情况报告已报送', 'A business report was filed', {
    ...{ report: Id, operator: Id, year: Count, version: Count, hash: Hash, dueOn: DateOn },
    ...{ late: z.boolean(), revenueFen: Fen, netCostFen: Fen, permittedFen: Fen.nullable(), ...restsOn },
  }),
};
