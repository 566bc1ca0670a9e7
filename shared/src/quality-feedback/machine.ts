/**
 * Feedback on the quality of published data (数据质量反馈, C6; 中卫 十一): the source department corrects it, says why there is
 * nothing to correct, or takes the time the pack gives; who gave it confirms or disputes once, the bureau directs, in time.
 */
import { businessDateOf, daysBetween } from '../business-date.ts';
import {
  entryOf,
  type Given,
  hasEnded,
  type Machine,
  type Period,
  type ProcedureStart,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import { roleOf, type Ruled } from '../procedure/ruled.ts';
import type { QualityFeedbackRules } from './rules.ts';
import type { QualityFeedbackAct, QualityFeedbackFacts, QualityFeedbackState } from './types.ts';

export type { QualityFeedbackAct, QualityFeedbackFacts, QualityFeedbackState } from './types.ts';

type State = QualityFeedbackState;
type Start = ProcedureStart<QualityFeedbackRules, QualityFeedbackFacts>;
type Act<K extends QualityFeedbackAct['kind']> = Given<Extract<QualityFeedbackAct, { kind: K }>>;
type Answer = Step<State> | Refused;

const rests = ({ rules }: Start, rule?: Ruled<unknown>) => rule?.rests ?? rules.handled.rests ?? undefined;
/** What every event says of it. */
const what = ({ facts }: Start, { department, givenBy }: State) => ({
  ...{ resource: facts.resource, fault: facts.fault, department, givenBy },
});

/** From the dispute, or from the end of the department's time, the body above has its own; a case of before has none. */
const awaiting = ({ rules }: Start, state: State, since: number): State =>
  rules.directionLimit ? { ...state, direction: { since, overdue: false } } : state;
const settled = ({ direction: _done, ...state }: State): State => state;

const answered = (start: Start, state: State, act: Act<'answerFault'>): Answer => {
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(act.at));
  const base = { ...what(start, state), answer: act.answer, days, late: state.overdue };
  const moved = { ...settled(state), overdue: false };
  if (act.answer === 'willCorrect') {
    if (state.stage === 'correcting') return refuse('correctionPromised');
    return step(
      { ...moved, stage: 'correcting', correctingSince: act.at },
      entryOf('answered', act, base, rests(start, start.rules.answerLimit)),
    );
  }
  if (act.answer === 'notAFault') {
    if (state.directedBy !== null) return refuse('directedToCorrect');
    return step(
      { ...moved, stage: 'answered', answer: 'notAFault', answeredAt: act.at },
      entryOf('answered', act, { ...base, ground: act.ground }, rests(start, start.rules.answerLimit)),
    );
  }
  const [from, until] = [businessDateOf(start.startedAt), businessDateOf(act.at)];
  if (act.on < from || act.on > until) return refuse('dateOutside', { from, until });
  return step(
    { ...moved, stage: 'answered', answer: 'corrected', answeredAt: act.at },
    entryOf('answered', act, { ...base, on: act.on }, rests(start, start.rules.correctionLimit)),
  );
};

const extend = (start: Start, state: State, act: Act<'extendFeedback'>, periods: Periods): Answer => {
  const { times, workingDays } = start.rules.extension.value;
  if (state.overdue || hasEnded(periods['answer'], act.at)) return refuse('extensionTooLate');
  if (state.extensions.length >= times) return refuse('extensionUsedUp', { times });
  if (act.workingDays > workingDays) return refuse('postponedTooLong', { workingDays });
  return step(
    { ...state, extensions: [...state.extensions, act.workingDays] },
    entryOf(
      'extended',
      act,
      { ...what(start, state), workingDays: act.workingDays },
      rests(start, start.rules.extension),
    ),
  );
};

const close = (
  start: Start,
  state: State,
  of: { at: number; receipt: string | null },
  by: 'giver' | 'silence' | 'direction',
  outcome: State['outcome'] = state.answer,
): Step<State> => {
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(of.at));
  return step(
    { ...settled(state), stage: 'done', outcome },
    entryOf(
      'closed',
      of,
      { ...what(start, state), result: outcome, by, disputed: state.disputed, days },
      rests(start, start.rules.confirmationLimit),
    ),
  );
};

const dispute = (start: Start, state: State, act: Act<'disputeFeedback'>): Answer => {
  if (state.disputed) return refuse('disputedAlready');
  return step(
    awaiting(start, { ...state, stage: 'disputed', disputed: true }, act.at),
    entryOf('disputed', act, what(start, state), rests(start, start.rules.confirmationLimit)),
  );
};

/** What is disputed, or overdue, the body above decides: it is corrected by a day, or the answer stands. */
const direct = (start: Start, state: State, act: Act<'directFeedback'>): Answer => {
  const by = roleOf(start.rules.escalation.value);
  if (act.by.role !== by) return refuse('notTheDecider', { by });
  if (state.stage !== 'disputed' && !state.overdue) return refuse('nothingToDirect');
  const data = { ...what(start, state), direction: act.direction };
  if (act.direction === 'dismiss') {
    if (state.stage !== 'disputed') return refuse('feedbackUnanswered');
    const closed = close(start, state, act, 'direction');
    const directed = entryOf('directed', act, { ...data, due: null }, rests(start, start.rules.escalation));
    return { ...closed, entries: [directed, ...closed.entries] };
  }
  const today = businessDateOf(act.at);
  if (act.due <= today) return refuse('dueDayPassed', { at: '/due' });
  return step(
    {
      ...settled(state),
      stage: 'correcting',
      answer: null,
      correctingSince: act.at,
      directedBy: act.due,
      overdue: false,
    },
    entryOf('directed', act, { ...data, due: act.due }, rests(start, start.rules.escalation)),
  );
};

/** Before it is answered, and before the answer is late: a department's lateness is not taken back with the feedback. */
const withdraw = (start: Start, state: State, act: Act<'withdrawFeedback'>, periods: Periods): Answer => {
  const late = state.overdue || (state.stage === 'given' && hasEnded(periods['answer'], act.at));
  if (late) return refuse('stepNotReached', { stage: 'overdue' });
  if (state.directedBy !== null) return refuse('stepNotReached', { stage: state.stage });
  return close(start, state, act, 'giver', 'withdrawn');
};

const succeed = (start: Start, state: State, act: Act<'succeedBody'>): Answer => {
  const { from, to } = act;
  if (from !== state.department && from !== state.givenBy) return step(state);
  const of = (body: string): string => (body === from ? to : body);
  return step(
    { ...state, department: of(state.department), givenBy: of(state.givenBy) },
    entryOf('bodyReplaced', act, { body: from, by: to }, rests(start)),
  );
};

const places: Record<QualityFeedbackAct['kind'], readonly State['stage'][]> = {
  answerFault: ['given', 'correcting'],
  extendFeedback: ['given'],
  confirmFeedback: ['answered'],
  disputeFeedback: ['answered'],
  directFeedback: ['given', 'correcting', 'disputed'],
  withdrawFeedback: ['given', 'correcting'], // a promised correction no longer: `refuses`
  succeedBody: ['given', 'correcting', 'answered', 'disputed'],
};

/** Whose act it is; any other body's is refused, whatever its role. */
const actors: Partial<Record<QualityFeedbackAct['kind'], (state: State) => string>> = {
  answerFault: ({ department }) => department,
  extendFeedback: ({ department }) => department,
  confirmFeedback: ({ givenBy }) => givenBy,
  disputeFeedback: ({ givenBy }) => givenBy,
  withdrawFeedback: ({ givenBy }) => givenBy,
};

const reminders = [2, 1, 0];

export const qualityFeedbackMachine: Machine<
  QualityFeedbackRules,
  QualityFeedbackFacts,
  State,
  QualityFeedbackAct
> = {
  procedure: 'qualityFeedback',
  acts: Object.keys(places) as QualityFeedbackAct['kind'][],

  begin: (start) => {
    const { department, givenBy, sample } = start.facts;
    const state: State = {
      ...{ stage: 'given', outcome: null, department, givenBy, extensions: [], answer: null },
      ...{ correctingSince: null, directedBy: null, answeredAt: null, disputed: false, overdue: false },
    };
    const of = { at: start.startedAt, receipt: start.receipt };
    return step(state, entryOf('opened', of, { ...what(start, state), sample }, rests(start)));
  },

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    const whose = actors[act.kind]?.(state);
    if (whose !== undefined && act.by.organisation !== whose) return refuse('notAskedForAnswer');
    switch (act.kind) {
      case 'answerFault':
        return answered(start, state, act);
      case 'extendFeedback':
        return extend(start, state, act, periods);
      case 'confirmFeedback':
        return close(start, state, act, 'giver');
      case 'disputeFeedback':
        return dispute(start, state, act);
      case 'directFeedback':
        return direct(start, state, act);
      case 'withdrawFeedback':
        return withdraw(start, state, act, periods);
      case 'succeedBody':
        return succeed(start, state, act);
    }
  },

  // Cases of before were withdrawn after a promise to correct, and are played again so.
  refuses: ({ stage }, { kind }) =>
    kind === 'withdrawFeedback' && stage === 'correcting' ? refuse('stepNotReached', { stage }) : undefined,

  periods: (
    start,
    { stage, overdue, extensions, correctingSince, directedBy, answeredAt, direction },
  ): Period[] => {
    const { rules, startedAt } = start;
    if (direction && rules.directionLimit && !direction.overdue) {
      const { value: limit } = rules.directionLimit;
      const article = rests(start, rules.directionLimit);
      return [{ key: 'direction', from: direction.since, limit, reminders, article }];
    }
    if (overdue) return [];
    if (stage === 'given') {
      const { workingDays } = rules.answerLimit.value;
      const limit = { workingDays: extensions.reduce((sum, days) => sum + days, workingDays) };
      return [{ key: 'answer', from: startedAt, limit, reminders, article: rests(start, rules.answerLimit) }];
    }
    if (stage === 'correcting') {
      const limit = directedBy === null ? rules.correctionLimit.value : { on: directedBy };
      const article = rests(start, directedBy === null ? rules.correctionLimit : rules.escalation);
      return [{ key: 'correction', from: correctingSince ?? startedAt, limit, reminders, article }];
    }
    if (stage !== 'answered') return [];
    const limit = rules.confirmationLimit.value;
    const article = rests(start, rules.confirmationLimit);
    return [{ key: 'confirmation', from: answeredAt ?? startedAt, limit, article }];
  },

  ended: (start, state, { key, at, lastDay }) => {
    const of = { at, receipt: null };
    if (key === 'confirmation') return close(start, state, of, 'silence');
    const data = { ...what(start, state), step: key, lastDay };
    if (key !== 'direction')
      return step(
        awaiting(start, { ...state, overdue: true }, at),
        entryOf('overdue', of, data, rests(start)),
      );
    const { direction } = state;
    return step(
      direction ? { ...state, direction: { ...direction, overdue: true } } : state,
      entryOf('directionOverdue', of, data, rests(start, start.rules.directionLimit)),
    );
  },

  waitsFor: (start, state): Waiting[] => {
    const { facts, rules } = start;
    const due = (period: string) => (state.overdue ? { overdue: true as const } : { period });
    const department = { role: facts.departmentRole, body: state.department };
    const giver = { role: facts.givenRole, body: state.givenBy };
    const timed = state.direction?.overdue ? { overdue: true as const } : { period: 'direction' };
    const above: Waiting = {
      ...{ act: 'directFeedback', role: roleOf(rules.escalation.value) },
      ...(state.direction && timed),
    };
    const mayExtend = !state.overdue && state.extensions.length < rules.extension.value.times;
    switch (state.stage) {
      case 'given':
        return [
          { act: 'answerFault', ...department, ...due('answer') },
          ...(mayExtend ? [{ act: 'extendFeedback', ...department, optional: true as const }] : []),
          ...(state.overdue ? [above] : [{ act: 'withdrawFeedback', ...giver, optional: true as const }]),
        ];
      case 'correcting':
        return [
          { act: 'answerFault', ...department, ...due('correction') },
          ...(state.overdue ? [above] : []),
        ];
      case 'answered':
        return [
          { act: 'confirmFeedback', ...giver, period: 'confirmation' },
          ...(state.disputed ? [] : [{ act: 'disputeFeedback', ...giver, optional: true as const }]),
        ];
      case 'disputed':
        return [above];
      case 'done':
        return [];
    }
  },

  words: ({ stage, outcome, overdue }) => {
    if (outcome === 'withdrawn') return '已撤回';
    if (outcome !== null) return '已办结';
    const late = overdue ? '（逾期）' : '';
    if (stage === 'given') return `待数源部门答复${late}`;
    if (stage === 'correcting') return `更正中${late}`;
    return stage === 'answered' ? '待反馈人确认' : '有异议，待主管部门督办';
  },
};
