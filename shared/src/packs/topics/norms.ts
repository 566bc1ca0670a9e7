import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { listOf } from '../values.ts';

/** Norms that must stand before work starts (M2): approved by the authority, deposited with it, issued by it. */
export const norms = topic({
  approved: {
    row: 'M2',
    value: listOf(
      z.enum([
        'catalogTechnicalStandard',
        'onboardingNorm',
        'standardAgreement',
        'applicationCheckNorm',
        'egressCheckNorm',
      ]),
    ),
  },
  deposited: { row: 'M2', value: listOf(z.enum(['platformNorms', 'managementRules'])) },
  issued: { row: 'M2', value: listOf(z.enum(['reviewNorm'])) },
});

/** Values of the topic `norms`, as a resolved pack carries them. */
export type NormsRules = ValuesOf<typeof norms>;
