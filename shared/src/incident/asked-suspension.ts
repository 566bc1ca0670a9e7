/**
 * The order of suspension that a grade asks for (D1, X2): its hours run from the declaration, or from a graver grade; where
 * orders stand already, a finding with its grounds that they suffice does too. Past its hours it is told, never ordered.
 * A lower grade that binds nobody stops the hours; a graver one lets what was left of them run on, never all of them anew.
 */
import {
  type Entry,
  entryOf,
  type Period,
  refuse,
  type Refused,
  type Step,
  step,
} from '../procedure/machine.ts';
import { severities, type Severity } from '../packs/topics/incident.ts';
import { answered, decidedByAnother, mustSuspend, openOrders } from './orders.ts';
import type { IncidentActOf, IncidentStart, IncidentState } from './types.ts';

const begins = 'suspension/';
export const isSuspensionKey = (key: string): boolean => key.startsWith(begins);
export const suspensionKey = ({ since }: { since: number }): string => `${begins}${since}`;

/** As it was declared, with or without an order. A case opened before these hours asks for none. */
export const askedAtBegin = (start: IncidentStart, state: IncidentState): IncidentState =>
  start.rules.suspensionHours && mustSuspend(start, state)
    ? { ...state, suspension: { since: start.startedAt, overdue: false } }
    : state;

const graver = (now: Severity, before: Severity): boolean =>
  severities.indexOf(now) < severities.indexOf(before);

/** Hours that run count on under the new grade, and from where one that binds nobody stopped them. */
export const askedAtGrade = (
  { rules }: IncidentStart,
  state: IncidentState,
  { severity, at }: IncidentActOf<'gradeIncident'>,
): IncidentState => {
  const { suspension, stopped, ...others } = state;
  const next = { ...others, severity };
  if (!rules.suspensionHours) return next;
  if (rules.suspension.value[severity] !== 'must') {
    const { since, overdue } = suspension ?? {};
    const now = since === undefined ? stopped : { used: at - since, overdue: overdue === true };
    return now ? { ...next, stopped: now } : next;
  }
  if (suspension) return { ...next, suspension };
  if (stopped) return { ...next, suspension: { since: at - stopped.used, overdue: stopped.overdue } };
  return graver(severity, state.severity) ? { ...next, suspension: { since: at, overdue: false } } : next;
};

/** What stands in the way of going on while it is asked. */
export const stillAsked = (state: IncidentState): Refused | undefined => {
  if (!state.suspension) return undefined;
  const { severity } = state;
  return refuse(openOrders(state).length > 0 ? 'suspensionUnconfirmed' : 'suspensionMissing', { severity });
};

export const confirmSuspension = (
  start: IncidentStart,
  state: IncidentState,
  act: IncidentActOf<'confirmSuspension'>,
): Step<IncidentState> | Refused => {
  const another = decidedByAnother(start.rules.suspendedBy.value, act.by.role);
  if (another) return another;
  const { severity, suspension } = state;
  const orders = openOrders(state).map(({ order }) => order);
  if (!suspension) return refuse('suspensionNotAsked', { severity });
  if (orders.length === 0) return refuse('suspensionMissing', { severity });
  const { reasonCodes, document } = act;
  const data = { orders, severity, reasonCodes, document, late: suspension.overdue };
  return step(
    answered(state),
    entryOf('suspensionConfirmed', act, data, start.rules.graverGrade?.rests ?? undefined),
  );
};

/** At most one, by the clock. */
export const suspensionPeriods = ({ rules }: IncidentStart, state: IncidentState): Period[] => {
  const { suspension, severity } = state;
  if (!suspension || suspension.overdue || !rules.suspensionHours) return [];
  const { value, rests } = rules.suspensionHours;
  return [
    {
      ...{ key: suspensionKey(suspension), from: suspension.since, limit: { hours: value[severity] } },
      ...{ reminders: [1], article: rests ?? undefined },
    },
  ];
};

/** Told to whom the pack names. */
export const suspensionOverdue = (
  { rules }: IncidentStart,
  state: IncidentState,
  { at, lastDay }: { at: number; lastDay: string | null },
): { state: IncidentState; entry: Entry } => {
  const { severity, suspension } = state;
  const to = rules.suspensionOverdueTo?.value ?? ['authority'];
  return {
    state: suspension ? { ...state, suspension: { ...suspension, overdue: true } } : state,
    entry: entryOf(
      'suspensionOverdue',
      { at, receipt: null },
      { severity, standing: openOrders(state).length, government: to.includes('government'), lastDay },
      rules.suspensionHours?.rests ?? undefined,
    ),
  };
};
