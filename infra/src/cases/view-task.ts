/** Tasks: what waits for whom, until when, and what may be done about it now. */
import type { StepRules } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { z } from 'zod';

export const TaskKind = z.enum([
  'acceptance',
  'check',
  'review',
  'checkDirection',
  'extensionAnswer',
  'parkedAct',
  'correction',
  'overreachDecision',
  'agreementSignature',
  'agreementRendering',
  'normDecision',
  'plan',
  'selection',
  'operatingAgreement',
  'evaluation',
  'productEgress',
  'permittedRevenue',
  'ceilingPrice',
  'settlement',
  'complaint',
  'incident',
  'sanction',
  'yearlyDisclosure',
  'bulletin',
  'audit',
  'qualityFeedback',
  'demandResponse',
  'evidenceDecision',
  'evidenceFiling',
  'contingencyPlanFiling',
]);
export type TaskKind = z.infer<typeof TaskKind>;

export const Task = z
  .object({
    kind: TaskKind,
    subject: z
      .string()
      .describe(
        'The turn, extension request, receipt, correction, report, agreement, case, norm or procedure that waits',
      ),
    caseNo: z
      .string()
      .describe(
        'The case it belongs to; of a norm, which has none, the norm itself; of what was never filed, its kind, and behind a slash the class of scenarios it is for',
      ),
    turn: z.string().nullable(),
    organisation: z.string().nullable().describe('The body whose turn it is, or for which it waits'),
    assignee: z.string().nullable().describe('The account it was given to; null while it is the office’s'),
    standingInFor: z
      .string()
      .nullable()
      .describe('The colleague who is away today and for whom the caller stands in'),
    lastDay: z.iso.date().nullable(),
    deadline: z.iso.datetime({ offset: true }).nullable(),
    daysLeft: z.int().nullable().describe('Working days after today up to and with the last day'),
    overdue: z.boolean(),
    provisional: z.boolean(),
    held: z.boolean(),
    optional: z
      .boolean()
      .describe('A right until its last day, such as a reply: nobody owes it, and it is never overdue'),
    told: z
      .boolean()
      .nullable()
      .describe('Whether the notice that opened this clock is on record as delivered; false is red'),
    article: z.string().nullable(),
    acts: z.array(z.string()).describe('Allowed now, by role, body, state and clock'),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;

/** How a turn stands, as far as acts on it depend on that. */
export type Standing = {
  rules: StepRules;
  suspended: boolean;
  /** The deadline lies behind. */
  past: boolean;
  pendingExtension: boolean;
  extensionRequests: number;
};

const decisions = {
  acceptance: 'acceptApplication',
  check: 'checkApplication',
  review: 'decideReview',
} as const;

/** What waits outside every clock, and the one act that ends it. */
const endedBy: Partial<Record<TaskKind, Act>> = {
  overreachDecision: 'decideOverreach',
  agreementSignature: 'signAgreement',
  agreementRendering: 'renderAgreement',
  normDecision: 'decideNorm',
  evidenceDecision: 'decideEvidence',
  evidenceFiling: 'recordEvidence',
  contingencyPlanFiling: 'submitContingencyPlan',
};

const actsOnTurn = (step: 'acceptance' | 'check' | 'review', standing: Standing): Act[] => {
  const { rules, past, suspended, pendingExtension, extensionRequests } = standing;
  if (suspended || (past && rules.onSilence !== 'overdue')) return [];
  const decide = decisions[step];
  if (past) return [decide];
  const extensible = step === 'review' && !pendingExtension && extensionRequests < rules.extension.max;
  return [
    decide,
    step === 'review' ? 'returnReview' : 'returnApplication',
    ...(extensible ? (['requestExtension'] as const) : []),
  ];
};

/** The acts that the state of the case lets be done for a task; whether the actor may, `may()` says. */
export const actsFor = (kind: TaskKind, standing: Standing | undefined): Act[] => {
  if (kind === 'parkedAct') return ['deliverIntake', 'strikeIntake'];
  const act = endedBy[kind];
  if (act) return [act];
  if (!standing) return [];
  if (kind === 'checkDirection') return ['directCheck'];
  if (kind === 'extensionAnswer')
    return standing.suspended || !standing.pendingExtension ? [] : ['decideExtension'];
  if (kind === 'correction') return ['resubmitApplication', 'withdrawApplication'];
  return actsOnTurn(kind as keyof typeof decisions, standing);
};
