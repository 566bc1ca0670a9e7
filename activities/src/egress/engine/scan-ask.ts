import type { AggregateTable } from '@gongshu/shared/egress/aggregate-table';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import type { EarlierRelease } from './differencing.ts';
import type { FingerprintKey } from './fingerprints.ts';

/** What a product must not reproduce: a kept fingerprint, or the plain file, hashed here under a key forgotten after. */
export type ScanSource = {
  id: string;
  file: string;
  form: 'fingerprint' | 'plain';
  /** Both checkers found its ground to hold: counted and shown, not held against the product (E1). */
  lawfullyPublic: boolean;
};

/** All that a scan rests on; plain JSON, handed to a process of its own. */
export type ScanAsk = {
  /** Path of the file; the report says `name` instead. */
  file: string;
  name: string;
  /** Names of the fields that were declared; without them columns are not compared with a declaration. */
  fields?: string[];
  /** Quasi-identifiers declared, an empty list says there are none; null: not declared, and then groups make no verdict. */
  qi: string[] | null;
  sensitive: string[];
  aggregates?: AggregateTable[];
  sources: ScanSource[];
  earlier: EarlierRelease[];
  /** Where the fingerprint of the file itself is written, for later releases to be compared with; needs `key`. */
  release?: { id: string; file: string };
  /** Of the installation's fingerprints; one for this scan alone where there are none. */
  key?: FingerprintKey;
  thresholds: EgressThresholds;
  pack: { jurisdiction: string; version: string };
};
