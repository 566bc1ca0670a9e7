import type { ScanReport } from '@gongshu/shared/egress/report';
import type { DuckDBConnection } from '@duckdb/node-api';

/** One table of a file: the file itself, or one sheet of a workbook (hidden ones too). */
export type LoadedSheet = {
  sheet: string | null;
  /** Name in DuckDB: `r` BIGINT from 1 in the file's order, then `c0`, `c1`, … VARCHAR: the cell's text, NULL where empty. */
  table: string;
  /** The header's names as they stand (the first row is always the header), each with its column in `table`. */
  columns: { name: string; column: string }[];
  rows: number;
};

/** A file that could be read whole. `close` drops tables and temporary files; nothing of it may be used after. */
export type Loaded = {
  connection: DuckDBConnection;
  sheets: LoadedSheet[];
  format: NonNullable<ScanReport['format']>;
  encoding: ScanReport['encoding'];
  sha256: string;
  bytes: number;
  close: () => void;
};

export const phases = [
  'reading',
  'identifiers',
  'groups',
  'aggregates',
  'containment',
  'differences',
] as const;
/** How far a scan is: bytes while reading, rows or steps after. */
export type ScanProgress = { phase: (typeof phases)[number]; done: number; of: number };

/** Bounds of what is read; beyond them a file is refused, not cut. */
export type ReadLimits = {
  /** The file as it lies there. */
  bytes: number;
  /** What a packed format may unpack to. */
  unpackedBytes: number;
  rows: number;
  columns: number;
  cellBytes: number;
  sheets: number;
  /** What the tables may take on disk. */
  diskBytes: number;
  /** DuckDB's own share of the memory. */
  memoryBytes: number;
  threads: number;
};

const MB = 1_000_000;

/** Ten million rows of twenty columns pass; a file of 3 GB does not. */
export const defaultLimits: ReadLimits = {
  bytes: 2_500 * MB,
  unpackedBytes: 4_000 * MB,
  rows: 50_000_000,
  columns: 2_000,
  cellBytes: 1 * MB,
  sheets: 256,
  diskBytes: 16_000 * MB,
  memoryBytes: 400 * MB,
  threads: 2,
};

export type OpenOptions = {
  /** The name it was handed in under; messages only, the format is found in the bytes. */
  name?: string;
  signal?: AbortSignal;
  progress?: (progress: ScanProgress) => void;
  limits?: Partial<ReadLimits>;
  /** Where the temporary files go; the system's folder else. */
  tempFolder?: string;
};

/** An identifier in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
