/** The course of an evaluation that is played through: its limit is a ledger, read under the calendars loaded so far. */
import type { Calendar } from '../calendar.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import {
  type Due,
  type Rectification,
  dueOf,
  madeOverdue,
  orderRectification,
  underCalendar,
} from './rectification.ts';
import { actOn, type Course, type CourseAct, type Move, overdueOf } from './standing.ts';

export type PlayedCourse = Course<Rectification>;

/** One act on the course as `courseAt` its instant gives it. */
export const playOn = (
  course: PlayedCourse,
  act: CourseAct,
  rules: EvaluationRules,
  calendar: Calendar,
): Move<Rectification> =>
  actOn(course, act, rules, (at, dueOn) => orderRectification(rules.rectification, at, { calendar, dueOn }));

/** The course at an instant (milliseconds since the epoch): a limit that has passed makes it overdue. */
export const courseAt = (course: PlayedCourse, at: number): PlayedCourse => {
  if (course.state !== 'rectifying' || !course.rectification) return course;
  const { lastDay, deadline } = dueOf(course.rectification);
  if (lastDay === null || deadline === null || at < deadline) return course;
  return { ...overdueOf(course), rectification: madeOverdue(course.rectification, at, lastDay) };
};

/** The course under a calendar loaded at `at`; what is overdue or reported stays as it is. */
export const courseUnder = (course: PlayedCourse, calendar: Calendar, at: number): PlayedCourse =>
  course.state === 'rectifying' && course.rectification
    ? { ...course, rectification: underCalendar(course.rectification, calendar, at) }
    : course;

const noLimit: Due = { lastDay: null, deadline: null, provisional: false };

/** The limit of the rectification that is or was under way this year; all null where there is none. */
export const dueIn = ({ rectification }: PlayedCourse): Due =>
  rectification ? dueOf(rectification) : noLimit;
