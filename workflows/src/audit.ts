/** A risk assessment or audit (风险评估与内控审计, X5; 国家 二十一, 中卫 二十七, 朔州 十（五）, 乌海 十). */
import { proxyActivities } from '@temporalio/workflow';
import { auditMachine } from '@gongshu/shared/audit/machine';
import type { AuditAsk, AuditOpeningActivities } from '@gongshu/shared/audit/period';
import type { AuditRules } from '@gongshu/shared/audit/rules';
import type { AuditFacts, AuditState } from '@gongshu/shared/audit/types';
import { shownAs } from './options.ts';
import { type ProcedureInput, runProcedure } from './procedure.ts';

const { openAudit } = proxyActivities<AuditOpeningActivities>(shownAs('启动风险评估与内控审计'));

/** Completes when every finding that stands was put right and accepted, or nothing was found. */
export const audit = (
  input: ProcedureInput<AuditRules, AuditFacts, AuditState>,
): Promise<{ outcome: string }> => runProcedure(auditMachine, input);

/** What the Schedule of a period starts; the period is its argument's, never now's. */
export const auditOpening = (ask: AuditAsk): Promise<{ opened: string }> => openAudit(ask);
