/** What the permitted revenue of a year is decided under, carried for the whole life of the case (F2). */
import type { ResolvedPack } from '../packs/pack.ts';
import type { PricingRules } from '../packs/topics/pricing.ts';
import { resting } from '../pricing/rules.ts';
import type { ArticleRef } from '../problems.ts';

export type RevenueRules = {
  /** In the pack's order. */
  route: PricingRules['revenueRoute'];
  stepLimit: PricingRules['revenueStepLimit'];
  /** What the route rests on; null where the text is silent. */
  rests: ArticleRef | null;
};

/** Throws `RangeError` where the pack holds no prices. */
export const revenueRules = (pack: ResolvedPack): RevenueRules => {
  const { revenueRoute, revenueStepLimit } = resting(pack, ['revenueRoute', 'revenueStepLimit']);
  return { route: revenueRoute.value, stepLimit: revenueStepLimit.value, rests: revenueRoute.rests };
};
