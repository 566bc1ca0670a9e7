import type { FingerprintKey } from '@gongshu/infra/fingerprints/key';
import type { ScanReport } from '@gongshu/shared/egress/report';
import type { ScanAsk } from '../egress/engine/scan-ask.ts';

/** What evidence is gathered with. */
export type EvidenceDeps = {
  /** Where the file of a document lies, compared with its hash first. Throws `documentMissing`, `documentAltered`. */
  pathOf: (hash: string, bytes: number) => Promise<string>;
  /** Puts a file into the document store, by its hash; nobody has uploaded it, so nobody reads it. */
  keep: (file: string) => Promise<{ hash: string; bytes: number }>;
  /** Of the installation's fingerprints. */
  key: FingerprintKey;
  /** Scans that one worker runs at once; 1 when left out. */
  atOnce?: number;
  /** The engine: always a report, and never a clean one of a file it could not read to its end. */
  scan: (
    ask: ScanAsk,
    options: { signal: AbortSignal; progress: (progress: object) => void },
  ) => Promise<ScanReport>;
};
