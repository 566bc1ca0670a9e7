import { z } from 'zod';
import { type ValuesOf, topic } from '../topic.ts';
import { Body, Months, WorkingDays, listOf } from '../values.ts';

/** Grades of an incident, the gravest first (特别重大、重大、较大、一般). */
export const severities = ['extraordinary', 'major', 'larger', 'general'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** To whom an incident is reported. */
export const reportRecipients = ['authority', 'cyberspaceOffice', 'police'] as const;
export const ReportRecipient = z.enum(reportRecipients);
export type ReportRecipient = z.infer<typeof ReportRecipient>;

/** Everybody who may have to be told: the bodies a pack names, and the persons whom the data is of. */
export const toldOfIncident = [...reportRecipients, 'personsConcerned'] as const;
export const ToldOfIncident = z.enum(toldOfIncident);
export type ToldOfIncident = z.infer<typeof ToldOfIncident>;

/** What a contingency plan is for: leak, tampering, damage; the platform; `scenario`: one for each class of scenarios. */
export const planClasses = ['leak', 'tampering', 'damage', 'platform', 'scenario'] as const;
export const PlanClass = z.enum(planClasses);
export type PlanClass = z.infer<typeof PlanClass>;

/** By what classes of scenarios are known: those a mandate is given for (依场景授权), those collected or approved. */
export const scenarioClassSources = ['authorised', 'registered'] as const;
export const ScenarioClassSource = z.enum(scenarioClassSources);
export type ScenarioClassSource = z.infer<typeof ScenarioClassSource>;

const bySeverity = <S extends z.ZodType>(value: S) =>
  z.strictObject({ extraordinary: value, major: value, larger: value, general: value });

/** Incidents, contingency plans, drills; the suspension of supply that follows. Rows X2, D1. */
export const incident = topic({
  /** Who draws up contingency plans (应急预案): each its own, or `jointly` (联合制定) one that names them all. */
  contingencyPlans: {
    row: 'X2',
    value: z.strictObject({ by: listOf(Body), jointly: z.literal(true).optional() }),
  },
  /** Classes of which each is to have a plan in force. */
  planClasses: { within: 'X2', value: listOf(PlanClass) },
  /** By what the classes of scenarios are known, each of which has a plan of its own where `planClasses` names `scenario`. */
  scenarioClasses: { within: 'X2', value: listOf(ScenarioClassSource) },
  planApprovedBy: { within: 'X2', value: z.literal('authority') },
  /** Who holds drills (应急演练). */
  drill: { within: 'X2', value: z.strictObject({ by: listOf(Body) }) },
  drillPeriod: { within: 'X2', value: Months },

  /** Who puts the plan into motion at once. */
  actAtOnce: { within: 'X2', value: z.strictObject({ by: z.literal('operator') }) },
  /** Hours from discovery within which the first measure stands on record. */
  measuresHours: { within: 'X2', value: bySeverity(z.int().min(1).max(168)) },
  /** From the declaration until rectification is ordered, or it is found to be a false alarm; late is overdue. */
  handlingLimit: { within: 'X2', value: WorkingDays },
  reportTo: { within: 'X2', value: listOf(ReportRecipient) },
  /** Hours from discovery within which each of them has been told. */
  reportHours: { within: 'X2', value: bySeverity(z.int().min(1).max(168)) },
  /** Persons whose information an incident touches or may touch are told of it (告知义务), in the hours of a report. */
  personsTold: { within: 'X2', value: z.literal('whereItMayTouchThem') },
  /** Whether supply is suspended: ordered at once (`must`), or as is decided (`may`). */
  suspension: { within: 'D1', value: bySeverity(z.enum(['must', 'may'])) },
  suspendedBy: { within: 'D1', value: Body },
  /** Hours from the declaration, or from a graver grade, within which an order that must be stands; nothing is suspended by silence. */
  suspensionHours: { within: 'D1', value: bySeverity(z.int().min(1).max(168)) },
  /** A graver grade while orders stand: a further one, or a finding with its grounds that they suffice, in the same hours. */
  graverGrade: { within: 'D1', value: z.literal('orderedOrConfirmed') },
  /** Who is told that those hours passed. */
  suspensionOverdueTo: { within: 'D1', value: listOf(z.enum(['authority', 'government'])) },
  /** Supply goes on only after rectification; by whom that is found. */
  restoredBy: { within: 'D1', value: Body },
  rectificationLimit: { within: 'X2', value: WorkingDays },
  /** From a rectification reported to its acceptance or return; silence accepts nothing, late is overdue. */
  acceptanceLimit: { within: 'X2', value: WorkingDays },
  /** From the acceptance to the order that restores supply; silence restores nothing, late is overdue. */
  restorationLimit: { within: 'D1', value: WorkingDays },
  /** Looking back on causes after the end (复盘), by the operator. */
  review: { within: 'X2', value: z.literal('required') },
  reviewLimit: { within: 'X2', value: WorkingDays },
});

/** Values of the topic `incident`, as a resolved pack carries them. */
export type IncidentRules = ValuesOf<typeof incident>;
