import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Party, WorkingDays, listOf, only } from '../values.ts';

/** What comes of a demand for data. */
export const demandResults = ['supplied', 'partly', 'notHeld', 'refused'] as const;
export const DemandResult = z.enum(demandResults);
export type DemandResult = z.infer<typeof DemandResult>;

/** A reasonable demand for data gets a co-ordination result (数据需求响应). Row C7. */
export const demandResponse = topic({
  coordinatedBy: { row: 'C7', value: Body },
  mayAsk: { within: 'C7', value: listOf(Party) },
  /** Whom the co-ordinator asks. */
  asked: { within: 'C7', value: listOf(Party) },
  /** Until it is told whether the demand is taken up as reasonable. */
  acceptanceLimit: { within: 'C7', value: WorkingDays },
  /** How long each of those asked has. */
  answerLimit: { within: 'C7', value: WorkingDays },
  /** From acceptance to the result; late is overdue. */
  resultLimit: { within: 'C7', value: WorkingDays },
  onSilence: only('overdue'),
  results: { within: 'C7', value: listOf(DemandResult) },
  /** Who is told of a result that is overdue. */
  escalation: { within: 'C7', value: Body },
});

/** Values of the topic `demandResponse`, as a resolved pack carries them. */
export type DemandResponseRules = ValuesOf<typeof demandResponse>;
