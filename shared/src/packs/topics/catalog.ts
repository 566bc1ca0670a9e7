import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { None, Party, listOf } from '../values.ts';

const Step = z.enum(['compiled', 'submitted', 'reviewed', 'collected', 'published', 'registered']);

/** The catalog (授权运营目录): what an entry holds, how it becomes public, what never enters. Rows C1–C5. */
export const catalog = topic({
  entryContents: {
    row: 'C1',
    value: listOf(
      z.enum(['name', 'provider', 'abstract', 'fieldNames', 'updateFrequency', 'dataQuality', 'scenario']),
    ),
  },
  /** Classified and graded (分类分级) before this step; `authorised`: before it may be used at all. */
  classificationRequired: {
    row: ['C5', 'C2'],
    value: z.strictObject({ before: z.enum(['submitted', 'authorised']) }),
  },
  /** In this order. `to`: who receives; `batches`: several entries at once. */
  flow: {
    row: 'C2',
    value: z
      .array(z.strictObject({ step: Step, by: Party, to: Party.optional(), batches: z.boolean().optional() }))
      .min(1)
      .refine((steps) => new Set(steps.map(({ step }) => step)).size === steps.length, 'a step stands twice'),
  },
  /** Who registers the resources on the registration platform (公共数据资源登记). */
  registration: { row: 'C2', value: z.strictObject({ by: Party }) },
  /** `dynamic`: as what they describe changes, without a period (Shuozhou s.7(2)). */
  update: {
    row: 'C3',
    value: z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('dynamic') }),
      z.strictObject({ mode: z.literal('statedFrequency') }),
      z.strictObject({ mode: z.literal('periodicStudy'), convenedBy: Party, parties: listOf(Party) }),
    ]),
  },
  studyPeriod: { within: 'C3', value: z.union([None, z.strictObject({ months: z.int().min(1).max(60) })]) },
  sharedDataConsent: { row: 'C4', value: z.strictObject({ of: Party }) },
  sharedDataConsentRecord: { within: 'C4', value: listOf(z.enum(['document', 'date', 'scope'])) },
  consentWithdrawn: { within: 'C4', value: z.literal('suspends') },
  /** Grounds on which data never enters the catalog. */
  neverEnters: {
    row: 'C5',
    cumulative: true,
    value: listOf(
      z.enum([
        'harmsNationalSecurity',
        'harmsPublicInterest',
        'infringesTradeSecrets',
        'infringesPrivacy',
        'infringesPersonalInformation',
        'closedToOpening',
      ]),
    ),
  },
  /** What other law governs first: the entry waits until it is shown that this law allows it. */
  followsOtherLaw: {
    within: 'C5',
    cumulative: true,
    value: listOf(z.enum(['stateSecrets', 'workSecrets', 'personalInformation', 'tradeSecrets'])),
  },
});

/** Values of the topic `catalog`, as a resolved pack carries them. */
export type CatalogRules = ValuesOf<typeof catalog>;
