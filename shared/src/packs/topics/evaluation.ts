import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, None, WorkingDays, listOf, only } from '../values.ts';

export const Indicator = z.enum([
  'productDevelopment',
  'applicationEffect',
  'securityManagement',
  'socialSatisfaction',
  'performance',
  'scenarioBenefit',
  'publicService',
  'agreementKept',
  'serviceQuality',
]);
export type Indicator = z.infer<typeof Indicator>;

/** Where figures come from; one that is not registered yet shows as no source, with its weight. */
export const Source = z.enum([
  'productsInUse',
  'applicationsOnTime',
  'accessesServed',
  'incidents',
  'overreachReports',
  'complaints',
  'questionnaires',
  'scenariosServed',
  'freeProducts',
  'workReports',
  'costReportsOnTime',
  'revenueWithinCap',
  'settlementsOnTime',
  'tariffsPublished',
  'sanctions',
  'evidenceInForce',
  'findingsRectified',
  'drillsHeld',
  'disclosuresOnTime',
  'bulletinsIssued',
  'qualityFeedback',
  'demandResponses',
]);

/** The yearly evaluation of an operator (年度评估): by whom, of what, with what consequence. Rows V1, V2. */
export const evaluation = topic({
  /** `with`: bodies beside the lead, any one of which is enough (乌海 十二: 会同…或委托…). */
  evaluatedBy: {
    row: 'V1',
    value: z.strictObject({ lead: Body, with: listOf(Body).optional() }),
  },
  period: { within: 'V1', value: z.strictObject({ months: z.int().min(1).max(36) }) },
  indicators: { within: 'V1', value: listOf(Indicator) },
  /** `equal`, or whole parts by indicator. */
  weights: {
    within: 'V1',
    value: z.union([z.literal('equal'), z.partialRecord(Indicator, z.int().min(1).max(1000))]),
  },
  sources: { within: 'V1', value: z.partialRecord(Indicator, listOf(Source)) },
  /** Whose opinion is asked for, by questionnaire. */
  inputs: { within: 'V1', value: listOf(Body) },
  /** Aspects that Wuhai 八（五）adds to the marks. */
  dimensions: {
    within: 'V1',
    value: z.union([
      None,
      listOf(
        z.enum([
          'policyAndInstitutions',
          'operator',
          'dataManagementAndQuality',
          'scenariosAndBenefit',
          'ecosystem',
          'toleranceAndInnovation',
        ]),
      ),
    ]),
  },
  outcomes: { row: 'V2', value: listOf(z.enum(['pass', 'rectify', 'fail'])) },
  /** `fixed`: so many days; `set`: the order names the day. */
  rectification: {
    within: 'V2',
    value: z.discriminatedUnion('limit', [
      z.strictObject({
        limit: z.literal('fixed'),
        days: z.int().min(1).max(366),
        unit: z.enum(['workingDays', 'calendarDays']),
      }),
      z.strictObject({ limit: z.literal('set'), by: Body }),
    ]),
  },
  rectificationPlan: { within: 'V2', value: z.boolean() },
  secondRectify: { within: 'V2', value: z.literal('fail') },
  onFail: { within: 'V2', value: z.literal('terminated') },
  afterTermination: { within: 'V2', value: z.literal('newSelection') },
  /** What an evaluation must be named for: a renewal; a change of scope (朔州 十（七）). */
  decides: { within: 'V2', value: listOf(z.enum(['continuation', 'renewal', 'scope'])) },
  /** How long the operator has to answer before the result stands. */
  reply: { value: WorkingDays },
  resultPublished: { value: z.boolean() },
  rectificationIntoUnpublishedYear: only('provisional'),
  noReport: only('openUntilTerminated'),
  lateReport: only('refused'),
  rectifyTwoYearsRunning: only('countedAfresh'),
});

/** Values of the topic `evaluation`, as a resolved pack carries them. */
export type EvaluationRules = ValuesOf<typeof evaluation>;
