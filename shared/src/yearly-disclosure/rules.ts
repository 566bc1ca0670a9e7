/** What a year's disclosure is made under, carried by its case (S1, S2; notice of 2026-02-10): values beside their articles. */
import { type BusinessDate } from '../business-date.ts';
import { citedArticle, placeOfEntry, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { DisclosureItem } from '../packs/topics/disclosure.ts';
import type { ArticleRef } from '../problems.ts';

/** Whose part it is: both bodies' of the notice, and the report on the whole of operation (朔州 十一（一）6). */
export const disclosureParts = ['implementingBody', 'operator', 'overallReport'] as const;
export type DisclosurePart = (typeof disclosureParts)[number];

export type YearlyRules = {
  items: { item: DisclosureItem; rests: ArticleRef | null }[];
  /** Days of the year after, `MM-DD`. */
  from: string;
  due: string;
  remindBefore: number;
  keptYears: number;
  /** Who is told of what is missing after the last day. */
  escalateTo: string;
  /** What the part itself rests on. */
  rests: ArticleRef | null;
};

const place = (
  pack: ResolvedPack,
  part: 'implementingBody' | 'operator',
  article: string,
): ArticleRef | null => {
  const found = placeOfEntry(ruleOf(pack, 'disclosure', part), article);
  return 'article' in found ? found : null;
};

/**
 * The rules of a part; `undefined` where the pack has no such report. @throws RangeError without the topic.
 */
export const yearlyRules = (pack: ResolvedPack, part: DisclosurePart): YearlyRules | undefined => {
  const value = <K extends 'completenessFrom' | 'due' | 'remindBefore' | 'keptPublic' | 'escalation'>(
    key: K,
  ) => ruleOf(pack, 'disclosure', key).value;
  const base = {
    from: value('completenessFrom'),
    remindBefore: value('remindBefore').workingDays,
    keptYears: value('keptPublic').years,
  };
  const { escalation } = { escalation: value('escalation') };
  if (part === 'overallReport') {
    const report = ruleOf(pack, 'disclosure', 'overallReport');
    const due = ruleOf(pack, 'disclosure', 'overallReportDue').value;
    if (report.value === 'none' || due === 'none') return undefined;
    const rests = citedArticle(report).article ?? null;
    return {
      ...{ ...base, due, rests, escalateTo: escalation.implementingBody },
      items: report.value.items.map((item) => ({ item, rests })),
    };
  }
  const rule = ruleOf(pack, 'disclosure', part);
  return {
    ...{ ...base, due: value('due'), escalateTo: escalation[part] },
    rests: citedArticle(rule).article ?? null,
    items: rule.value.map(({ item, article }) => ({ item, rests: place(pack, part, article) })),
  };
};

/** The days of a year's disclosure: gathered from, published by, and open to correction until. */
export const yearlyDays = (
  { from, due, keptYears }: Pick<YearlyRules, 'from' | 'due' | 'keptYears'>,
  year: number,
): { from: BusinessDate; due: BusinessDate; keptUntil: BusinessDate } => ({
  from: `${year + 1}-${from}`,
  due: `${year + 1}-${due}`,
  keptUntil: `${year + 1 + keptYears}-${due}`,
});
