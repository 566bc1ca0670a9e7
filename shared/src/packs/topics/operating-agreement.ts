import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, Body, None, WorkingDays, listBy, listOf, only } from '../values.ts';

/** The thirteen of the national norm's article 14, and the annex that Shuozhou adds. */
export const AgreementItem = z.enum([
  'dataResources',
  'term',
  'products',
  'platform',
  'assetOwnership',
  'disclosure',
  'accounting',
  'security',
  'evaluationRenewalExit',
  'liability',
  'disputes',
  'amendmentTermination',
  'other',
  'operatingPlan',
]);
export type AgreementItem = z.infer<typeof AgreementItem>;

const Months = z.strictObject({ monthsBefore: z.int().min(0).max(60) });

/** The operating agreement (授权运营协议): contents, term, filing, renewal, exit, what the operator may not do. Rows O5–O10. */
export const operatingAgreement = topic({
  contents: {
    row: 'O5',
    value: listBy(z.strictObject({ item: AgreementItem, article: ArticleName }), 'item'),
  },
  /** `inPrinciple`: longer only on a recorded ground. */
  term: {
    row: 'O6',
    value: z.strictObject({ maxYears: z.int().min(1).max(50), inPrinciple: z.boolean() }),
  },
  termFrom: { within: 'O6', value: z.literal('signature') },
  termSetBy: { within: 'O6', value: listOf(Body) },
  /** Civil Code 201, 202: the corresponding day itself is the last; where there is none, the month's last. */
  termEnds: only('correspondingDayIsLast'),
  filing: { row: 'O7', value: z.union([None, z.strictObject({ by: Body, to: Body })]) },
  filingLimit: {
    within: 'O7',
    value: z.strictObject({ ...WorkingDays.shape, waitsForReceipt: z.boolean() }),
  },
  /** What an evaluation decides on when the term ends. */
  renewal: {
    row: 'O8',
    value: z.strictObject({
      decidedBy: z.literal('evaluation'),
      outcomes: listOf(z.enum(['renewed', 'reauthorised', 'ended'])),
    }),
  },
  /** Material is handed in between two days before expiry; none: any day of the term. */
  renewalWindow: {
    within: 'O8',
    value: z.union([
      None,
      z
        .strictObject({ from: Months, until: Months })
        .refine(
          ({ from, until }) => from.monthsBefore > until.monthsBefore,
          'a window opens before it closes',
        ),
    ]),
  },
  renewalMaterial: { within: 'O8', value: z.union([None, listOf(z.enum(['workReport', 'willingness']))]) },
  renewalWindowEdges: only('inclusive'),
  exit: {
    row: 'O9',
    value: listBy(
      z.strictObject({
        ground: z.enum([
          'expiry',
          'earlyRequest',
          'agreedConditions',
          'breach',
          'failedEvaluation',
          'rectificationOverdue',
          'rectificationFailed',
        ]),
        kind: z.enum(['voluntary', 'involuntary']),
        article: ArticleName,
      }),
      'ground',
    ),
  },
  /** What must be ticked off, each with evidence, before an exit is complete. */
  handOver: {
    value: listOf(
      z.enum([
        'dataReturnedOrDestroyed',
        'keysRevoked',
        'productsSettled',
        'runningGrants',
        'assetsSettled',
        'recordsHandedOver',
      ]),
    ),
  },
  /** Grants of merchants that still run when the operator leaves. */
  runningGrantsOnExit: { value: z.enum(['passToSuccessor', 'ended']) },
  suspension: {
    value: z.union([None, z.strictObject({ by: Body, restored: z.literal('afterRectification') })]),
  },
  /** What the operator may not do with the mandate or with what it has delivered. */
  forbidden: {
    row: 'O10',
    cumulative: true,
    value: listOf(
      z.enum(['redevelopment', 'merchantFunction', 'subLicence', 'subcontracting', 'disguisedTransfer']),
    ),
  },
  /** No sub-licence and no subcontract of the mandate. */
  noSubLicence: { within: 'O10', value: z.literal(true) },
});

/** Values of the topic `operatingAgreement`, as a resolved pack carries them. */
export type OperatingAgreementRules = ValuesOf<typeof operatingAgreement>;
