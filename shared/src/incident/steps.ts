/** Steps of an incident that stand beside its stages: measures, reports, grade, false alarm; and its close (X2). */
import { toInstantText as toText } from '../business-date.ts';
import {
  type Entry,
  entryOf,
  type Periods,
  refuse,
  type Refused,
  type Step,
  step,
} from '../procedure/machine.ts';
import { askedAtGrade } from './asked-suspension.ts';
import { lifting, openOrders } from './orders.ts';
import type { IncidentActOf, IncidentStart as Start, IncidentState as State } from './types.ts';
import { mayBeTold, reportKey, stillToReport, toldBy } from './waits.ts';

type Result = Step<State> | Refused;
const hour = 3_600_000;

/** Closes once it was looked back on and everybody was told. */
export const closing = (start: Start, state: State, act: { at: number }, ...before: Entry[]): Step<State> => {
  if (!state.reviewed || stillToReport(start, state).length > 0) return step(state, ...before);
  const { severity, orders, measures, attempts } = state;
  const lateReports = state.reported.filter(({ late }) => late).length;
  return step(
    { ...state, stage: 'done' as const, outcome: 'closed' as const },
    ...before,
    entryOf(
      'closed',
      { at: act.at, receipt: null },
      { severity, orders: orders.length, measures, attempts, lateReports },
    ),
  );
};

export const measure = ({ rules }: Start, state: State, act: IncidentActOf<'recordMeasures'>): Result => {
  const measures = state.measures + 1;
  const { codes, document } = act;
  const late = measures === 1 && state.measuresOverdue;
  return step(
    { ...state, measures },
    entryOf('measured', act, { codes, document, number: measures, late }, rules.actAtOnce.rests ?? undefined),
  );
};

/** The instant is the one that the document says; late is late, whenever it is recorded. */
export const report = (
  start: Start,
  state: State,
  act: IncidentActOf<'reportIncident'>,
  periods: Periods,
): Result => {
  const { rules, facts } = start;
  const { to, document, on } = act;
  if (!mayBeTold(start).includes(to)) return refuse('reportNotInPack', { to });
  if (state.reported.some((one) => one.to === to)) return refuse('reportedBefore', { to });
  if (on < facts.knownAt || on > act.at) return refuse('instantOutside');
  const due = facts.knownAt + rules.reportHours.value[state.severity] * hour;
  const held = periods[reportKey(to)]?.at ?? due;
  const late = on >= Math.max(due, held);
  return closing(
    start,
    { ...state, reported: [...state.reported, { to, at: on, late }] },
    act,
    entryOf(
      'reported',
      act,
      { to, document, reportedAt: toText(on), hours: Math.floor((on - facts.knownAt) / hour), late },
      toldBy(start, to),
    ),
  );
};

/** Hours already run by another grade count on; what was overdue stays told. A graver one may ask for an order. */
export const grade = (start: Start, state: State, act: IncidentActOf<'gradeIncident'>): Result => {
  const { severity } = act;
  const graded = severity !== state.severity;
  const found = act.personsConcerned === true && !state.personsConcerned;
  if (!graded && !found) return refuse('severityUnchanged', { severity });
  const next = graded ? askedAtGrade(start, state, act) : state;
  const change = { from: state.severity, to: severity };
  return step(
    found ? { ...next, personsConcerned: true } : next,
    ...(graded ? [entryOf('graded', act, change, start.rules.suspension.rests ?? undefined)] : []),
    ...(found ? [entryOf('personsFound', act, {}, toldBy(start, 'personsConcerned'))] : []),
  );
};

export const dismiss = (start: Start, state: State, act: IncidentActOf<'dismissIncident'>): Result => {
  const { reasonCodes, document } = act;
  const standing = openOrders(state).map(({ order }) => order);
  const lifted = lifting(start, state, standing, act);
  return step(
    { ...lifted.state, stage: 'done', outcome: 'falseAlarm' },
    ...lifted.entries.map((entry) => ({ ...entry, data: { ...entry.data, document } })),
    entryOf('dismissed', act, { reasonCodes, document, lifted: standing.length }),
  );
};
