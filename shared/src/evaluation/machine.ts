/**
 * The yearly evaluation of an operator (年度评估, V1, V2; 中卫 三十三, 朔州 十（七）, 乌海 十二) as it runs: opinions are asked
 * for, marks given, a result proposed, answered, standing; rectified and evaluated again; failed, terminated, and a new
 * selection. Where each act has its place, the table of `standing.ts` says, which the preview goes by as well.
 */
import { toInstantText } from '../business-date.ts';
import {
  type Entry,
  entryOf,
  type Given,
  hasEnded,
  type Machine,
  type Period,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import { dimensionsFault, whyNoMarks, wholeMarks } from './judge-marks.ts';
import type { EvaluationFacts, Limit, RunningAct, RunningStart, RunningState } from './machine-types.ts';
import { answer, answering, close, name, send } from './inputs.ts';
import { compositeOf } from './marks.ts';
import { confirm, order, propose, refusalOf, reply, replyKey, stand } from './result.ts';
import { citedOf, type FrozenEvaluationRules } from './rules.ts';
import { actOn, type Course, type CourseAct, notOpened, overdueOf } from './standing.ts';
import { waitsFor, words } from './waiting.ts';

type Of<K extends RunningAct['kind']> = Given<Extract<RunningAct, { kind: K }>>;
type Answer = Step<RunningState> | Refused;

const stageOf = ({ state }: Course<Limit>): RunningState['stage'] =>
  state === 'newSelection' || state === 'passed' ? 'done' : (state as RunningState['stage']);

/** An act of the table, with what it tells; refused by the table's own reason. */
const move = (
  start: RunningStart,
  state: RunningState,
  act: CourseAct,
  entry: (course: Course<Limit>) => Entry,
): Answer => {
  const made = actOn(state.course, act, start.rules, order);
  if (!made.ok) return refusalOf(made);
  return step({ ...state, course: made.course, stage: stageOf(made.course) }, entry(made.course));
};

const score = (
  start: RunningStart,
  state: RunningState,
  act: Of<'scoreEvaluation'>,
  periods: Periods,
): Answer => {
  const inPlace = actOn(
    state.course,
    { kind: 'score', at: toInstantText(act.at), marks: {} },
    start.rules,
    order,
  );
  if (!inPlace.ok && inPlace.code !== 'inputsMissing') return refusalOf(inPlace);
  const closed = state.questionnaires?.closed === true || hasEnded(periods['questionnaires'], act.at);
  const early = whyNoMarks(start, state, closed);
  if (early) return early;
  const whole = wholeMarks(start, act.marks);
  if ('refused' in whole) return whole;
  const { marks } = whole;
  const made = actOn(state.course, { kind: 'score', at: toInstantText(act.at), marks }, start.rules, order);
  if (!made.ok) return refusalOf(made);
  const fault = dimensionsFault(start, act.dimensions);
  if (fault) return fault;
  const composite = compositeOf(marks, start.rules);
  const data = {
    marks: Object.entries(marks).map(([indicator, mark]) => ({
      indicator,
      mark: mark === null ? null : String(mark),
    })),
    dimensions: Object.entries(act.dimensions).map(([dimension, mark]) => ({
      dimension,
      mark: String(mark),
    })),
    ...composite,
  };
  return step(
    { ...state, course: made.course, composite },
    entryOf('scored', act, data, citedOf(start.rules, 'indicators')),
  );
};

const terminate = (start: RunningStart, state: RunningState, act: Of<'demandTermination'>): Answer => {
  const cause = state.course.state === 'overdue' ? 'rectificationOverdue' : 'failedEvaluation';
  const data = {
    agreement: start.facts.agreement,
    operator: start.facts.operator,
    cause,
    document: act.document,
  };
  return move(start, state, { kind: 'terminate', at: toInstantText(act.at) }, () =>
    entryOf('terminated', act, data, citedOf(start.rules, 'onFail')),
  );
};

const selectAgain = (start: RunningStart, state: RunningState, act: Of<'selectAgain'>): Answer => {
  const made = move(start, state, { kind: 'selectAgain', at: toInstantText(act.at) }, () =>
    entryOf('newSelection', act, { selection: act.selection }, citedOf(start.rules, 'afterTermination')),
  );
  return 'refused' in made ? made : { ...made, state: { ...made.state, outcome: 'newSelection' } };
};

/** A limit that has passed is passed, even if its timer has not fired. */
const asOf = (state: RunningState, at: number, periods: Periods): RunningState =>
  hasEnded(periods['rectification'], at)
    ? {
        ...state,
        course: overdueOf(state.course),
        stage: state.stage === 'rectifying' ? 'overdue' : state.stage,
      }
    : state;

/** While a result waits for the operator's answer, nothing else is marked or proposed. */
const proposedAlready = ({ proposal, toOrder }: RunningState): Refused | undefined =>
  proposal !== null || toOrder ? refuse(toOrder ? 'orderDue' : 'resultProposed') : undefined;

/** How long a rectification may take: counted by the pack, or to the day that the order names. */
export const rectificationPeriod = (
  { rectification }: Pick<FrozenEvaluationRules, 'rectification'>,
  { from, dueOn }: Limit,
): Period => {
  const key = 'rectification';
  if (rectification.limit === 'set') return { key, from, limit: { on: dueOn ?? '' } };
  return {
    ...{ key, from },
    limit:
      rectification.unit === 'workingDays'
        ? { workingDays: rectification.days }
        : { calendarDays: rectification.days },
  };
};

/** The order that a standing result still lacks: it names a day ahead. */
const nameDay = (start: RunningStart, state: RunningState, act: Of<'orderRectification'>): Answer => {
  const checked = stand(start, state, { outcome: 'rectify', dueOn: act.dueOn }, act);
  return 'refused' in checked || !checked.state.toOrder ? checked : refuse('dueDayPassed', { at: '/dueOn' });
};

const reminders = [5, 2, 1, 0];

export const evaluationMachine: Machine<FrozenEvaluationRules, EvaluationFacts, RunningState, RunningAct> = {
  procedure: 'evaluation',
  acts: [
    ...(['nameParticipants', 'sendQuestionnaires', 'answerQuestionnaire', 'closeQuestionnaires'] as const),
    ...([
      'scoreEvaluation',
      'proposeResult',
      'replyToEvaluation',
      'confirmResult',
      'orderRectification',
    ] as const),
    ...(['planRectification', 'reportRectification', 'demandTermination', 'selectAgain'] as const),
    'endWithAgreement',
  ],

  begin: (start) => {
    const { startedAt: at, receipt, facts, rules } = start;
    const opened = actOn<Limit>(
      notOpened,
      { kind: 'open', at: toInstantText(at), year: facts.year },
      rules,
      order,
    );
    const state: RunningState = {
      // A running evaluation waits for its marks: without them no result is proposed.
      ...{ stage: 'open', outcome: null, course: { ...opened.course, marked: false }, participants: [] },
      ...{ questionnaires: null, composite: null, proposal: null, proposals: 0, toOrder: false },
    };
    return step(state, entryOf('opened', { at, receipt }, { ...facts }, citedOf(rules, 'period')));
  },

  act: (start, before, act, periods) => {
    const state = asOf(before, act.at, periods);
    const at = toInstantText(act.at);
    switch (act.kind) {
      case 'nameParticipants':
        return name(start, state, act);
      case 'sendQuestionnaires':
        return send(start, state, act);
      case 'answerQuestionnaire':
        return answer(start, state, act, periods);
      case 'closeQuestionnaires':
        return answering(state, act.at, periods) ?? close(state, act);
      case 'scoreEvaluation':
        return proposedAlready(state) ?? score(start, state, act, periods);
      case 'proposeResult':
        return proposedAlready(state) ?? propose(start, state, act, act);
      case 'replyToEvaluation':
        return reply(start, state, act, periods);
      case 'confirmResult':
        return confirm(start, state, act);
      case 'orderRectification':
        return state.toOrder ? nameDay(start, state, act) : refuse('noOrderDue');
      case 'planRectification':
        return move(start, state, { kind: 'plan', at }, () =>
          entryOf(
            'rectificationPlanned',
            act,
            { document: act.document },
            citedOf(start.rules, 'rectificationPlan'),
          ),
        );
      case 'reportRectification':
        return move(start, state, { kind: 'reportRectification', at }, () =>
          entryOf(
            'rectificationReported',
            act,
            { document: act.document },
            citedOf(start.rules, 'rectification'),
          ),
        );
      case 'demandTermination':
        return terminate(start, state, act);
      case 'selectAgain':
        return selectAgain(start, state, act);
      case 'endWithAgreement':
        return step({ ...state, stage: 'done', outcome: 'agreementEnded' }, entryOf('agreementEnded', act));
    }
  },

  periods: ({ rules }, { questionnaires, proposal, course, outcome }): Period[] => {
    if (outcome !== null) return [];
    const list: Period[] = [];
    if (questionnaires && !questionnaires.closed && course.state === 'open')
      list.push({
        key: 'questionnaires',
        from: questionnaires.sentAt,
        limit: { on: questionnaires.until },
        reminders: [2, 0],
      });
    if (proposal && !proposal.replied)
      list.push({
        ...{ key: replyKey(proposal), from: proposal.at, limit: rules.reply, reminders: [2, 0] },
        article: citedOf(rules, 'reply'),
      });
    if (course.state === 'rectifying' && course.rectification)
      list.push({
        ...rectificationPeriod(rules, course.rectification),
        reminders,
        article: citedOf(rules, 'rectification'),
      });
    return list;
  },

  ended: (start, state, { key, at, lastDay }) => {
    if (key === 'questionnaires') return close(state, { at, receipt: null });
    if (key === 'rectification') {
      const data = { step: 'rectification', lastDay };
      const entry = entryOf('overdue', { at, receipt: null }, data, citedOf(start.rules, 'noReport'));
      return step({ ...state, course: overdueOf(state.course), stage: 'overdue' }, entry);
    }
    const { proposal } = state;
    if (proposal === null) return step(state);
    const stands = stand(start, state, proposal, { at, receipt: null });
    if ('refused' in stands)
      throw new RangeError(`a result that was proposed cannot stand: ${stands.refused}`);
    return stands;
  },

  waitsFor: (start, state): Waiting[] => waitsFor(start, state),
  words,
};
