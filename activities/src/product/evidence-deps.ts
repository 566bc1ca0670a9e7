import type { ScanReport } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';

/** One file to be judged, and what it is judged by. */
export type ProductScan = {
  /** Where it lies, and as what it is named. */
  file: string;
  name: string;
  qi: string[] | null;
  sensitive: string[];
  thresholds: EgressThresholds;
  pack: { jurisdiction: string; version: string };
};

/** What evidence is gathered with. */
export type EvidenceDeps = {
  /** Where the file of a document lies, compared with its hash first. Throws `documentMissing`, `documentAltered`. */
  pathOf: (hash: string, bytes: number) => Promise<string>;
  /** Scans that one worker runs at once; 1 when left out. */
  atOnce?: number;
  /** The engine: always a report, and never a clean one of a file it could not read to its end. */
  scan: (
    ask: ProductScan,
    options: { signal: AbortSignal; progress: (rows: number) => void },
  ) => Promise<ScanReport>;
};
