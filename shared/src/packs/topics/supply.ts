import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { None, Party, listOf } from '../values.ts';

/** Supply of data to the platform (供数), traces, social data, people. Rows D1–D4. */
export const supply = topic({
  /** Nothing is supplied or used beyond what is authorised. */
  authorisedOnly: { row: 'D1', value: z.literal(true) },
  suppliedBy: { within: 'D1', value: Party },
  /** Data of these kinds goes out only in one of these ways. */
  protectedData: {
    within: 'D1',
    value: z.strictObject({
      kinds: listOf(z.enum(['personalInformation', 'tradeSecrets'])),
      onlyWhen: listOf(z.enum(['desensitised', 'subjectAuthorised'])),
    }),
  },
  suspension: {
    within: 'D1',
    value: z.union([
      None,
      z.strictObject({ by: Party, when: z.literal('riskFound'), restored: z.literal('afterRectification') }),
    ]),
  },
  trace: {
    row: 'D2',
    value: listOf(
      z.enum([
        'managed',
        'controlled',
        'traceable',
        'recorded',
        'auditable',
        'sourceKnown',
        'destinationKnown',
      ]),
    ),
  },
  /** The ledger (台账) of what was done with the data, and to whom it is reported. */
  ledgerReport: {
    within: 'D2',
    value: z.union([
      None,
      z.strictObject({
        by: Party,
        to: Party,
        acts: listOf(z.enum(['access', 'processing', 'transfer', 'destruction'])),
      }),
    ]),
  },
  ledgerReportPeriod: {
    within: 'D2',
    value: z.union([None, z.strictObject({ months: z.int().min(1).max(12) })]),
  },
  socialData: {
    row: 'D3',
    value: z.union([
      None,
      z.strictObject({
        conditions: listOf(z.enum(['securityKept', 'lawfullyObtained', 'qualified'])),
        approvedBy: Party.optional(),
      }),
    ]),
  },
  personnel: {
    row: 'D4',
    value: z.union([
      None,
      z.strictObject({
        required: listOf(z.enum(['realName', 'filed', 'vetted', 'confidentialitySigned', 'actsRecorded'])),
        rawDataVisible: z.boolean(),
      }),
    ]),
  },
});

/** Values of the topic `supply`, as a resolved pack carries them. */
export type SupplyRules = ValuesOf<typeof supply>;
