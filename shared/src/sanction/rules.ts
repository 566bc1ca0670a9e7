/** What a sanction is decided under, frozen with its case: each value beside the article it rests on (X1). */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { SanctionRules } from '../packs/topics/sanction.ts';
import type { ArticleRef } from '../problems.ts';
import type { SanctionStart, SanctionState } from './types.ts';

const keys = [
  ...(['kinds', 'withoutText', 'grounds', 'against', 'decidedBy', 'handOverTo', 'reply'] as const),
  ...(['decisionLimit', 'suspensionLongest', 'liftedBy', 'creditRecordPeriod'] as const),
] as const;
/** A case opened before they stood in the packs has none: its review has no limit, and is decided by whoever may lift. */
const ofReview = ['reviewRequest', 'reviewLimit', 'reviewedByAnother'] as const;
type Key = (typeof keys)[number];
type OfReview = (typeof ofReview)[number];
type Frozen<K extends Key | OfReview> = { value: SanctionRules[K]; rests: ArticleRef | null };

/** `rests` is null where the text is silent: an event names an article, not our reading. */
export type FrozenSanctionRules = { [K in Key]: Frozen<K> } & { [K in OfReview]?: Frozen<K> };

/** @throws RangeError where the pack does not hold the topic. */
export const sanctionRules = (pack: ResolvedPack): FrozenSanctionRules =>
  Object.fromEntries(
    [...keys, ...ofReview].map((key) => {
      const rule = ruleOf(pack, 'sanction', key);
      return [key, { value: rule.value, rests: citedArticle(rule).article ?? null }];
    }),
  ) as FrozenSanctionRules;

/** Measures that may be taken here: those the text names, and those that need none. */
export const measuresOf = ({ kinds, withoutText }: FrozenSanctionRules): readonly string[] => [
  ...(kinds.value === 'none' ? [] : kinds.value),
  ...withoutText.value,
];

/** Whether the body may still ask for a review: once, of whatever was decided, within the days of its pack. */
export const mayAskReview = ({ rules }: SanctionStart, { reviewAsked, reviewOver }: SanctionState): boolean =>
  !reviewAsked && (rules.reviewRequest === undefined || reviewOver === undefined);
