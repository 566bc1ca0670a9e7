/** What a sanction is decided under, frozen with its case: each value beside the article it rests on (X1). */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { SanctionGround, SanctionKind, SanctionRules } from '../packs/topics/sanction.ts';
import type { ArticleRef } from '../problems.ts';
import type { SanctionStart, SanctionState } from './types.ts';

const keys = [
  ...(['kinds', 'withoutText', 'grounds', 'against', 'decidedBy', 'handOverTo', 'reply'] as const),
  ...(['decisionLimit', 'suspensionLongest', 'liftedBy', 'creditRecordPeriod'] as const),
] as const;
/** A case opened before they stood in the packs has none: its review has no limit, and is decided by whoever may lift. */
const ofReview = ['reviewRequest', 'reviewLimit', 'reviewedByAnother'] as const;
/** A case opened before it stood in the packs has none: each measure of its pack rests on any ground. */
const ofGrounds = ['measureGrounds'] as const;
type Key = (typeof keys)[number];
type Later = (typeof ofReview | typeof ofGrounds)[number];
type Frozen<K extends Key | Later> = { value: SanctionRules[K]; rests: ArticleRef | null };

/** `rests` is null where the text is silent: an event names an article, not our reading. */
export type FrozenSanctionRules = { [K in Key]: Frozen<K> } & { [K in Later]?: Frozen<K> };

/** @throws RangeError where the pack does not hold the topic. */
export const sanctionRules = (pack: ResolvedPack): FrozenSanctionRules =>
  Object.fromEntries(
    [...keys, ...ofReview, ...ofGrounds].map((key) => {
      const rule = ruleOf(pack, 'sanction', key);
      return [key, { value: rule.value, rests: citedArticle(rule).article ?? null }];
    }),
  ) as FrozenSanctionRules;

/** Measures that may be taken here: those the text names, and those that need none. */
export const measuresOf = ({ kinds, withoutText }: FrozenSanctionRules): readonly string[] => [
  ...(kinds.value === 'none' ? [] : kinds.value),
  ...withoutText.value,
];

/** The ground on which a measure is taken, the first that its text takes it on; none where it takes it on none of them. */
export const groundFor = (
  { rules: { measureGrounds }, facts: { grounds } }: SanctionStart,
  measure: SanctionKind,
): SanctionGround | undefined => {
  const pairs = measureGrounds?.value ?? 'none';
  const pair = pairs === 'none' ? undefined : pairs.find((one) => one.measure === measure);
  return grounds.find(({ code }) => pair === undefined || pair.grounds.includes(code))?.code;
};

/** Whether the body may still ask for a review: once, of whatever was decided, within the days of its pack. */
export const mayAskReview = ({ rules }: SanctionStart, { reviewAsked, reviewOver }: SanctionState): boolean =>
  !reviewAsked && (rules.reviewRequest === undefined || reviewOver === undefined);
