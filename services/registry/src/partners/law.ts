/** What the pack asks of partners: six groups of conditions, and the contents of their filing (Shuozhou 四, 六（二）). */
import { citedArticle, type ResolvedPack, type ResolvedRule } from '@gongshu/shared/packs/pack';
import type { MerchantOnboardingRules } from '@gongshu/shared/packs/topics/merchant-onboarding';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { PartnerContents } from './schema.ts';

export type PartnerLaw = {
  groups: readonly string[];
  groupsRule: ResolvedRule;
  contents: readonly string[];
  filingRule: ResolvedRule;
};

/** What the pack asks of partners; `undefined` where it has none filed. */
export const partnerLawIn = (pack: ResolvedPack): PartnerLaw | undefined => {
  const rules = pack.rules['merchantOnboarding'];
  const [filingRule, groupsRule] = [rules?.['filing'], rules?.['checkFields']];
  const filing = filingRule?.value as MerchantOnboardingRules['filing'] | undefined;
  if (!filingRule || !groupsRule || filing === undefined || filing === 'none') return undefined;
  return {
    ...{ groupsRule, filingRule, contents: filing.contents },
    groups: groupsRule.value as MerchantOnboardingRules['checkFields'],
  };
};

/** The same where there must be some. Throws `partnersNotInPack` (409). */
export const partnerLaw = (pack: ResolvedPack): PartnerLaw => {
  const law = partnerLawIn(pack);
  if (!law) throw problem('partnersNotInPack');
  return law;
};

const isThere = (contents: PartnerContents, part: string): boolean =>
  contents[part as keyof PartnerContents] !== undefined;

/** Places of all that a filing still lacks: parts first, then groups without a statement or without evidence. */
export const missingIn = ({ groups, contents: parts }: PartnerLaw, contents: PartnerContents): string[] => [
  ...parts.filter((part) => !isThere(contents, part)),
  ...groups
    .filter((group) => !contents.groups?.some((one) => one.group === group && one.evidence.length > 0))
    .map((group) => `groups/${group}`),
];

/** Throws `partnerIncomplete` (422) that names everything missing at once, with the article of the first. */
export const mustBeWhole = (law: PartnerLaw, contents: PartnerContents): void => {
  const missing = missingIn(law, contents);
  const [first] = missing;
  if (first === undefined) return;
  const place = (part: string): ProblemPlace => ({
    pointer: `/body/contents/${part}`,
    code: 'required',
    message: part.startsWith('groups/')
      ? { zh: '该组条件尚无佐证', en: 'No evidence for this group of conditions' }
      : { zh: '缺少此项备案内容', en: 'This part of the filing is missing' },
  });
  throw problem('partnerIncomplete', {
    ...citedArticle(first.startsWith('groups/') ? law.groupsRule : law.filingRule),
    errors: missing.map(place),
  });
};
