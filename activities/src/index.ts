/** Everything workflows may ask to be done. */
import type { ApplicationActivities, TurnActivities } from '@gongshu/shared/application/types';
import type { OnboardingActivities } from '@gongshu/shared/onboarding/types';
import { createApplicationStages } from './application/conclude-application.ts';
import { createConcludeTurn } from './application/conclude-turn.ts';
import type { ApplicationDeps } from './application/deps.ts';
import { createLastLook } from './application/last-look.ts';
import { createRecordClock } from './application/record-clock.ts';
import { createRecordReminder } from './application/record-reminder.ts';
import { createOnboardingStages } from './onboarding/conclude-onboarding.ts';
import { createGrantActivities } from './grant/look-at-grant.ts';
import type { GrantActivities } from '@gongshu/shared/grant/types';
import type { ProcedureActivities } from '@gongshu/shared/procedure/types';
import type { EvidenceActivities } from '@gongshu/shared/product/evidence';
import type { EvaluationOpeningActivities } from '@gongshu/shared/evaluation/opening';
import { createOpenEvaluation } from './evaluation/open-evaluation.ts';
import type { LedgerActivities } from '@gongshu/shared/trace/ledger';
import { createLookAtDrill } from './disclosure/look-at-drill.ts';
import type { DrillActivities } from '@gongshu/shared/incident/drills';
import { createLookAtEvidence } from './disclosure/look-at-evidence.ts';
import { createOpenAudit } from './disclosure/open-audit.ts';
import type { AuditOpeningActivities } from '@gongshu/shared/audit/period';
import type { EvidenceLookActivities } from '@gongshu/shared/platform-evidence/types';
import type { RevenueYearActivities } from '@gongshu/shared/permitted-revenue/year';
import { createLookAtRevenueYear } from './pricing/look-at-revenue-year.ts';
import type { ReportDueActivities } from '@gongshu/shared/disclosure-facts/due';
import { createActOnReportDue } from './disclosure/act-on-report-due.ts';
import { createReportLedger } from './trace/report-ledger.ts';
import { createLookAtPeriod } from './procedure/look-at-period.ts';
import { createEvidence } from './product/evidence.ts';
import { createRecordProcedure } from './procedure/record-procedure.ts';

export type Activities = TurnActivities &
  ApplicationActivities &
  GrantActivities &
  OnboardingActivities &
  ProcedureActivities &
  EvaluationOpeningActivities &
  LedgerActivities &
  RevenueYearActivities &
  ReportDueActivities &
  DrillActivities &
  EvidenceLookActivities &
  AuditOpeningActivities &
  EvidenceActivities;

/** The activities over one database, one clock and one set of calendars. */
export const createActivities = (deps: ApplicationDeps): Activities => ({
  recordClock: createRecordClock(deps),
  recordReminder: createRecordReminder(deps),
  lastLook: createLastLook(deps),
  concludeTurn: createConcludeTurn(deps),
  ...createApplicationStages(deps),
  ...createOnboardingStages(deps),
  ...createGrantActivities(deps),
  recordProcedure: createRecordProcedure(deps),
  lookAtPeriod: createLookAtPeriod(deps),
  openEvaluation: createOpenEvaluation(deps),
  reportLedger: createReportLedger(deps),
  lookAtRevenueYear: createLookAtRevenueYear(deps),
  actOnReportDue: createActOnReportDue(deps),
  lookAtDrill: createLookAtDrill(deps),
  lookAtEvidence: createLookAtEvidence(deps),
  openAudit: createOpenAudit(deps),
  ...createEvidence(deps),
});

export type { ApplicationDeps, TimeReading } from './application/deps.ts';
