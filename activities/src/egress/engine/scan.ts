import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanReport } from '@gongshu/shared/egress/report';
import { judgeAggregates } from './aggregates.ts';
import { sha256Of } from './bytes.ts';
import { rawContainment } from './containment.ts';
import { declaredColumns } from './declared-columns.ts';
import { countsIn, differences } from './differencing.ts';
import { fingerprint, randomFingerprintKey } from './fingerprints.ts';
import { asRefusal } from './faults.ts';
import { judgeGroups } from './groups.ts';
import { mustBeHeaders } from './header.ts';
import { findIdentifiers } from './identifiers.ts';
import { openFile } from './open.ts';
import { asFingerprints } from './raw-sources.ts';
import { Refused } from './refused.ts';
import type { ScanAsk } from './scan-ask.ts';
import { defaultLimits, type Loaded, type OpenOptions, type ScanProgress } from './table.ts';
import { verdictOf } from './verdict.ts';
import { engineVersion } from './version.ts';

export type ScanOptions = Pick<OpenOptions, 'signal' | 'progress' | 'limits'> & {
  /** Told of a refusal's words: place and kind, never a value. */
  refused?: (refusal: Refused) => void;
};

type Judged = Pick<
  ScanReport,
  'findings' | 'counts' | 'groups' | 'aggregates' | 'raw' | 'differences' | 'columns'
>;
const nothing: Judged = { findings: [], counts: [], groups: [], aggregates: [], raw: [], differences: [] };

/** A report that judges nothing. The hash is empty where the file is too large to be read at all. */
export const refusedReport = async (
  ask: Pick<ScanAsk, 'file' | 'name' | 'pack'>,
  reason: NonNullable<ScanReport['reason']>,
  limits = defaultLimits,
): Promise<ScanReport> => {
  const { size } = await stat(ask.file);
  const sha256 = size > limits.bytes ? '' : await sha256Of(ask.file);
  const unread = { format: null, encoding: null, rows: 0 } as const;
  const verdict = { verdict: 'refused', reason } as const;
  return {
    file: ask.name,
    sha256,
    bytes: size,
    ...unread,
    ...verdict,
    ...nothing,
    engine: engineVersion,
    pack: ask.pack,
  };
};

const judge = async (loaded: Loaded, ask: ScanAsk, folder: string, options: ScanOptions): Promise<Judged> => {
  const { signal, progress } = options;
  const going = { ...(signal ? { signal } : {}), ...(progress ? { progress } : {}) };
  const { qi, sensitive, thresholds, key = randomFingerprintKey() } = ask;
  const step = (phase: ScanProgress['phase'], done: 0 | 1) => progress?.({ phase, done, of: 1 });
  mustBeHeaders(loaded.sheets);
  if (loaded.sheets.every(({ rows }) => rows === 0)) throw new Refused('empty', 'a header and no rows');
  const identifiers = await findIdentifiers(loaded, going);
  step('groups', 0);
  const groups = await judgeGroups(loaded, {
    ...{ qi, sensitive, thresholds, signal },
    aggregates: ask.aggregates ?? [],
  });
  step('groups', 1);
  const aggregates = await judgeAggregates(loaded, ask.aggregates ?? [], thresholds, signal);
  const sources = await asFingerprints(ask.sources, key, folder, signal);
  const raw = await rawContainment(loaded, sources, thresholds, { key, ...going });
  const different = await differences(loaded, ask.earlier, thresholds.k, {
    key,
    ...going,
    ...(ask.aggregates ? { aggregates: ask.aggregates } : {}),
  });
  if (ask.release && ask.key) {
    const { id, file } = ask.release;
    await fingerprint(
      loaded,
      ask.key,
      { of: 'release', id, counts: countsIn(loaded, ask.aggregates ?? []) },
      file,
      signal,
    );
  }
  const columns = ask.fields && declaredColumns(loaded.sheets, ask.fields);
  return {
    ...{ ...identifiers, groups, aggregates, raw, differences: different },
    ...(columns && { columns }),
  };
};

/**
 * Judges one file whole by the pack's thresholds (E1): what identifies people directly, what singles them out together,
 * what reproduces a source or gives a difference away. A file that cannot be judged is `refused` with its reason, never
 * clean. The same file under the same pack, engine and sources gives the same report: no clock, no path, no value in it.
 * @throws Error where the file or a source is not there.
 */
export const scanFile = async (ask: ScanAsk, options: ScanOptions = {}): Promise<ScanReport> => {
  const limits = { ...defaultLimits, ...options.limits };
  const folder = await mkdtemp(join(tmpdir(), 'gongshu-scan-'));
  try {
    const loaded = await openFile(ask.file, { ...options, name: ask.name, tempFolder: folder });
    try {
      const judged = await judge(loaded, ask, folder, options);
      const { sha256, bytes, format, encoding } = loaded;
      const rows = loaded.sheets.reduce((sum, sheet) => sum + sheet.rows, 0);
      const verdict = verdictOf(judged, ask.qi, ask.thresholds);
      const file = { file: ask.name, sha256, bytes, format, encoding, rows };
      return { ...file, verdict, reason: null, ...judged, engine: engineVersion, pack: ask.pack };
    } finally {
      loaded.close();
    }
  } catch (error) {
    const refusal = asRefusal(error, options.signal);
    if (!(refusal instanceof Refused)) throw error;
    options.refused?.(refusal);
    return await refusedReport(ask, refusal.reason, limits);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
