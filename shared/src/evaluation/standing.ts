/**
 * How a yearly evaluation stands (V1, V2): pure, one act at a time, by the pack. Wuhai 十二: pass, fail or rectify; the
 * operator makes a plan, puts things right within thirty days and reports; evaluated again, rectify counts as fail;
 * what failed is terminated and a new selection begins. Each year counts afresh.
 */
import { businessDateOf } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import { markFault } from './marks.ts';
import type { EvaluationReason } from './reasons.ts';
import {
  type Due,
  type Rectification,
  dueOf,
  madeOverdue,
  orderRectification,
  underCalendar,
} from './rectification.ts';
import type { EvaluationAct, EvaluationState, EvaluationStep } from './steps.ts';

/** `rectification` stays until the next year opens; `marked`: the marks of this round are whole, or none were given. */
export type Course = {
  state: EvaluationState;
  year: number | null;
  rectification: Rectification | null;
  marked: boolean;
  secondRectify: boolean;
};

export const notOpened: Course = {
  ...{ state: 'notOpened', year: null, rectification: null, marked: true, secondRectify: false },
};

type Step<K extends EvaluationAct> = Extract<EvaluationStep, { kind: K }>;
/** `publishYear` and `probe` change no course by themselves. */
export type CourseAct = Exclude<EvaluationStep, { kind: 'publishYear' | 'probe' }>;

/** The course after an act, or why it is refused; `rule` governs it, `at` names the place in the step. */
export type Move =
  | { ok: true; course: Course; rule: keyof EvaluationRules }
  | { ok: false; course: Course; code: EvaluationReason; at?: string };

const moved = (course: Course, rule: keyof EvaluationRules): Move => ({ ok: true, course, rule });

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

const open = (course: Course, { year }: Step<'open'>): Move =>
  course.year !== null && year <= course.year
    ? { ok: false, course, code: 'yearEvaluated', at: '/year' }
    : moved({ ...notOpened, state: 'open', year }, 'period'); // two years running: counted afresh

const score = (course: Course, { marks }: Step<'score'>, rules: EvaluationRules): Move => {
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
const dueDayFault = (
  { at, dueOn }: Step<'outcome'>,
  { rectification }: EvaluationRules,
): EvaluationReason | undefined => {
  if (rectification.limit === 'fixed') return dueOn === undefined ? undefined : 'dueDayFixed';
  if (dueOn === undefined) return 'dueDayMissing';
  return dueOn <= businessDateOf(Date.parse(at)) ? 'dueDayPassed' : undefined;
};

const outcome = (course: Course, step: Step<'outcome'>, rules: EvaluationRules, calendar: Calendar): Move => {
  const refused = (code: EvaluationReason, at?: string): Move => ({
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
  const dueOn = step.dueOn ?? null;
  const rectification = orderRectification(rules.rectification, Date.parse(step.at), { calendar, dueOn });
  return moved({ ...course, state: 'rectifying', rectification }, 'rectification');
};

const plan = (course: Course): Move => {
  if (!course.rectification) return { ok: false, course, code: 'notRectifying' };
  if (course.rectification.planIn) return { ok: false, course, code: 'planIn' };
  const rectification = { ...course.rectification, planIn: true };
  return moved({ ...course, rectification }, 'rectificationPlan');
};

const report = (course: Course, rules: EvaluationRules): Move =>
  rules.rectificationPlan && !course.rectification?.planIn
    ? { ok: false, course, code: 'planMissing' }
    : moved({ ...course, state: 'reported', marked: true }, 'rectification');

const reEvaluate = (course: Course, step: Step<'reEvaluate'>, rules: EvaluationRules): Move => {
  if (!rules.outcomes.includes(step.outcome))
    return { ok: false, course, code: 'outcomeNotInPack', at: '/outcome' };
  if (!course.marked) return { ok: false, course, code: 'inputsMissing' };
  if (step.outcome === 'pass') return moved({ ...course, state: 'passed' }, 'outcomes');
  return step.outcome === 'rectify'
    ? moved({ ...course, state: 'failed', secondRectify: true }, 'secondRectify')
    : moved({ ...course, state: 'failed' }, 'onFail');
};

/** One act on the course as `courseAt` its instant gives it: taken, or refused with its reason and nothing changed but `marked`. */
export const actOn = (course: Course, act: CourseAct, rules: EvaluationRules, calendar: Calendar): Move => {
  const code = outOfPlace[act.kind][course.state];
  if (code !== undefined) return { ok: false, course, code };
  switch (act.kind) {
    case 'open':
      return open(course, act);
    case 'score':
      return score(course, act, rules);
    case 'outcome':
      return outcome(course, act, rules, calendar);
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

/** The course at an instant (milliseconds since the epoch): a limit that has passed makes it overdue, never terminated. */
export const courseAt = (course: Course, at: number): Course => {
  if (course.state !== 'rectifying' || !course.rectification) return course;
  const { lastDay, deadline } = dueOf(course.rectification);
  if (lastDay === null || deadline === null || at < deadline) return course;
  return { ...course, state: 'overdue', rectification: madeOverdue(course.rectification, at, lastDay) };
};

/** The course under a calendar loaded at `at`; what is overdue or reported stays as it is. */
export const courseUnder = (course: Course, calendar: Calendar, at: number): Course =>
  course.state === 'rectifying' && course.rectification
    ? { ...course, rectification: underCalendar(course.rectification, calendar, at) }
    : course;

const noLimit: Due = { lastDay: null, deadline: null, provisional: false };

/** The limit of the rectification that is or was under way this year; all null where there is none. */
export const dueIn = ({ rectification }: Course): Due => (rectification ? dueOf(rectification) : noLimit);
