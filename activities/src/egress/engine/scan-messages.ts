import type { ScanReport } from '@gongshu/shared/egress/report';
import type { ScanAsk } from './scan-ask.ts';
import type { ReadLimits, ScanProgress } from './table.ts';

/** How the folder of a scanning process is called; nothing else is ever kept in one. */
export const scanFolder = 'gongshu-scan-';

/** What goes to the process that scans. */
export type ToScanner = { ask: ScanAsk; limits: Partial<ReadLimits> };
/** What comes back: how far it is, a refusal's words, and at last the report. */
export type FromScanner =
  | { progress: ScanProgress }
  | { refused: { reason: string; what: string; at: object } }
  | { report: ScanReport }
  | { failed: string };
