import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { listOf } from '../values.ts';

/** What no body may do to others in the course of operation. Row M4. */
export const conduct = topic({
  forbidden: {
    row: 'M4',
    cumulative: true,
    value: listOf(
      z.enum([
        'abuseOfPosition',
        'monopoly',
        'unjustRefusal',
        'tying',
        'extraConditions',
        'abuseOfInformation',
      ]),
    ),
  },
});

/** Values of the topic `conduct`, as a resolved pack carries them. */
export type ConductRules = ValuesOf<typeof conduct>;
