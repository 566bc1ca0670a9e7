import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, Body, None, WorkingDays, YearDay, listBy, listOf } from '../values.ts';

/** What a body lays open about a year (披露事项), each filled from events. */
export const DisclosureItem = z.enum([
  /** Who the body itself is. */
  'ownParticulars',
  /** Who is authorised, for what, in which scope, for how long (授权对象、内容、范围和时限). */
  'grantee',
  'subject',
  'scope',
  'term',
  'feeCeilings',
  'evaluationResults',
  'authorisedResources',
  'productList',
  'actualFees',
  'resourceUse',
  'operation',
]);
export type DisclosureItem = z.infer<typeof DisclosureItem>;

const items = listBy(z.strictObject({ item: DisclosureItem, article: ArticleName }), 'item');

/** The yearly disclosure of both bodies, Shuozhou's overall report, the fairness report. Rows S1, S2. */
export const disclosure = topic({
  /** Items of the implementing body; each names its article. */
  implementingBody: { row: 'S1', value: items },
  /** Items of the operator. */
  operator: { row: 'S2', value: items },
  /** How often each body discloses (定期): a year at a time, as the due day of a year says. */
  period: { within: 'S1', value: z.strictObject({ months: z.literal(12) }) },
  /** The last day, in the year after, on which the disclosure of a year is published. */
  due: { within: 'S1', value: YearDay },
  /** From this day on, in the year after, both bodies are told what is still missing. */
  completenessFrom: { within: 'S1', value: YearDay },
  /** So long before the last day a body with missing items is reminded. */
  remindBefore: { within: 'S1', value: WorkingDays },
  /** Who is told of items that are missing after the last day. */
  escalation: { within: 'S1', value: z.strictObject({ implementingBody: Body, operator: Body }) },
  /** The authority's report on the whole of operation in a year (总体情况), and what it tells. */
  overallReport: {
    within: 'S1',
    value: z.union([None, z.strictObject({ by: z.literal('authority'), items: listOf(DisclosureItem) })]),
  },
  /** Its last day, in the year after. */
  overallReportDue: { within: 'S1', value: z.union([None, YearDay]) },
  /** What was disclosed stays on the public pages for so many years. */
  keptPublic: { within: 'S1', value: z.strictObject({ years: z.int().min(1).max(30) }) },
  /** The figures on refusals by merchant (M4): so often, a count smaller than this is not shown. */
  fairnessReport: {
    value: z.strictObject({ months: z.int().min(1).max(36), smallestCount: z.int().min(2).max(50) }),
  },
});

/** Values of the topic `disclosure`, as a resolved pack carries them. */
export type DisclosureRules = ValuesOf<typeof disclosure>;
