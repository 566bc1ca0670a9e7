import { canonicalJson } from '../canonical-json.ts';
import type { ResolvedPack, ResolvedRule } from './pack.ts';

/** A key on which two packs differ; `null` where a pack doesn't hold it. */
export type Difference = {
  topic: string;
  key: string;
  /** `value`: another rule. `basis`: the same rule on other words. */
  differs: 'value' | 'basis';
  a: ResolvedRule | null;
  b: ResolvedRule | null;
};

const sorted = (...names: string[][]): string[] => [...new Set(names.flat())].toSorted();

/** Where two packs (two jurisdictions, or two versions of one) say different things, by topic and key. */
export const diffPacks = (a: ResolvedPack, b: ResolvedPack): Difference[] =>
  sorted(Object.keys(a.rules), Object.keys(b.rules)).flatMap((topic) => {
    const [left, right] = [a.rules[topic] ?? {}, b.rules[topic] ?? {}];
    return sorted(Object.keys(left), Object.keys(right)).flatMap((key): Difference[] => {
      const [one, other] = [left[key] ?? null, right[key] ?? null];
      if (canonicalJson(one) === canonicalJson(other)) return [];
      const sameValue = canonicalJson(one?.value ?? null) === canonicalJson(other?.value ?? null);
      return [{ topic, key, differs: sameValue ? 'basis' : 'value', a: one, b: other }];
    });
  });
