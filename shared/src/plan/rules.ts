/** What an implementation plan in this jurisdiction is decided under, carried for its whole life (P1, P2). */
import { articleOf, placeOfEntry, type ResolvedPack, ruleOf, valuesOf } from '../packs/pack.ts';
import type {
  FeasibilityTopic,
  ImplementationPlanRules,
  PlanItem,
} from '../packs/topics/implementation-plan.ts';
import type { ArticleRef } from '../problems.ts';

type RouteStep = ImplementationPlanRules['route'][number];

export type PlanRules = Pick<
  ImplementationPlanRules,
  'collectiveVote' | 'deliberationLimit' | 'filingLimit'
> & {
  /** In the pack's order, each beside the article that asks for it. */
  route: (Pick<RouteStep, 'step' | 'by'> & { to: string | null; rests: ArticleRef | null })[];
  filingRests: ArticleRef | null;
  /** What the plan must hold, each item beside the article that asks for it. */
  contents: { item: PlanItem; rests: ArticleRef | null }[];
  feasibility: { topics: FeasibilityTopic[]; rests: ArticleRef | null };
};

const cited = (place: ReturnType<typeof placeOfEntry>): ArticleRef | null =>
  'article' in place ? place : null;

/** Throws `RangeError` where the pack holds no implementation plan. */
export const planRules = (pack: ResolvedPack): PlanRules => {
  const { collectiveVote, deliberationLimit, filingLimit, route, contents, feasibility } = valuesOf(
    pack,
    'implementationPlan',
  );
  const rule = ruleOf(pack, 'implementationPlan', 'route');
  const contentsRule = ruleOf(pack, 'implementationPlan', 'contents');
  const feasibilityRule = ruleOf(pack, 'implementationPlan', 'feasibility');
  return {
    ...{ collectiveVote, deliberationLimit, filingLimit },
    route: route.map(({ step, by, to, article }) => ({
      ...{ step, by, to: to ?? null },
      rests: cited(placeOfEntry(rule, article)),
    })),
    contents: contents.map(({ item, article }) => ({
      item,
      rests: cited(placeOfEntry(contentsRule, article)),
    })),
    feasibility: { topics: feasibility, rests: cited(articleOf(feasibilityRule)) },
    filingRests: cited(articleOf(ruleOf(pack, 'implementationPlan', 'filingLimit'))),
  };
};
