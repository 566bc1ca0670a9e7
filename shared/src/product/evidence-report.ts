/** What the engine says of a product (E1): a report for each of its files, together one verdict. */
import { z } from 'zod';
import { violates } from '../egress/groups.ts';
import { type RefusalReason, ScanReport, scanVerdicts } from '../egress/report.ts';
import type { EgressThresholds } from '../egress/thresholds.ts';
import type { PublicItems } from './types.ts';

/** An answer, an output or a limit of a service that is declared, by its place in the declaration. */
const DeclarationFinding = z.strictObject({
  code: z.string(),
  pointer: z.string(),
  question: z.string().nullable(),
  answer: z.string().nullable(),
});

export const EvidenceReport = z.strictObject({
  verdict: z.enum(scanVerdicts),
  /** Of a product: its artefact, or the response samples of a service. In this order. */
  scans: z.array(ScanReport),
  /** What of the declaration of a service is a finding. */
  declaration: z.array(DeclarationFinding),
  /**
   * Granted resources, not said to be lawfully public, that nobody compared the product with: no fingerprint of them
   * stood, or no scan was finished. No finding by itself; the checkers are told. Absent in reports kept before it was
   * looked at.
   */
  notCompared: z.array(z.string()).optional(),
});
export type EvidenceReport = z.infer<typeof EvidenceReport>;

/** A finding to be answered for: where it is, never what stands there. `publicSource`: it stands in rows of such a source. */
export type EvidenceItem = {
  kind: 'identifier' | 'group' | 'aggregate' | 'raw' | 'difference' | 'declaration';
  place: Record<string, unknown>;
  publicSource: string | null;
};

type Missing = NonNullable<ScanReport['columns']>['missing'];

/** Declared fields that stand in none of a product's files: what was declared is not what was handed in. */
const missingFields = (scans: readonly Pick<ScanReport, 'columns'>[]): Missing => {
  const [first = [], ...others] = scans.flatMap(({ columns }) => (columns ? [columns.missing] : []));
  return first.filter(({ pointer }) =>
    others.every((missing) => missing.some((one) => one.pointer === pointer)),
  );
};

/** One verdict of several: what one file is refused with refuses all, and without a file nothing is judged. */
export const verdictOf = ({
  scans,
  declaration,
}: {
  scans: readonly Pick<ScanReport, 'verdict' | 'columns'>[];
  declaration: readonly unknown[];
}): ScanReport['verdict'] => {
  if (scans.length === 0 || scans.some(({ verdict }) => verdict === 'refused')) return 'refused';
  const found = declaration.length > 0 || missingFields(scans).length > 0;
  return found || scans.some(({ verdict }) => verdict === 'findings') ? 'findings' : 'clean';
};

/** The first reason why a file was not judged; null where all were. */
export const refusalOf = ({ scans }: EvidenceReport): RefusalReason | null =>
  scans.find(({ verdict }) => verdict === 'refused')?.reason ?? null;

const item = (
  kind: EvidenceItem['kind'],
  place: Record<string, unknown>,
  publicSource: string | null = null,
): EvidenceItem => ({ kind, place, publicSource });

const itemsOfScan = (scan: ScanReport, thresholds: EgressThresholds, declared: boolean): EvidenceItem[] => {
  const { file, counts, groups, aggregates, raw, differences, columns } = scan;
  const cells = Map.groupBy(aggregates, ({ sheet, column, rule }) => JSON.stringify([sheet, column, rule]));
  return [
    ...counts.map(({ sheet, column, type, rows }) => item('identifier', { file, sheet, column, type, rows })),
    ...(declared ? groups : [])
      .filter((group) => violates(group, thresholds))
      .map(({ singledOutRows: _rows, ...group }) => item('group', { file, ...group })),
    ...[...cells.values()].flatMap((found) => {
      const [first] = found;
      if (!first) return [];
      const { sheet, column, rule } = first;
      return [item('aggregate', { file, sheet, column, rule, rows: found.length })];
    }),
    ...raw
      .filter(
        ({ lawfullyPublic, shareOfProduct, rows }) =>
          rows > 0 && (lawfullyPublic || shareOfProduct > thresholds.raw.shareOfProduct),
      )
      .map(({ lawfullyPublic, ...found }) =>
        item('raw', { file, ...found }, lawfullyPublic ? found.source : null),
      ),
    ...differences.map((found) => item('difference', { file, ...found })),
    ...(columns?.undeclared ?? []).map((found) =>
      item('declaration', { code: 'undeclaredColumn', file, ...found }),
    ),
  ];
};

/**
 * The findings of a report as they are numbered: few, each one question. Where nothing was declared of quasi-identifiers,
 * groups that the search found are shown and ask for no answer. A declared field is missing where no file has it; of files
 * that were not all read, nobody knows.
 */
export const itemsOf = (
  { scans, declaration }: Pick<EvidenceReport, 'scans' | 'declaration'>,
  { thresholds, declared }: { thresholds: EgressThresholds; declared: boolean },
): EvidenceItem[] => [
  ...scans.flatMap((scan) => itemsOfScan(scan, thresholds, declared)),
  ...(scans.some(({ verdict }) => verdict === 'refused') ? [] : missingFields(scans)).map((found) =>
    item('declaration', { code: 'missingColumn', ...found }),
  ),
  ...declaration.map((found) => item('declaration', { ...found })),
];

/** Numbers of the items that stand in rows of lawfully public sources, by source. */
export const publicItemsOf = (items: readonly Pick<EvidenceItem, 'publicSource'>[]): PublicItems[] => {
  const bySource = new Map<string, number[]>();
  for (const [index, { publicSource }] of items.entries())
    if (publicSource !== null) bySource.set(publicSource, [...(bySource.get(publicSource) ?? []), index + 1]);
  return [...bySource].map(([source, numbers]) => ({ source, items: numbers }));
};
