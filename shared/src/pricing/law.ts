/** What prices are computed under: rules of the topic `pricing`, each beside the clause that a refusal names. */
import { clauseOfRule, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { PricingRules } from '../packs/topics/pricing.ts';
import { type ArticleRef, type Problem, problem, problemTable } from '../problems.ts';
import type { pricingProblems } from '../problems/pricing.ts';
import type { Refusal } from '../refusal.ts';

const keys = [
  'freePurposes',
  'costKinds',
  'incomeKinds',
  'unrelatedCost',
  'costReport',
  'maximumPoints',
  'trial',
  'excess',
  'earlyWarning',
  'units',
  'ceilings',
  'tariffs',
  'discounts',
  'leastDiscount',
  'serviceFees',
  'serviceMargin',
  'resourceFee',
  'sharing',
] as const;
type Key = (typeof keys)[number];

/** A value with its clause: the article, or our reading under the pack's own title where the text is silent. */
export type Ruled<K extends Key> = { readonly value: PricingRules[K]; readonly article: ArticleRef };
export type PricingLaw = { readonly [K in Key]: Ruled<K> };

/** @throws RangeError where the pack doesn't hold the topic. */
export const pricingLaw = (pack: ResolvedPack): PricingLaw =>
  Object.fromEntries(
    keys.map((key) => {
      const rule = ruleOf(pack, 'pricing', key);
      return [key, { value: rule.value, article: clauseOfRule(pack, rule) }];
    }),
  ) as PricingLaw;

/** Codes of the engine's refusals; `notOnList` is that of every act on a product (E4), `usageQtyNotWhole` of its use. */
export type PricingCode = keyof typeof pricingProblems | 'notOnList' | 'usageQtyNotWhole';

/** Why something doesn't stand; `at` is a pointer from the thing judged: `/fen` of a tariff, `` for the whole. */
export type Reason = { readonly code: PricingCode; readonly at: string; readonly article?: ArticleRef };

/** A reason as an answer carries it; `base`: where the thing judged stands in the question, `/tariffs/3`. */
export const refusalOf = ({ code, at, article }: Reason, base = ''): Refusal => {
  const { title } = problemTable[code];
  return {
    ...{ code, pointer: `${base}${at}`, message: `${title.zh} · ${title.en}` },
    ...(article && { article }),
  };
};

/** Reasons as a problem to throw: the code and article of the first, a place for each. `base` as in `/body`. */
export const refused = (reasons: readonly [Reason, ...Reason[]], base = '/body'): Problem => {
  const [{ code, article }] = reasons;
  return problem(code, {
    ...(article && { article }),
    errors: reasons.map((reason) => ({
      ...{ pointer: `${base}${reason.at}`, code: reason.code, message: problemTable[reason.code].title },
    })),
  });
};
