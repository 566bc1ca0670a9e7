import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, None, listOf, only } from '../values.ts';

export const MandateMode = z.enum(['whole', 'byField', 'byScenario']);
export type MandateMode = z.infer<typeof MandateMode>;

/** How operation is authorised: the mandate's extent, one platform, counties. Rows O11–O13. */
export const mandate = topic({
  /** What departments may not do beside the mandate; `unless`: what lifts the ban. */
  onePlatform: {
    row: 'O11',
    value: z.union([
      None,
      z.strictObject({
        forbidden: listOf(
          z.enum([
            'ownOperatingAgreement',
            'supplyOutsidePlatform',
            'unauthorisedOperation',
            'rightsThroughSystems',
          ]),
        ),
        unless: z.enum(['never', 'governmentApproval']),
      }),
    ]),
  },
  /** Existing channels are registered, assessed by these parties, and merged into the platform. */
  channels: {
    within: 'O11',
    value: z.union([
      None,
      z.strictObject({
        ledBy: Body,
        assessedBy: listOf(Body),
        criteria: listOf(z.enum(['feasible', 'secure'])),
        then: z.literal('merged'),
      }),
    ]),
  },
  /** `combined`: mandates of different extent may stand beside each other. */
  modes: {
    row: 'O12',
    value: z
      .strictObject({ allowed: listOf(MandateMode), combined: z.boolean() })
      .refine(({ allowed, combined }) => !combined || allowed.length > 1, 'one mode alone is not combined'),
  },
  /** How many mandates may run at once. */
  atMost: { within: 'O12', value: z.union([None, z.int().min(1).max(100)]) },
  overlap: only('refused'),
  /** Checks, norms and reviews belong to the mandate that covers the application; none or two: refused. */
  competence: only('coveringMandate'),
  counties: {
    row: 'O13',
    value: z.union([
      None,
      z.strictObject({
        implementingBody: z.boolean(),
        ownRules: z.boolean(),
        tasks: listOf(z.enum(['organise', 'coordinate', 'supervise'])),
        cityPlatform: z.boolean(),
      }),
    ]),
  },
});

/** Values of the topic `mandate`, as a resolved pack carries them. */
export type MandateRules = ValuesOf<typeof mandate>;
