/**
 * An incident (安全事件, X2; 中卫 27–29, 朔州 十（六）, 乌海 十, 国家 二十一): declared, acted on at once, reported in hours,
 * supply suspended, put right, restored, looked back on. A false alarm closes with its grounds and lifts what was ordered.
 */
import { toInstantText as toText } from '../business-date.ts';
import {
  entryOf,
  type Machine,
  type Period,
  type Periods,
  refuse,
  type Refused,
  type Step,
  step,
} from '../procedure/machine.ts';
import type { ToldOfIncident } from '../packs/topics/incident.ts';
import { reachesNothing } from '../holds.ts';
import {
  askedAtBegin,
  confirmSuspension,
  isSuspensionKey,
  stillAsked,
  suspensionOverdue,
  suspensionPeriods,
} from './asked-suspension.ts';
import { mayDecide, mustSuspend, openOrders, ordering, orderRestoration, orderSuspension } from './orders.ts';
import type { FrozenIncidentRules } from './rules.ts';
import { closing, dismiss, grade, measure, report } from './steps.ts';
import type {
  IncidentAct,
  IncidentActOf,
  IncidentFacts,
  IncidentStage,
  IncidentStart,
  IncidentState,
} from './types.ts';
import { incidentWaits, reportKey, stillToReport, toldBy } from './waits.ts';

export type { IncidentAct, IncidentFacts, IncidentState } from './types.ts';

type Result = Step<IncidentState> | Refused;
type Start = IncidentStart;
type State = IncidentState;

const running: readonly IncidentStage[] = [
  'handling',
  'rectification',
  'acceptance',
  'restoration',
  'review',
];
const beforeAccepted: readonly IncidentStage[] = ['handling', 'rectification', 'acceptance'];

/** Where each act has its place. */
const places: Record<IncidentAct['kind'], readonly IncidentStage[]> = {
  recordMeasures: beforeAccepted,
  reportIncident: running,
  gradeIncident: beforeAccepted,
  orderSuspension: beforeAccepted,
  confirmSuspension: beforeAccepted,
  orderRectification: ['handling'],
  reportRectification: ['rectification'],
  acceptRectification: ['acceptance'],
  returnRectification: ['acceptance'],
  orderRestoration: ['restoration'],
  reviewIncident: ['review'],
  // What was found and ordered to be put right is no false alarm: supply comes back by its acceptance (中卫 二十七).
  dismissIncident: ['handling'],
};

/**
 * The limit of the step that a case stands in; none for one looked back on that only waits for a report, and none where
 * the case has no such rule. Its end moves nothing: nothing is accepted or restored by silence.
 */
const limitOf = (rules: FrozenIncidentRules, { stage, reviewed }: State) =>
  stage === 'done' || (stage === 'review' && reviewed) ? undefined : rules[`${stage}Limit`];

/** Suspension and restoration are ordered by whom the pack says; these the bureau alone decides. */
const bureauActs: readonly string[] = [
  ...(['gradeIncident', 'orderRectification', 'acceptRectification'] as const),
  ...(['returnRectification', 'dismissIncident'] as const),
] satisfies IncidentAct['kind'][];

const at = (state: State, stage: IncidentStage, since: number): State => ({
  ...{ ...state, stage, since, overdue: false },
});

const taken = (
  start: Start,
  state: State,
  act: IncidentActOf<IncidentAct['kind']>,
  periods: Periods,
): Result => {
  const { rules } = start;
  const rests = rules.rectificationLimit.rests ?? undefined;
  switch (act.kind) {
    case 'recordMeasures':
      return measure(start, state, act);
    case 'reportIncident':
      return report(start, state, act, periods);
    case 'gradeIncident':
      return grade(start, state, act);
    case 'orderSuspension':
      return orderSuspension(start, state, act);
    case 'confirmSuspension':
      return confirmSuspension(start, state, act);
    case 'orderRectification': {
      if (mustSuspend(start, state)) return refuse('suspensionMissing', { severity: state.severity });
      const asked = stillAsked(state);
      if (asked) return asked;
      if (state.measures === 0) return refuse('measuresMissing');
      const { findings, document } = act;
      return step(
        at(state, 'rectification', act.at),
        entryOf(
          'rectificationOrdered',
          act,
          { findings, document, ...rules.rectificationLimit.value },
          rests,
        ),
      );
    }
    case 'reportRectification': {
      const attempts = state.attempts + 1;
      const { document } = act;
      return step(
        { ...at(state, 'acceptance', act.at), attempts },
        entryOf(
          'rectified',
          act,
          { document, attempt: attempts, late: state.overdue, ...rules.acceptanceLimit?.value },
          rests,
        ),
      );
    }
    case 'acceptRectification': {
      const asked = stillAsked(state);
      if (asked) return asked;
      const stage = openOrders(state).length > 0 ? 'restoration' : 'review';
      const next = at(state, stage, act.at);
      return step(
        next,
        entryOf(
          'rectificationAccepted',
          act,
          { document: act.document, attempt: state.attempts, ...limitOf(rules, next)?.value },
          rests,
        ),
      );
    }
    case 'returnRectification': {
      const { reasonCodes, document } = act;
      return step(
        at(state, 'rectification', act.at),
        entryOf(
          'rectificationReturned',
          act,
          { reasonCodes, document, attempt: state.attempts, ...rules.rectificationLimit.value },
          rests,
        ),
      );
    }
    case 'orderRestoration':
      return orderRestoration(start, state, act);
    case 'reviewIncident':
      if (state.reviewed) return refuse('reviewedBefore');
      return closing(
        start,
        { ...state, reviewed: true },
        act,
        entryOf(
          'reviewed',
          act,
          { causes: act.causes, document: act.document, late: state.overdue },
          rules.reviewLimit.rests ?? undefined,
        ),
      );
    case 'dismissIncident':
      return dismiss(start, state, act);
  }
};

export const incidentMachine: Machine<FrozenIncidentRules, IncidentFacts, IncidentState, IncidentAct> = {
  procedure: 'incident',
  acts: Object.keys(places) as IncidentAct['kind'][],

  begin: (start) => {
    const { startedAt, receipt, facts, rules } = start;
    const { declarerRole, severity, knownAt, scope, personsConcerned } = facts;
    const begun: State = {
      ...{ stage: 'handling', outcome: null, severity, since: startedAt, overdue: false },
      ...{ measures: 0, measuresOverdue: false, reported: [], reportsOverdue: [], orders: [] },
      ...{ attempts: 0, reviewed: false },
      ...(personsConcerned && { personsConcerned }),
    };
    const declared = entryOf(
      'declared',
      { at: startedAt, receipt },
      { ...facts, knownAt: toText(knownAt) },
      rules.actAtOnce.rests ?? undefined,
    );
    // Declared by whom it falls to: where the pack says must, the order stands with the declaration.
    const orders =
      mustSuspend(start, begun) && mayDecide(rules.suspendedBy.value, declarerRole) && !reachesNothing(scope);
    if (!orders) return step(askedAtBegin(start, begun), declared);
    const next = ordering(start, begun, scope, { at: startedAt, receipt });
    return step(next.state, declared, next.entry);
  },

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    if (bureauActs.includes(act.kind) && act.by.role !== 'bureau')
      return refuse('notTheDecider', { by: 'bureau' });
    return taken(start, state, act, periods);
  },

  periods: (start, state): Period[] => {
    const { rules, facts } = start;
    const { stage, severity, since, overdue } = state;
    if (stage === 'done') return [];
    const { knownAt: from } = facts;
    const list: Period[] = stillToReport(start, state)
      .filter((to) => !state.reportsOverdue.includes(to))
      .map((to) => ({
        ...{ key: reportKey(to), from, limit: { hours: rules.reportHours.value[severity] } },
        ...{ reminders: [4, 1], article: toldBy(start, to) },
      }));
    if (state.measures === 0 && !state.measuresOverdue && stage === 'handling')
      list.push({
        ...{ key: 'measures', from, limit: { hours: rules.measuresHours.value[severity] }, reminders: [1] },
        article: rules.actAtOnce.rests ?? undefined,
      });
    list.push(...suspensionPeriods(start, state));
    const limit = limitOf(rules, state);
    if (limit && !overdue)
      list.push({
        ...{ key: `${stage}/${since}`, from: since, limit: limit.value, reminders: [5, 2, 1, 0] },
        article: limit.rests ?? undefined,
      });
    return list;
  },

  ended: (start, state, { key, at: instant, lastDay, article }) => {
    const { rules } = start;
    if (isSuspensionKey(key)) {
      const told = suspensionOverdue(start, state, { at: instant, lastDay });
      return step(told.state, told.entry);
    }
    const [step_, to] = key.split('/') as [string, ToldOfIncident];
    const entry = entryOf(
      'overdue',
      { at: instant, receipt: null },
      { step: step_ === 'report' ? key : step_, lastDay },
      article,
    );
    if (step_ === 'report') return step({ ...state, reportsOverdue: [...state.reportsOverdue, to] }, entry);
    if (step_ === 'measures') return step({ ...state, measuresOverdue: true }, entry);
    return step({ ...state, overdue: true }, { ...entry, rests: limitOf(rules, state)?.rests ?? undefined });
  },

  waitsFor: incidentWaits,

  words: ({ stage, outcome, overdue }) => {
    if (outcome === 'falseAlarm') return '误报，已办结';
    const words = {
      handling: '处置中',
      rectification: '整改中',
      acceptance: '整改待验收',
      restoration: '待恢复供数',
      review: '待复盘',
      done: '已办结',
    }[stage];
    return overdue ? `${words}（逾期）` : words;
  },
};
