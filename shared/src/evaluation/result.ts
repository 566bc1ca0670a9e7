/** The result of an evaluation: proposed, answered by the operator, standing, and what follows from it (V2). */
import { toInstantText } from '../business-date.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import {
  type Entry,
  entryOf,
  hasEnded,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
} from '../procedure/machine.ts';
import type { Limit, Proposal, RunningStart, RunningState } from './machine-types.ts';
import { citedOf } from './rules.ts';
import { actOn, type CourseAct, type Move } from './standing.ts';
import type { EvaluationOutcome } from './steps.ts';

export const order = (from: number, dueOn: string | null): Limit => ({ from, dueOn });

/** What a machine's refusal says of a move that the table refuses. */
export const refusalOf = (move: Extract<Move<Limit>, { ok: false }>): Refused =>
  move.at === undefined ? refuse(move.code) : refuse(move.code, { at: move.at });

/** The step that a result is, in the state it is given in. */
const stepOf = (
  { course }: RunningState,
  { outcome, dueOn }: { outcome: EvaluationOutcome; dueOn: string | null },
  at: number,
): CourseAct =>
  course.state === 'reported'
    ? { kind: 'reEvaluate', at: toInstantText(at), outcome }
    : { kind: 'outcome', at: toInstantText(at), outcome, ...(dueOn !== null && { dueOn }) };

type By = { at: number; receipt: string | null };

/** A result is proposed to the operator, who has its time to answer. Nothing of it stands yet. */
export const propose = (
  start: RunningStart,
  state: RunningState,
  given: { outcome: EvaluationOutcome; dueOn?: string },
  by: By,
): Step<RunningState> | Refused => {
  const dueOn = given.dueOn ?? null;
  const move = actOn(state.course, stepOf(state, { ...given, dueOn }, by.at), start.rules, order);
  if (!move.ok) return refusalOf(move);
  const number = state.proposals + 1;
  const proposal: Proposal = { outcome: given.outcome, dueOn, at: by.at, number, replied: false };
  const data = { outcome: given.outcome, dueOn, round: roundOf(state) };
  return step(
    { ...state, stage: 'reply', proposal, proposals: number },
    entryOf('resultProposed', by, data, citedOf(start.rules, move.rule)),
  );
};

const roundOf = ({ course }: RunningState): number => (course.state === 'reported' ? 2 : 1);

const published = (
  start: RunningStart,
  state: RunningState,
  { outcome, round }: { outcome: EvaluationOutcome; round: number },
  by: By,
): Entry[] => {
  if (!start.rules.resultPublished) return [];
  const { agreement, operator, year } = start.facts;
  const { exact = null, shown = null, withoutSource = [] } = state.composite ?? {};
  const data = {
    ...{ agreement, operator, year, outcome, exact, shown, withoutSource },
    round,
    secondRectify: state.course.secondRectify,
  };
  return [entryOf('resultPublished', by, data, citedOf(start.rules, 'resultPublished'))];
};

const ruleOfResult = ({ state, secondRectify }: RunningState['course']): keyof EvaluationRules =>
  state === 'failed'
    ? secondRectify
      ? 'secondRectify'
      : 'onFail'
    : state === 'passed'
      ? 'outcomes'
      : 'rectification';

/** The result stands: passed, to be rectified by a day, or failed. A day that has passed meanwhile is to be named anew. */
export const stand = (
  start: RunningStart,
  state: RunningState,
  result: { outcome: EvaluationOutcome; dueOn: string | null },
  by: By,
): Step<RunningState> | Refused => {
  const cleared: RunningState = { ...state, proposal: null };
  const { outcome, dueOn } = result;
  const data = { outcome, dueOn, round: roundOf(state), proposals: state.proposals };
  const move = actOn(state.course, stepOf(state, result, by.at), start.rules, order);
  if (!move.ok) {
    if (move.code !== 'dueDayPassed') return refusalOf(move);
    const waiting: RunningState = { ...cleared, stage: 'toOrder', toOrder: true };
    return step(
      waiting,
      entryOf('resultStands', by, { ...data, dueOn: null }, citedOf(start.rules, 'outcomes')),
    );
  }
  const { course } = move;
  const entry = state.toOrder ? 'rectificationOrdered' : 'resultStands';
  const stands = entryOf(entry, by, data, citedOf(start.rules, ruleOfResult(course)));
  const next: RunningState = {
    ...{ ...cleared, course, toOrder: false },
    stage: course.state === 'passed' ? 'done' : (course.state as RunningState['stage']),
    outcome: course.state === 'passed' ? 'passed' : null,
  };
  return step(next, stands, ...published(start, next, data, by));
};

/** The operator answers within its period, once; the result waits for the bureau then. */
export const reply = (
  start: RunningStart,
  state: RunningState,
  { document, ...by }: By & { document: string },
  periods: Periods,
): Step<RunningState> | Refused => {
  const { proposal } = state;
  if (proposal === null) return refuse('noResultProposed');
  if (proposal.replied) return refuse('replyIn');
  if (hasEnded(periods[replyKey(proposal)], by.at)) return refuse('deadlinePassed');
  return step(
    { ...state, stage: 'replied', proposal: { ...proposal, replied: true } },
    entryOf('replied', by, { document, number: proposal.number }, citedOf(start.rules, 'reply')),
  );
};

export const replyKey = ({ number }: Proposal): string => `reply/${number}`;

const gravity: Record<EvaluationOutcome, number> = { pass: 0, rectify: 1, fail: 2 };

/** After a reply the bureau keeps the result or makes it milder; a graver one is proposed, and answered, anew. */
export const confirm = (
  start: RunningStart,
  state: RunningState,
  { outcome, dueOn, ...by }: By & { outcome: EvaluationOutcome; dueOn?: string },
): Step<RunningState> | Refused => {
  const { proposal } = state;
  if (proposal === null) return refuse('noResultProposed');
  if (!proposal.replied) return refuse('replyOpen');
  if (gravity[outcome] > gravity[proposal.outcome])
    return propose(
      start,
      { ...state, proposal: null },
      { outcome, ...(dueOn !== undefined && { dueOn }) },
      by,
    );
  const kept = outcome === 'rectify' ? (dueOn ?? proposal.dueOn) : null;
  const checked = actOn(state.course, stepOf(state, { outcome, dueOn: kept }, by.at), start.rules, order);
  return checked.ok ? stand(start, state, { outcome, dueOn: kept }, by) : refusalOf(checked);
};
