/** The first lock: what two votes, opened together, make of a product (E1; 中卫 四、十七、二十三、二十四、二十八). */
import type { Evidence, EgressException, OpenedVote } from './types.ts';

export type CheckResult = {
  passed: boolean;
  /** Fields that not every checker passed. */
  refusedFields: string[];
  /** Findings that neither an exception nor a lawfully public source covers, accepted by every checker. */
  uncovered: number[];
};

/**
 * Passed when every checker passes every field, and every finding is covered by an exception that all of them accept, or
 * lies in rows of a source that all of them confirm as lawfully public. What the engine refused to judge passes by no
 * vote; a field that a vote does not name is not passed.
 */
export const judgeCheck = (
  fields: readonly string[],
  { verdict, items, publicItems }: Omit<Evidence, 'report'>,
  exceptions: readonly EgressException[],
  votes: readonly OpenedVote[],
): CheckResult => {
  const refusedFields = fields.filter(
    (field) => !votes.every((vote) => vote.fields.some((one) => one.field === field && one.pass)),
  );
  const accepted = exceptions.filter(({ number }) => votes.every((vote) => vote.exceptions.includes(number)));
  const confirmed = publicItems.filter(({ source }) => votes.every((vote) => vote.sources.includes(source)));
  const covered = new Set([...accepted, ...confirmed].flatMap((one) => one.items));
  const uncovered = Array.from({ length: items }, (_, index) => index + 1).filter(
    (item) => !covered.has(item),
  );
  const unnumbered = verdict === 'findings' && items === 0; // nobody could have answered for it
  const judged = verdict !== 'refused' && !unnumbered;
  const passed = judged && votes.length > 0 && refusedFields.length === 0 && uncovered.length === 0;
  return { passed, refusedFields, uncovered };
};
