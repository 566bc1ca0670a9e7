/** Events. Packages filed with a body above (P2, O7). Filing, receipt and return are events of the case itself. */
import { caseEvent, Code, Count, Hash, Id, Instant } from './define.ts';

export const filingEvents = {
  'filing.sent.v1': caseEvent('registry', '备案件已送出', 'A package to be filed was sent', {
    filing: Id,
    caseNo: Id,
    to: Code,
    package: Hash,
    documents: Count,
    at: Instant,
  }),
};
