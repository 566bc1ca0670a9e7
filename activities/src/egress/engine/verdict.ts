import { violates } from '@gongshu/shared/egress/groups';
import type { ScanReport } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';

/**
 * Clean, or not (E1). Groups count where quasi-identifiers were declared, the searched ones too, and also where it was
 * declared that there are none; without a declaration they are shown alone. So are rows of a source lawfully public.
 * Declared fields that are not in this file may stand in another one of the product: they make no verdict here.
 */
export const verdictOf = (
  report: Pick<ScanReport, 'counts' | 'groups' | 'aggregates' | 'raw' | 'differences' | 'columns'>,
  qi: readonly string[] | null,
  thresholds: EgressThresholds,
): 'clean' | 'findings' => {
  const found =
    report.counts.length > 0 ||
    report.aggregates.length > 0 ||
    report.differences.length > 0 ||
    (report.columns?.undeclared ?? []).length > 0 ||
    report.raw.some(
      ({ rows, shareOfProduct, lawfullyPublic }) =>
        !lawfullyPublic && rows > 0 && shareOfProduct > thresholds.raw.shareOfProduct,
    ) ||
    (qi !== null && report.groups.some((group) => violates(group, thresholds)));
  return found ? 'findings' : 'clean';
};
