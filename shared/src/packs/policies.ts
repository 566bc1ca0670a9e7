import { type Difference, diffPacks } from './diff.ts';
import type { ResolvedPack } from './pack.ts';
import type { PackSet } from './resolve.ts';

/** A jurisdiction's pack without its rules. */
export type PolicySummary = Omit<ResolvedPack, 'rules'> & { topics: string[] };

/** Every jurisdiction that the installation holds, without rules. */
export const listPolicies = (packs: PackSet): PolicySummary[] =>
  packs.jurisdictions.map((jurisdiction) => {
    const { rules, ...summary } = packs.resolve(jurisdiction);
    return { ...summary, topics: Object.keys(rules).toSorted() };
  });

/** One jurisdiction's whole pack; `undefined` when the installation doesn't hold it. */
export const policyOf = (packs: PackSet, jurisdiction: string): ResolvedPack | undefined =>
  packs.jurisdictions.includes(jurisdiction) ? packs.resolve(jurisdiction) : undefined;

/** On what two jurisdictions differ; `undefined` when the installation lacks one of them. */
export const diffPolicies = (packs: PackSet, a: string, b: string): Difference[] | undefined => {
  const [one, other] = [policyOf(packs, a), policyOf(packs, b)];
  return one && other && diffPacks(one, other);
};
