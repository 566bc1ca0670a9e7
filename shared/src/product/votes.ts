/** The first lock: what two votes, opened together, make of a product (E1; 中卫 十七、二十三). */
import type { EvidenceVerdict, EgressException, OpenedVote } from './types.ts';

export type CheckResult = {
  passed: boolean;
  /** Fields that at least one checker refused. */
  refusedFields: string[];
  /** Findings that no exception accepted by every checker covers. */
  uncovered: number[];
};

/**
 * Passed when every checker passes every field, and every finding is covered by an exception that all of them accept.
 * What the engine refused to judge passes by no vote.
 */
export const judgeCheck = (
  evidence: { verdict: EvidenceVerdict; items: number },
  exceptions: readonly EgressException[],
  votes: readonly OpenedVote[],
): CheckResult => {
  const refusedFields = [
    ...new Set(votes.flatMap(({ fields }) => fields.filter(({ pass }) => !pass).map(({ field }) => field))),
  ];
  const accepted = exceptions.filter(({ number }) => votes.every((vote) => vote.exceptions.includes(number)));
  const covered = new Set(accepted.flatMap(({ items }) => items));
  const uncovered = Array.from({ length: evidence.items }, (_, index) => index + 1).filter(
    (item) => !covered.has(item),
  );
  const passed =
    evidence.verdict !== 'refused' &&
    votes.length > 0 &&
    refusedFields.length === 0 &&
    uncovered.length === 0;
  return { passed, refusedFields, uncovered };
};
