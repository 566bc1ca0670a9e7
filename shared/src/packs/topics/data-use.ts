import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { None, Party, listOf } from '../values.ts';

/** Use of the data once consented to: agreement, limits, the developer's duties. Rows A7–A9. */
export const dataUse = topic({
  agreementContents: {
    row: 'A7',
    value: z.union([
      None,
      listOf(
        z.enum([
          'rightsAndDuties',
          'scenario',
          'dataScope',
          'term',
          'conditions',
          'dataSecurity',
          'serviceFees',
          'tradingConditions',
          'termination',
          'liability',
        ]),
      ),
    ]),
  },
  /** `beyondGrant`: use beyond scope, purpose or term; `abuseOfInformation`: of what the work brought to light. */
  refusedUse: { row: 'A8', cumulative: true, value: listOf(z.enum(['beyondGrant', 'abuseOfInformation'])) },
  overreachReportedBy: { within: 'A8', value: Party },
  /**
   * Calendar days before a grant's last day on which its expiry is told. Not working days: a term of years ends in
   * years whose calendar nobody has published yet.
   */
  expiryWarnings: { value: z.strictObject({ calendarDaysBefore: listOf(z.int().min(1).max(366)) }) },
  developerDuties: {
    row: 'A9',
    value: z.union([None, listOf(z.enum(['noRawTransfer', 'selfChecks', 'spotChecks']))]),
  },
});

/** Values of the topic `dataUse`, as a resolved pack carries them. */
export type DataUseRules = ValuesOf<typeof dataUse>;
