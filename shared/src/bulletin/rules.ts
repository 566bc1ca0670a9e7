/** What a bulletin on source departments is made under, carried by its case (S3; 中卫 三十一). */
import { citedArticle, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { BulletinRules as Topic } from '../packs/topics/bulletin.ts';
import type { ArticleRef } from '../problems.ts';

export type BulletinCaseRules = {
  figures: Topic['figures'];
  months: number;
  replyDays: number;
  issueDays: number;
  published: boolean;
  /** A median of fewer reviews is not shown: a small office is not judged by one case. */
  smallest: number;
  rests: ArticleRef | null;
};

/** @throws RangeError where the pack does not hold the topics. */
export const bulletinRules = (pack: ResolvedPack): BulletinCaseRules => {
  const value = <K extends keyof Topic>(key: K) => ruleOf(pack, 'bulletin', key).value;
  return {
    figures: value('figures') as Topic['figures'],
    months: (value('period') as Topic['period']).months,
    replyDays: (value('reply') as Topic['reply']).workingDays,
    issueDays: (value('issueLimit') as Topic['issueLimit']).workingDays,
    published: value('published') as boolean,
    smallest: ruleOf(pack, 'disclosure', 'fairnessReport').value.smallestCount,
    rests: citedArticle(ruleOf(pack, 'bulletin', 'figures')).article ?? null,
  };
};
