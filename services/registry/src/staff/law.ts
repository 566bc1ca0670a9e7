/** What must be on record before a person processes data (D4, Wuhai 八（三）). */
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { SupplyRules } from '@gongshu/shared/packs/topics/supply';
import { type ArticleRef, problem } from '@gongshu/shared/problems';
import type { StaffRow } from './tables.ts';

type Personnel = Exclude<SupplyRules['personnel'], 'none'>;
export type Requirement = Personnel['required'][number];
export type StaffLaw = { required: readonly Requirement[]; article: { article?: ArticleRef } };

/** What the pack requires of each person; nothing where the text sets no conditions for them. */
export const staffLaw = (pack: ResolvedPack): StaffLaw => {
  const rule = pack.rules['supply']?.['personnel'];
  const value = rule?.value as SupplyRules['personnel'] | undefined;
  return {
    required: value === undefined || value === 'none' ? [] : value.required,
    article: clauseIn(pack, 'supply', 'personnel'),
  };
};

const holds = (on: string | null, until: string | null, today: string): boolean =>
  on !== null && on <= today && (until === null || today <= until);

/** Whether each requirement is met on a day; acts are recorded as they happen, so that one is always met before. */
const met: Record<Requirement, (row: StaffRow, today: string) => boolean> = {
  realName: (row, today) => holds(row.identity_on, row.identity_until, today),
  filed: (row, today) => holds(row.filed_on, null, today),
  vetted: (row, today) => row.vetting_result === 'passed' && holds(row.vetted_on, row.vetted_until, today),
  confidentialitySigned: (row, today) => holds(row.confidentiality_on, row.confidentiality_until, today),
  actsRecorded: () => true,
};

/** What is missing or has run out on a day of the law's clock, in the order of the text. */
export const lacking = (law: StaffLaw, row: StaffRow, today: string): Requirement[] =>
  law.required.filter((one) => !met[one](row, today));

const refusals = {
  realName: 'identityNotVerified',
  filed: 'staffNotFiled',
  vetted: 'staffNotVetted',
  confidentialitySigned: 'confidentialityMissing',
} as const;

/**
 * Throws `identityNotVerified`, `staffNotFiled`, `staffNotVetted` or `confidentialityMissing` (409) with the article,
 * the first that the text names; all of them stand in `errors`.
 */
export const mustBeReady = (law: StaffLaw, row: StaffRow, today: string): void => {
  const missing = lacking(law, row, today).filter((one) => one !== 'actsRecorded');
  const [first] = missing;
  if (!first) return;
  throw problem(refusals[first], {
    ...law.article,
    errors: missing.map((one) => ({
      pointer: '/path/staffId',
      code: refusals[one],
      message: { zh: '人员尚不具备此项要求', en: 'The person lacks this' },
    })),
  });
};
