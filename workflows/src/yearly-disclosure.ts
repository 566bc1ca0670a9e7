/** A year's disclosure (年度披露, S1, S2; notice of 2026-02-10), and what the Schedules of reports start. */
import { proxyActivities } from '@temporalio/workflow';
import type { ReportDue, ReportDueActivities } from '@gongshu/shared/disclosure-facts/due';
import { yearlyDisclosureMachine } from '@gongshu/shared/yearly-disclosure/machine';
import type { YearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import type { YearlyFacts, YearlyState } from '@gongshu/shared/yearly-disclosure/types';
import { shownAs } from './options.ts';
import { type ProcedureInput, runProcedure } from './procedure.ts';

const { actOnReportDue } = proxyActivities<ReportDueActivities>(shownAs('办理到期的披露、通报或报告'));

/** Completes when the years it stays public have passed. */
export const yearlyDisclosure = (
  input: ProcedureInput<YearlyRules, YearlyFacts, YearlyState>,
): Promise<{ outcome: string }> => runProcedure(yearlyDisclosureMachine, input);

/** What a Schedule starts; the period is its argument's, never now's. */
export const reportDue = (due: ReportDue): Promise<{ done: string }> => actOnReportDue(due);
