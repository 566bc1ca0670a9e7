/** The report of a ledger (台账; 朔州 十（一）、十一（三）3): what its Schedule starts; the period comes as its argument. */
import { proxyActivities } from '@temporalio/workflow';
import type { LedgerActivities, LedgerAsk } from '@gongshu/shared/trace/ledger';
import { shownAs } from './options.ts';

const { reportLedger } = proxyActivities<LedgerActivities>(shownAs('汇总并报送台账'));

export const ledgerReport = (ask: LedgerAsk): Promise<{ entries: number }> => reportLedger(ask);
