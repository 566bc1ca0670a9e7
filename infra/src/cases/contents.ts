/** What a case says, part by part: its hash, and what changed between two versions. */
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { citedArticle, type ResolvedRule } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';

export type CaseContents = Readonly<Record<string, unknown>>;

/** The parts that differ, in the order of the later version. */
export const changedParts = (before: CaseContents, after: CaseContents): string[] =>
  [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (part) =>
      canonicalJson((before[part] as object) ?? null) !== canonicalJson((after[part] as object) ?? null),
  );

/** Throws `applicationIncomplete` (422) naming every part that is missing, at once, and the first one's rule. */
export const mustLackNoPart = (missing: readonly { part: string; rule: ResolvedRule }[]): void => {
  const [first] = missing;
  if (!first) return;
  throw problem('applicationIncomplete', {
    ...citedArticle(first.rule),
    errors: missing.map(({ part }) => ({
      pointer: `/body/contents/${part}`,
      code: 'required',
      message: { zh: '缺少此项内容', en: 'This part is missing' },
    })),
  });
};
