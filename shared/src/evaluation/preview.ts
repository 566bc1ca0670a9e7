/** A list of steps of yearly evaluations played through, by the code that a running evaluation uses. */
import { toInstantText } from '../business-date.ts';
import { Calendar } from '../calendar.ts';
import { articleOf, type ResolvedPack, ruleOf, valuesOf } from '../packs/pack.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import { calendarAfter } from '../clock/scenario.ts';
import { compositeOf } from './marks.ts';
import { evaluationReasons } from './reasons.ts';
import { courseAt, courseUnder, dueIn, type PlayedCourse, playOn } from './played-course.ts';
import { type CourseAct, notOpened } from './standing.ts';
import type { Composite, EvaluationAnswer, EvaluationQuestion, PlayedStep } from './steps.ts';

const standingOf = (course: PlayedCourse) => {
  const { lastDay, deadline, provisional } = dueIn(course);
  return {
    ...{ state: course.state, year: course.year, lastDay, provisional },
    deadline: deadline === null ? null : toInstantText(deadline),
    secondRectify: course.secondRectify,
  };
};

const nothingRefused = { accepted: true, code: null, pointer: null, message: null } as const;

/** Plays `act` on the course; the pointer of a refusal is from the root of the question. */
const play = (
  course: PlayedCourse,
  act: CourseAct,
  {
    pack,
    rules,
    calendar,
    pointer,
  }: { pack: ResolvedPack; rules: EvaluationRules; calendar: Calendar; pointer: string },
): { course: PlayedCourse; played: PlayedStep } => {
  const move = playOn(course, act, rules, calendar);
  const standing = standingOf(move.course);
  const articleBy = (key: keyof EvaluationRules) => articleOf(ruleOf(pack, 'evaluation', key));
  if (!move.ok) {
    const { zh, en, rule } = evaluationReasons[move.code];
    const refusal = { code: move.code, pointer: `${pointer}${move.at ?? ''}`, message: `${zh} · ${en}` };
    const played = { accepted: false, ...refusal, article: articleBy(rule), ...standing, composite: null };
    return { course: move.course, played };
  }
  const composite: Composite | null = act.kind === 'score' ? compositeOf(act.marks, rules) : null;
  const played = { ...nothingRefused, article: articleBy(move.rule), ...standing, composite };
  return { course: move.course, played };
};

/**
 * Each step accepted or refused with code, pointer and article, and how the evaluation stands after it. A refused step
 * changes nothing, save that marks which are not whole bar the result until they are given whole.
 * @throws RangeError where the pack doesn't hold the topic `evaluation`.
 */
export const evaluationPreview = (
  { steps }: EvaluationQuestion,
  pack: ResolvedPack,
  calendar: Calendar,
): EvaluationAnswer => {
  const rules = valuesOf(pack, 'evaluation');
  let known = calendar;
  let course: PlayedCourse = notOpened;
  const played = steps.map((step, index): PlayedStep => {
    const at = Date.parse(step.at);
    course = courseAt(course, at);
    if (step.kind === 'publishYear') {
      known = new Calendar(calendarAfter(known.data, { ...step, event: 'publishYear' }));
      course = courseUnder(course, known, at);
    }
    if (step.kind === 'publishYear' || step.kind === 'probe')
      return { ...nothingRefused, article: null, ...standingOf(course), composite: null };
    const answer = play(course, step, { pack, rules, calendar: known, pointer: `/steps/${index}` });
    course = answer.course;
    return answer.played;
  });
  return { steps: played };
};
