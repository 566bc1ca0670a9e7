import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { SupplyRules } from '@gongshu/shared/packs/topics/supply';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import type { SocialDataDraft } from './schema.ts';

export type SocialDataLaw = {
  /** Each shown by evidence; none where the text does not speak of social data. */
  conditions: readonly string[];
  /** The implementing body approves before anything is used (Wuhai 八（三）). */
  approval: boolean;
  article: { article?: ArticleRef };
};

/** What the pack asks of social data (D3). */
export const socialDataLaw = (pack: ResolvedPack): SocialDataLaw => {
  const rule = pack.rules['supply']?.['socialData'];
  const value = rule?.value as SupplyRules['socialData'] | undefined;
  const article = clauseIn(pack, 'supply', 'socialData');
  if (value === undefined || value === 'none') return { conditions: [], approval: false, article };
  return { conditions: value.conditions, approval: value.approvedBy !== undefined, article };
};

/** Throws `socialDataConditionUnmet` (422) naming every condition without evidence, with the article. */
export const mustMeetConditions = (law: SocialDataLaw, { conditions }: SocialDataDraft): void => {
  const unmet = law.conditions.filter((one) => !conditions.some(({ condition }) => condition === one));
  if (unmet.length === 0) return;
  throw problem('socialDataConditionUnmet', {
    ...law.article,
    errors: unmet.map((one) => ({
      pointer: `/body/conditions/${one}`,
      code: 'required',
      message: { zh: '该条件尚无佐证', en: 'No evidence for this condition' },
    })),
  });
};
