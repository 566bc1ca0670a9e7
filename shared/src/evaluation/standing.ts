/**
 * How a yearly evaluation stands (V1, V2): pure, one act at a time, by the pack. Wuhai 十二: pass, fail or rectify; the
 * operator makes a plan, puts things right within thirty days and reports; evaluated again, rectify counts as fail;
 * what failed is terminated and a new selection begins. Each year counts afresh.
 *
 * The running evaluation and the preview both go by this table. They differ in how the limit of a rectification is
 * held (`L`): as a period of the case, or as a ledger that the preview reads under its own calendars.
 */
import { businessDateOf } from '../business-date.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import { markFault } from './marks.ts';
import type { EvaluationReason } from './reasons.ts';
import type { EvaluationAct, EvaluationState, EvaluationStep } from './steps.ts';

/** `rectification` stays until the next year opens; `marked`: the marks of this round are whole, or none were given. */
export type Course<L> = {
  state: EvaluationState;
  year: number | null;
  rectification: L | null;
  planIn: boolean;
  marked: boolean;
  secondRectify: boolean;
};

export const notOpened: Course<never> = {
  ...{
    state: 'notOpened',
    year: null,
    rectification: null,
    planIn: false,
    marked: true,
    secondRectify: false,
  },
};

/** The limit of a rectification that an order of `at` begins; `dueOn` is the last day, where the order names it. */
export type Order<L> = (at: number, dueOn: string | null) => L;

type Step<K extends EvaluationAct> = Extract<EvaluationStep, { kind: K }>;
/** `publishYear` and `probe` change no course by themselves. */
export type CourseAct = Exclude<EvaluationStep, { kind: 'publishYear' | 'probe' }>;

/** The course after an act, or why it is refused; `rule` governs it, `at` names the place in the step. */
export type Move<L> =
  | { ok: true; course: Course<L>; rule: keyof EvaluationRules }
  | { ok: false; course: Course<L>; code: EvaluationReason; at?: string };

const moved = <L>(course: Course<L>, rule: keyof EvaluationRules): Move<L> => ({ ok: true, course, rule });

/** Why an act is out of place in each state; a state that is missing is one where the act has its place. */
const outOfPlace: Record<CourseAct['kind'], Partial<Record<EvaluationState, EvaluationReason>>> = {
  open: {
    ...{
      open: 'evaluationOpen',
      rectifying: 'evaluationOpen',
      overdue: 'evaluationOpen',
      reported: 'evaluationOpen',
    },
    ...{ failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  score: {
    ...{ notOpened: 'notOpened', rectifying: 'notReported', overdue: 'notReported' },
    ...{ passed: 'passed', failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  outcome: {
    ...{
      notOpened: 'notOpened',
      rectifying: 'notReported',
      overdue: 'notReported',
      reported: 'reEvaluationDue',
    },
    ...{ passed: 'passed', failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  plan: {
    ...{ notOpened: 'notRectifying', open: 'notRectifying', overdue: 'deadlinePassed', reported: 'planIn' },
    ...{ passed: 'passed', failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  reportRectification: {
    ...{
      notOpened: 'notRectifying',
      open: 'notRectifying',
      overdue: 'deadlinePassed',
      reported: 'reEvaluationDue',
    },
    ...{ passed: 'passed', failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  reEvaluate: {
    ...{
      notOpened: 'notRectifying',
      open: 'notRectifying',
      rectifying: 'notReported',
      overdue: 'notReported',
    },
    ...{ passed: 'passed', failed: 'failed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  terminate: {
    ...{ notOpened: 'notFailed', open: 'notFailed', rectifying: 'notFailed', reported: 'notFailed' },
    ...{ passed: 'notFailed', terminated: 'terminated', newSelection: 'newSelection' },
  },
  selectAgain: {
    ...{
      notOpened: 'notTerminated',
      open: 'notTerminated',
      rectifying: 'notTerminated',
      overdue: 'notTerminated',
    },
    ...{
      reported: 'notTerminated',
      passed: 'notTerminated',
      failed: 'notTerminated',
      newSelection: 'newSelection',
    },
  },
};

const open = <L>(course: Course<L>, { year }: Step<'open'>): Move<L> =>
  course.year !== null && year <= course.year
    ? { ok: false, course, code: 'yearEvaluated', at: '/year' }
    : moved<L>({ ...notOpened, state: 'open', year }, 'period'); // two years running: counted afresh

const score = <L>(course: Course<L>, { marks }: Step<'score'>, rules: EvaluationRules): Move<L> => {
  const fault = markFault(marks, rules);
  if (!fault) return moved({ ...course, marked: true }, 'indicators');
  return {
    ok: false,
    course: { ...course, marked: false },
    code: fault.code,
    at: `/marks/${fault.indicator}`,
  };
};

/** Whether the order may name the day, must, or named one that is past. */
export const dueDayFault = (
  { at, dueOn }: { at: string; dueOn?: string | undefined },
  { rectification }: EvaluationRules,
): EvaluationReason | undefined => {
  if (rectification.limit === 'fixed') return dueOn === undefined ? undefined : 'dueDayFixed';
  if (dueOn === undefined) return 'dueDayMissing';
  return dueOn <= businessDateOf(Date.parse(at)) ? 'dueDayPassed' : undefined;
};

const outcome = <L>(
  course: Course<L>,
  step: Step<'outcome'>,
  rules: EvaluationRules,
  order: Order<L>,
): Move<L> => {
  const refused = (code: EvaluationReason, at?: string): Move<L> => ({
    ok: false,
    course,
    code,
    ...(at && { at }),
  });
  if (!rules.outcomes.includes(step.outcome)) return refused('outcomeNotInPack', '/outcome');
  if (!course.marked) return refused('inputsMissing');
  if (step.outcome === 'pass') return moved({ ...course, state: 'passed' }, 'outcomes');
  if (step.outcome === 'fail') return moved({ ...course, state: 'failed' }, 'onFail');
  const fault = dueDayFault(step, rules);
  if (fault) return refused(fault, '/dueOn');
  const rectification = order(Date.parse(step.at), step.dueOn ?? null);
  return moved({ ...course, state: 'rectifying', rectification, planIn: false }, 'rectification');
};

const plan = <L>(course: Course<L>): Move<L> =>
  course.planIn
    ? { ok: false, course, code: 'planIn' }
    : moved({ ...course, planIn: true }, 'rectificationPlan');

const report = <L>(course: Course<L>, rules: EvaluationRules): Move<L> =>
  rules.rectificationPlan && !course.planIn
    ? { ok: false, course, code: 'planMissing' }
    : moved({ ...course, state: 'reported', marked: true }, 'rectification');

const reEvaluate = <L>(course: Course<L>, step: Step<'reEvaluate'>, rules: EvaluationRules): Move<L> => {
  // What was not put right has failed, wherever rectification is known (朔州 十（七）: 整改不到位).
  if (step.outcome !== 'fail' && !rules.outcomes.includes(step.outcome))
    return { ok: false, course, code: 'outcomeNotInPack', at: '/outcome' };
  if (!course.marked) return { ok: false, course, code: 'inputsMissing' };
  if (step.outcome === 'pass') return moved({ ...course, state: 'passed' }, 'outcomes');
  return step.outcome === 'rectify'
    ? moved({ ...course, state: 'failed', secondRectify: true }, 'secondRectify')
    : moved({ ...course, state: 'failed' }, 'onFail');
};

/** The course once the limit of its rectification has passed: overdue, never terminated by itself. */
export const overdueOf = <L>(course: Course<L>): Course<L> =>
  course.state === 'rectifying' ? { ...course, state: 'overdue' } : course;

/** One act on the course as its instant finds it: taken, or refused with its reason and nothing changed but `marked`. */
export const actOn = <L>(
  course: Course<L>,
  act: CourseAct,
  rules: EvaluationRules,
  order: Order<L>,
): Move<L> => {
  const code = outOfPlace[act.kind][course.state];
  if (code !== undefined) return { ok: false, course, code };
  switch (act.kind) {
    case 'open':
      return open(course, act);
    case 'score':
      return score(course, act, rules);
    case 'outcome':
      return outcome(course, act, rules, order);
    case 'plan':
      return plan(course);
    case 'reportRectification':
      return report(course, rules);
    case 'reEvaluate':
      return reEvaluate(course, act, rules);
    case 'terminate':
      return moved({ ...course, state: 'terminated' }, 'onFail');
    case 'selectAgain':
      return moved({ ...course, state: 'newSelection' }, 'afterTermination');
  }
};
