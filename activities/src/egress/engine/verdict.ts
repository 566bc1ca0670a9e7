import { violates } from '@gongshu/shared/egress/groups';
import type { ScanReport } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';

/**
 * Clean, or not (E1). Groups count where quasi-identifiers were declared, then the searched ones too; without, they are
 * shown alone. Rows of a source lawfully public are shown alone.
 */
export const verdictOf = (
  report: Pick<ScanReport, 'counts' | 'groups' | 'aggregates' | 'raw' | 'differences'>,
  qi: readonly string[] | null,
  thresholds: EgressThresholds,
): 'clean' | 'findings' => {
  const found =
    report.counts.length > 0 ||
    report.aggregates.length > 0 ||
    report.differences.length > 0 ||
    report.raw.some(
      ({ rows, shareOfProduct, lawfullyPublic }) =>
        !lawfullyPublic && rows > 0 && shareOfProduct > thresholds.raw.shareOfProduct,
    ) ||
    (qi !== null && qi.length > 0 && report.groups.some((group) => violates(group, thresholds)));
  return found ? 'findings' : 'clean';
};
