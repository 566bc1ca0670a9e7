import type { GroupFinding } from './report.ts';
import type { EgressThresholds } from './thresholds.ts';

/**
 * Whether a set of quasi-identifiers tells too much of people (E1, 中卫 二十三): fewer rows share a combination than k,
 * or fewer sensitive values stand in it than l, or they lie further than t from those of the whole table.
 * The limits themselves are still allowed. What no sensitive field was named for is judged by k alone.
 */
export const violates = (
  { k, l, t }: Pick<GroupFinding, 'k' | 'l' | 't'>,
  thresholds: Pick<EgressThresholds, 'k' | 'l' | 't'>,
): boolean => k < thresholds.k || (l !== null && l < thresholds.l) || (t !== null && t > thresholds.t);
