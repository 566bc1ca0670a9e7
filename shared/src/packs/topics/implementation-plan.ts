import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, Body, WorkingDays, listBy, listOf } from '../values.ts';

/** What a plan holds; the twelve of the national norm's article 9, and what cities add. */
export const PlanItem = z.enum([
  'name',
  'necessityAndFeasibility',
  'operatorConditions',
  'mode',
  'dataResources',
  'termAndProgress',
  'products',
  'accounting',
  'security',
  'rightsAndDuties',
  'supervisionAndEvaluation',
  'other',
  'economicAndSocialBenefit',
  'implementingBody',
  'selectionProcess',
  'term',
  'management',
]);
export type PlanItem = z.infer<typeof PlanItem>;

export const FeasibilityTopic = z.enum([
  'dataLifecycleService',
  'socialDemand',
  'marketSize',
  'expectedEffect',
  'riskControl',
  'policySupport',
  'technicalBasis',
  'dataBasis',
]);
export type FeasibilityTopic = z.infer<typeof FeasibilityTopic>;

/** A part of the members; `strict`: more than it, else at least it. */
const Share = z
  .strictObject({
    of: z.enum(['members', 'present']),
    numerator: z.int().min(1).max(100),
    denominator: z.int().min(1).max(100),
    strict: z.boolean(),
  })
  .refine(({ numerator, denominator }) => numerator <= denominator, 'a share is at most the whole');

/** The implementation plan (实施方案): contents, deliberation, change, filing. Rows P1, P2. */
export const implementationPlan = topic({
  /** `article`: where the item is asked for; a plan without it is told by this place. */
  contents: {
    row: 'P1',
    value: listBy(z.strictObject({ item: PlanItem, article: ArticleName }), 'item'),
  },
  feasibility: { within: 'P1', value: listOf(FeasibilityTopic) },
  compiledBy: { value: Body },
  /** In this order; each step waits for the one before. */
  route: {
    row: 'P2',
    value: listBy(
      z.strictObject({
        step: z.enum(['collectiveDecision', 'governmentApproval', 'filing']),
        by: Body,
        to: Body.optional(),
        article: ArticleName,
      }),
      'step',
    ),
  },
  /** How a collective decision is taken: who must be there, and who must say yes. */
  collectiveVote: { value: z.strictObject({ quorum: Share, majority: Share }) },
  minutes: { value: z.literal('document') },
  /** A material change takes the route again from its first step; earlier versions stay. */
  materialChange: { within: 'P2', value: z.literal('sameRoute') },
  /** How long deliberation may take; late is overdue, never deemed. */
  deliberationLimit: { value: z.strictObject({ ...WorkingDays.shape, onSilence: z.literal('overdue') }) },
  /** Sent within, after approval; `waitsForReceipt`: whether the plan binds only from the receipt. */
  filingLimit: {
    within: 'P2',
    value: z.strictObject({ ...WorkingDays.shape, waitsForReceipt: z.boolean() }),
  },
});

/** Values of the topic `implementationPlan`, as a resolved pack carries them. */
export type ImplementationPlanRules = ValuesOf<typeof implementationPlan>;
