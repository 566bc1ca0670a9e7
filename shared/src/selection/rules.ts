/** What a selection in this jurisdiction is decided under, carried for its whole life (O1–O4, O12). */
import { placeOfEntry, type ResolvedPack, ruleOf, valuesOf, citedArticle } from '../packs/pack.ts';
import type { ImplementationPlanRules } from '../packs/topics/implementation-plan.ts';
import type { OperatorSelectionRules } from '../packs/topics/operator-selection.ts';
import type { ArticleRef } from '../problems.ts';

type RouteStep = OperatorSelectionRules['route'][number];

/** Rules whose article an entry or a refusal names. */
const named = [
  'modes',
  'minInvitees',
  'minValidBids',
  'announcementContents',
  'announcementPeriod',
  'invitationPeriod',
  'bidPeriod',
  'conditions',
  'assessment',
  'committee',
  'conflictedExpert',
  'missingScore',
  'lastTie',
  'tooFewValidBids',
  'lateBid',
  'bidsSealedUntil',
  'coreAnnex',
  'publicNotice',
  'objections',
] as const;
export type SelectionRuleKey = (typeof named)[number];

export type SelectionRules = Omit<OperatorSelectionRules, 'route'> & {
  /** In the pack's order, each beside the article that asks for it. */
  route: (Pick<RouteStep, 'step'> & { on: RouteStep['on'] | null; rests: ArticleRef | null })[];
  collectiveVote: ImplementationPlanRules['collectiveVote'] | null;
  rests: Partial<Record<SelectionRuleKey, ArticleRef>>;
};

/** Throws `RangeError` where the pack holds no selection of the operator. */
export const selectionRules = (pack: ResolvedPack): SelectionRules => {
  const { route, ...values } = valuesOf(pack, 'operatorSelection');
  const rule = ruleOf(pack, 'operatorSelection', 'route');
  const rests: SelectionRules['rests'] = {};
  for (const key of named) {
    const { article } = citedArticle(pack.rules['operatorSelection']?.[key]);
    if (article) rests[key] = article;
  }
  return {
    ...values,
    route: route.map(({ step, on, article }) => {
      const place = placeOfEntry(rule, article);
      return { step, on: on ?? null, rests: 'article' in place ? place : null };
    }),
    collectiveVote: pack.rules['implementationPlan']
      ? valuesOf(pack, 'implementationPlan').collectiveVote
      : null,
    rests,
  };
};
