import type { LedgerAsk } from '@gongshu/shared/trace/ledger';
import type { Dues } from '../schedules.ts';
import type { LedgerDueRow } from './tables.ts';

/** The Schedules of ledger reports: one for an operator and a period (D2; 朔州 十（一）、十一（三）3). */
export const ledgerDues: Dues<LedgerDueRow> = {
  table: 'ledger_due',
  keys: ['jurisdiction', 'operator', 'from_on'],
  scheduleId: ({ jurisdiction, operator, from_on }) => `ledger-${jurisdiction}-${operator}-${from_on}`,
  starts: ({ jurisdiction, operator, from_on: from, until_on: until }) => ({
    workflowType: 'ledgerReport',
    workflowId: `ledger-report-${jurisdiction}-${operator}-${from}`,
    args: [{ jurisdiction, operator, from, until } satisfies LedgerAsk],
    summary: `台账报送 ${operator} ${from} 至 ${until}`,
  }),
};
