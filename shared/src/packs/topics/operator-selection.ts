import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, Body, CalendarDays, None, WorkingDays, listBy, listOf, only } from '../values.ts';

export const SelectionMode = z.enum(['openTender', 'invitedTender', 'negotiation', 'openCall']);
export type SelectionMode = z.infer<typeof SelectionMode>;

export const ConditionGroup = z.enum([
  'basic',
  'management',
  'technical',
  'financial',
  'service',
  'security',
  'scenario',
  'other',
]);

const place = {
  code: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  group: ConditionGroup,
  article: ArticleName,
};

/** How a condition is proved: looked up in lists, dated, certified, or shown by a document that somebody reads. */
export const Condition = z.discriminatedUnion('kind', [
  z.strictObject({
    ...place,
    kind: z.literal('debarmentLists'),
    lists: listOf(
      z.enum([
        'dishonestConduct',
        'dishonestDebtors',
        'majorTaxViolations',
        'procurementViolations',
        'seriousDishonesty',
      ]),
    ),
  }),
  /** `grade`: incidents that count, from 较大 upwards or all of them. */
  z.strictObject({
    ...place,
    kind: z.literal('incidentFreeYears'),
    years: z.int().min(1).max(20),
    grade: z.enum(['largerAndAbove', 'any']),
    incidents: listOf(z.enum(['networkSecurity', 'dataSecurity', 'personalInformation'])),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('noViolations'),
    of: listOf(z.enum(['networkSecurity', 'dataSecurity', 'personalInformation', 'majorOffences'])),
  }),
  z.strictObject({ ...place, kind: z.literal('mlpsLevel'), level: z.int().min(1).max(5) }),
  z.strictObject({ ...place, kind: z.literal('legalPerson') }),
  z.strictObject({ ...place, kind: z.literal('evidence') }),
]);
export type Condition = z.infer<typeof Condition>;

/** The choice of an operator (运营机构), from announcement to signature. Rows O1–O4. */
export const operatorSelection = topic({
  modes: {
    row: 'O1',
    value: listBy(
      z.strictObject({ mode: SelectionMode, by: z.enum(['announcement', 'invitation']) }),
      'mode',
    ),
  },
  /** Of a selection by invitation. */
  minInvitees: { within: 'O1', value: z.union([None, z.int().min(2).max(20)]) },
  /** Fewer valid bids: the selection has failed and is run again. */
  minValidBids: { value: z.int().min(1).max(20) },
  announcementContents: {
    within: 'O1',
    value: listOf(z.enum(['mode', 'scope', 'conditions', 'assessmentCriteria', 'agreementTerms', 'other'])),
  },
  /** How long an announcement stands. */
  announcementPeriod: { value: WorkingDays },
  /** How long invitees have to say that they take part. */
  invitationPeriod: { value: WorkingDays },
  /** From the issue of the papers to the close of bids. */
  bidPeriod: { value: CalendarDays },
  conditions: { row: 'O2', value: listBy(Condition, 'code') },
  /** Who assesses; `method`: scores by criterion and their composite, with or without an opinion on feasibility. */
  assessment: {
    row: 'O3',
    value: z.strictObject({
      committee: listOf(z.enum(['outsideExperts', 'departments'])),
      method: z.literal('compositeScore'),
      feasibilityOpinion: z.boolean(),
    }),
  },
  resultPublished: { within: 'O3', value: z.boolean() },
  /** `expertsAtLeast`: share of experts as a fraction. */
  committee: {
    value: z.strictObject({
      size: z.int().min(3).max(99),
      odd: z.boolean(),
      expertsAtLeast: z.tuple([z.int().min(0).max(99), z.int().min(1).max(99)]),
      drawn: z.literal('random'),
    }),
  },
  conflictedExpert: only('leavesPanel'),
  ranking: only('exactValues'),
  missingScore: only('sheetRefused'),
  lastTie: only('panelDecides'),
  tooFewValidBids: only('failed'),
  lateBid: only('refused'),
  bidsSealedUntil: only('opening'),
  /** In this order. `on`: what is consulted on. `selection` is announcement, bids and assessment. */
  route: {
    row: 'O4',
    value: listBy(
      z.strictObject({
        step: z.enum([
          'consultation',
          'selection',
          'negotiation',
          'collectiveDecision',
          'governmentApproval',
          'publicNotice',
          'signing',
        ]),
        on: z.enum(['tenderTerms', 'agreement', 'operatingPlan', 'result']).optional(),
        by: Body.optional(),
        article: ArticleName,
      }),
      'step',
    ).refine((steps) => steps.at(-1)?.step === 'signing' && steps.some(({ step }) => step === 'selection'), {
      message: 'a route selects and ends with signing',
    }),
  },
  signedBy: { within: 'O4', value: z.enum(['authority', 'aloneOrWithDepartments']) },
  /** Annex at the core of the agreement. */
  coreAnnex: { within: 'O4', value: z.union([None, z.literal('operatingPlan')]) },
  /** How long a public notice runs; objections come within it. */
  publicNotice: { within: 'O4', value: WorkingDays },
  objections: {
    value: z.strictObject({ answeredWithin: WorkingDays, before: z.literal('signing') }),
  },
});

/** Values of the topic `operatorSelection`, as a resolved pack carries them. */
export type OperatorSelectionRules = ValuesOf<typeof operatorSelection>;
