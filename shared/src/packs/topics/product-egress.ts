import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { CheckField, None, Party, WorkingDays, listOf, only } from '../values.ts';

/** What a product is (产品类别): a service is an API or a verification (核验). */
export const productClasses = ['dataset', 'report', 'api', 'verification', 'model'] as const;
export const ProductClass = z.enum(productClasses);
export type ProductClass = z.infer<typeof ProductClass>;

/** What a product is for: the first two are free where they are, industry may be charged (F1). */
export const productPurposes = ['publicGovernance', 'publicWelfare', 'industry'] as const;
export const ProductPurpose = z.enum(productPurposes);
export type ProductPurpose = z.infer<typeof ProductPurpose>;

export const EgressRequirement = z.enum([
  'notRaw',
  'notReversible',
  /** Without another way: consent of the subjects does not replace it. */
  'desensitised',
  'desensitisedOrConsented',
  'notReidentifiable',
  'privacyRespected',
  'agreementKept',
]);
export type EgressRequirement = z.infer<typeof EgressRequirement>;

const Share = z.number().min(0).max(1);
const Count = z.int().min(1);

/** Products: the egress check, the second lock, registration, list, feedback. Rows E1–E5, A9, O10 (separation), X6. */
export const productEgress = topic({
  /** The local word for the act (出域核查, 出域审核, 产品合规性审核). */
  localTerm: { within: 'E1', value: z.string().min(1).max(40) },
  submittedBy: { within: 'E1', value: listOf(z.enum(['merchant', 'operator'])) },
  classes: { within: 'E1', value: listOf(ProductClass) },
  fields: { within: 'E1', value: listOf(CheckField) },
  requirements: { row: 'E1', value: listOf(EgressRequirement) },
  /** Data that may leave as it is: the ground is recorded for each source and confirmed by both checkers. */
  lawfullyPublic: {
    within: 'E1',
    value: z.union([None, listOf(z.enum(['obtainedPublicly', 'publicByLaw']))]),
  },
  checkers: { within: 'E1', value: z.strictObject({ of: Party, number: z.literal(2) }) },
  /** Both must pass the product; one refusal refuses it. */
  verdict: only('all'),
  checkLimit: { within: 'E1', value: WorkingDays },
  /** How long a product sent back waits for its next artefact before it lapses. */
  correctionLimit: { value: WorkingDays },
  thresholds: {
    within: 'E1',
    value: z.strictObject({
      k: Count,
      l: Count,
      t: Share,
      search: z.strictObject({ columns: z.int().min(1).max(6), sets: z.int().min(1).max(100_000) }),
      aggregate: z.strictObject({
        minimumCell: Count,
        dominance: z.strictObject({ n: z.int().min(1).max(5), share: Share }),
        pRatio: Share,
        zeros: z.enum(['finding', 'allowed']),
      }),
      raw: z.strictObject({ fields: z.int().min(1).max(20), shareOfProduct: Share }),
    }),
  },
  /** The second lock: what the authority does before anything leaves. */
  secondLock: { row: 'E2', value: z.strictObject({ act: z.enum(['filing', 'agreement']), by: Party }) },
  filingLimit: { value: WorkingDays },
  registration: { row: 'E3', value: z.literal('beforeRelease') },
  /** The two kinds of the list (支持公共治理、公益事业；支持产业发展、行业发展). */
  list: {
    row: 'E4',
    value: z.strictObject({ public: z.literal(true), kinds: z.enum(['one', 'two']) }),
  },
  outsideList: { within: 'E4', value: z.literal('refused') },
  feedback: {
    row: 'E5',
    value: z.strictObject({ collectedBy: Party, relayedTo: Party }),
  },
  feedbackLimit: { value: WorkingDays },
  spotChecks: { within: 'A9', value: listOf(Party) },
  spotCheckLimit: { value: WorkingDays },
  /** From what share an ownership counts, in ten-thousandths, each step of a chain; control always does. */
  separation: { value: z.strictObject({ shareBasisPoints: z.int().min(1).max(10_000) }) },
  linkageRisk: { row: 'X6', value: z.literal('shown') },
});

/** Values of the topic `productEgress`, as a resolved pack carries them. */
export type ProductEgressRules = ValuesOf<typeof productEgress>;
