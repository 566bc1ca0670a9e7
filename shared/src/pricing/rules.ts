/**
 * What a case about money is decided under, carried for its whole life: plain JSON, each value beside its article.
 * What is reckoned by is `PricingLaw`; these say who acts, by when, and to whom (F1–F7).
 */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { PricingRules } from '../packs/topics/pricing.ts';
import type { ArticleRef } from '../problems.ts';

type Key = keyof PricingRules;

/** `rests` is null where the text is silent: an event names an article, not our reading. */
export type Resting<K extends Key> = { value: PricingRules[K]; rests: ArticleRef | null };
type RestingOn<Keys extends readonly Key[]> = { [K in Keys[number]]: Resting<K> };

/** Rules of the topic by key, each beside its article. @throws RangeError where the pack does not hold one. */
export const resting = <const Keys extends readonly Key[]>(pack: ResolvedPack, keys: Keys): RestingOn<Keys> =>
  Object.fromEntries(
    keys.map((key) => {
      const rule = ruleOf(pack, 'pricing', key);
      return [key, { value: rule.value, rests: citedArticle(rule).article ?? null }];
    }),
  ) as RestingOn<Keys>;

/** Who sets a ceiling, in which units, and to whom it is reported in writing. @throws RangeError without the topic. */
export const ceilingRules = (pack: ResolvedPack) =>
  resting(pack, ['units', 'ceilings', 'ceilingReportLimit'] as const);
export type CeilingRules = ReturnType<typeof ceilingRules>;

/** Resource fee, sharing, overrun, warning, and how long a settlement may take. @throws RangeError without the topic. */
export const settlementRules = (pack: ResolvedPack) =>
  resting(pack, [
    ...(['incomeKinds', 'excess', 'excessOverNextCap', 'earlyWarning', 'resourceFee'] as const),
    ...(['resourceFeeBase', 'sharing', 'sharingTies', 'settlementLimit'] as const),
  ] as const);
export type SettlementRules = ReturnType<typeof settlementRules>;
