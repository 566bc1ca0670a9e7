import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, None, listOf, only } from '../values.ts';

/** The standing expert committee (专家委员会、专家组) on hard questions and risk. Row X3. */
export const expertCommittee = topic({
  committee: {
    row: 'X3',
    value: z.union([
      None,
      z.strictObject({
        formedBy: Body,
        tasks: listOf(z.enum(['hardQuestions', 'riskAssessment', 'advice'])),
      }),
    ]),
  },
  members: {
    within: 'X3',
    value: z.union([None, listOf(z.enum(['enterprise', 'researchInstitute', 'university', 'association']))]),
  },
  conflictedMember: only('leavesQuestion'),
  /** What becomes of opinions: kept with the case, or published. */
  opinions: { value: z.enum(['kept', 'published']) },
});

/** Values of the topic `expertCommittee`, as a resolved pack carries them. */
export type ExpertCommitteeRules = ValuesOf<typeof expertCommittee>;
