import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { ArticleName, Body, Months, WorkingDays, listBy, listOf } from '../values.ts';

/** 风险评估, 内控审计, 合规性审计. */
export const auditKinds = ['riskAssessment', 'internalControlAudit', 'complianceAudit'] as const;
export const AuditKind = z.enum(auditKinds);
export type AuditKind = z.infer<typeof AuditKind>;

export const findingGrades = ['high', 'medium', 'low'] as const;
export const FindingGrade = z.enum(findingGrades);
export type FindingGrade = z.infer<typeof FindingGrade>;

/** Periodic risk assessment and audit: plan, findings, rectification, evidence. Row X5. */
export const audit = topic({
  /** Which, by whom; each names its article. `with` where the text that asks for it joins others than the rule `with`. */
  kinds: {
    row: 'X5',
    value: listBy(
      z.strictObject({
        ...{ kind: AuditKind, by: Body, article: ArticleName },
        with: z.array(Body).max(6).optional(),
      }),
      'kind',
    ),
  },
  /** Together with whom. */
  with: { within: 'X5', value: z.array(Body).max(6) },
  /** Who is assessed. */
  of: { within: 'X5', value: listOf(Body) },
  period: { within: 'X5', value: Months },
  /** How long the body assessed has to answer the findings before they stand. */
  reply: { within: 'X5', value: WorkingDays },
  /** From the plan to the findings. */
  findingsLimit: { within: 'X5', value: WorkingDays },
  /** From the reply to the findings that stand; silence drops nothing, late is overdue. */
  settlingLimit: { within: 'X5', value: WorkingDays },
  /** Until a finding is put right, by its grade; evidence goes with each. */
  rectification: {
    within: 'X5',
    value: z.strictObject({ high: WorkingDays, medium: WorkingDays, low: WorkingDays }),
  },
  /** From a rectification reported to its acceptance or return; silence accepts nothing, late is overdue. */
  acceptanceLimit: { within: 'X5', value: WorkingDays },
  /** Who is told of what is not put right in time. */
  escalation: { within: 'X5', value: Body },
});

/** Values of the topic `audit`, as a resolved pack carries them. */
export type AuditRules = ValuesOf<typeof audit>;
