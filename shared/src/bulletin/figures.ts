/**
 * The figures of a bulletin by department (S3; 中卫 三十一): catalog compiled and data attached, review timeliness, data
 * quality. Counted from facts, each with its cases, so that the department itself can look behind every one.
 */
import { type BusinessDate, businessDateOf } from '../business-date.ts';
import type { Calendar } from '../calendar.ts';
import {
  dayOf,
  type Fact,
  inOrder,
  momentOf,
  type Span,
  spanInstants,
  textOf,
  within,
} from '../disclosure-facts/fact.ts';
import { resourcesAt } from '../disclosure-facts/standing.ts';
import type { BulletinFigure } from '../packs/topics/bulletin.ts';
import { feedbackIn } from './feedback.ts';
import { type Away, cameBack, median, sentOut, tail, workingDaysTaken } from './working-days.ts';

export const departmentFigures = {
  catalogCompiled: ['compiled', 'published'],
  dataAttached: ['attached', 'notAttached'],
  reviewTimeliness: [
    ...(['reviewsEnded', 'reviewMedian', 'reviewTail', 'reviewsSilent', 'reviewsLate'] as const),
    ...(['reviewsOverdue', 'extensionsAsked', 'extensionsGranted', 'reviewsOpen'] as const),
  ],
  dataQuality: ['feedbackReceived', 'feedbackAnswered', 'feedbackOpen', 'feedbackTail'],
} as const satisfies Record<BulletinFigure, readonly string[]>;
export type DepartmentFigureName = (typeof departmentFigures)[BulletinFigure][number];

/** `null`: nothing to take a middle of, too few of it to be fair, or a year the calendar does not know. */
export type DepartmentFigure = { name: DepartmentFigureName; value: number | null; cases: string[] };
export type DepartmentFigures = { department: string; figures: DepartmentFigure[] };

type Review = {
  caseNo: string;
  reviewer: string;
  startedOn: BusinessDate;
  startedAt: number;
  away: Away[];
  endedAt: number | null;
  /** The application was withdrawn or lapsed while it ran: nobody reviews it any more. */
  gone: boolean;
  silent: boolean;
  late: boolean;
};
const ends = /^application\.review(Approved|Refused|DeemedApproved|DeemedRefused)\.v1$/;

/** Every review, as its events say it; one that a body began is one whatever happened meanwhile. */
const reviewsIn = (facts: readonly Fact[], standing: (body: string) => string): Review[] => {
  const found = new Map<string, Review>();
  for (const fact of inOrder(facts)) {
    const caseNo = textOf(fact, 'caseNo');
    const reviewer = standing(textOf(fact, 'reviewer'));
    const review = found.get(`${caseNo} ${reviewer}`);
    if (fact.type === 'application.reviewStarted.v1' && !review) {
      const startedAt = Date.parse(textOf(fact, 'startedAt')) || fact.at;
      found.set(`${caseNo} ${reviewer}`, {
        ...{ caseNo, reviewer, startedAt, startedOn: businessDateOf(startedAt), away: [] },
        ...{ endedAt: null, gone: false, silent: false, late: false },
      });
    } else if (fact.type === 'application.correctionRequested.v1' && review?.endedAt === null)
      review.away = sentOut(review.away, dayOf(fact));
    else if (fact.type === 'application.resubmitted.v1')
      for (const one of found.values()) if (one.caseNo === caseNo) one.away = cameBack(one.away, dayOf(fact));
    if (fact.type === 'application.withdrawn.v1' || fact.type === 'application.lapsed.v1')
      for (const one of found.values()) if (one.caseNo === caseNo && one.endedAt === null) one.gone = true;
    const how = ends.exec(fact.type)?.[1];
    if (how && review?.endedAt === null)
      Object.assign(review, {
        ...{ endedAt: momentOf(fact), silent: how.startsWith('Deemed'), late: fact.data['late'] === true },
      });
  }
  return [...found.values()];
};

/** Bodies as they stand: what an office did that went into another is its successor's. */
const successors = (facts: readonly Fact[]): ((body: string) => string) => {
  const next = new Map(
    facts
      .filter(({ type }) => type === 'party.succeeded.v1')
      .map((fact) => [textOf(fact, 'party'), textOf(fact, 'successor')]),
  );
  return (body) => {
    let at = body;
    for (let steps = 0; steps < 50 && next.has(at); steps += 1) at = next.get(at) ?? at;
    return at;
  };
};

const counted = (name: DepartmentFigureName, cases: readonly string[]): DepartmentFigure => {
  const unique = [...new Set(cases)].sort();
  return { name, value: unique.length, cases: unique };
};

export type BulletinAsk = {
  span: Span;
  figures: readonly BulletinFigure[];
  /** A median or tail of fewer is not shown. */
  smallest: number;
  calendar: Calendar;
};

/** The figures of every source department and county bureau of the city, by its id. */
export const bulletinFigures = (all: readonly Fact[], ask: BulletinAsk): DepartmentFigures[] => {
  const { span, smallest, calendar } = ask;
  const { start, end } = spanInstants(span);
  const facts = all.filter((fact) => momentOf(fact) < end);
  const standing = successors(facts);
  const open = resourcesAt(facts, span.until).map((one) => ({ ...one, provider: standing(one.provider) }));
  const reviews = reviewsIn(facts, standing);
  const feedback = feedbackIn(facts).map((one) => ({ ...one, department: standing(one.department) }));
  const inSpan = inOrder(facts.filter(within(span)));
  const registered = facts.filter(
    (fact) =>
      fact.type === 'party.registered.v1' &&
      ['sourceDepartment', 'countyBureau'].includes(textOf(fact, 'kind')),
  );
  const departments = new Set([
    ...registered.map((fact) => standing(textOf(fact, 'party'))),
    ...open.map(({ provider }) => provider),
    ...feedback.map(({ department }) => department),
  ]);
  const of = (type: string, key: string, department: string): Fact[] =>
    inSpan.filter((fact) => fact.type === type && standing(textOf(fact, key)) === department);
  const cases = (found: readonly Fact[], key = 'caseNo'): string[] => found.map((fact) => textOf(fact, key));

  const figure = (name: DepartmentFigureName, department: string): DepartmentFigure => {
    const own = open.filter(({ provider }) => provider === department);
    const mine = reviews.filter(({ reviewer }) => reviewer === department);
    const ended = mine.filter(({ endedAt }) => endedAt !== null && endedAt >= start);
    const days = (): number[] =>
      ended.flatMap(
        ({ startedOn, endedAt, away }) =>
          workingDaysTaken(calendar, startedOn, businessDateOf(endedAt ?? 0), away) ?? [],
      );
    const fair = (values: number[], take: (values: readonly number[]) => number | null): number | null =>
      values.length < smallest ? null : take(values);
    const endedCases = [...new Set(ended.map(({ caseNo }) => caseNo))].sort();
    const told = feedback.filter((one) => one.department === department);
    const waiting = told.filter(({ outstanding }) => outstanding);
    switch (name) {
      case 'compiled':
        return counted(name, cases(of('resource.compiled.v1', 'provider', department), 'resource'));
      case 'published':
        return counted(
          name,
          own.map(({ resource }) => resource),
        );
      case 'attached':
        return counted(
          name,
          own.filter(({ supplied }) => supplied).map(({ resource }) => resource),
        );
      case 'notAttached':
        return counted(
          name,
          own.filter(({ supplied }) => !supplied).map(({ resource }) => resource),
        );
      case 'reviewsEnded':
        return { name, value: ended.length, cases: endedCases };
      case 'reviewMedian':
        return { name, value: fair(days(), median), cases: endedCases };
      case 'reviewTail':
        return { name, value: fair(days(), tail), cases: endedCases };
      case 'reviewsSilent':
        return counted(
          name,
          ended.filter(({ silent }) => silent).map(({ caseNo }) => caseNo),
        );
      case 'reviewsLate':
        return counted(
          name,
          ended.filter(({ late }) => late).map(({ caseNo }) => caseNo),
        );
      case 'reviewsOverdue':
        return counted(name, cases(of('application.reviewOverdue.v1', 'reviewer', department)));
      case 'extensionsAsked':
        return counted(
          name,
          cases(of('application.extensionRequested.v1', 'reviewer', department), 'extension'),
        );
      case 'extensionsGranted':
        return counted(
          name,
          cases(of('application.extensionGranted.v1', 'reviewer', department), 'extension'),
        );
      case 'reviewsOpen':
        return counted(
          name,
          mine.filter(({ endedAt, gone }) => endedAt === null && !gone).map(({ caseNo }) => caseNo),
        );
      case 'feedbackReceived':
        return counted(
          name,
          told.filter(({ openedAt }) => openedAt >= start).map(({ caseNo }) => caseNo),
        );
      case 'feedbackAnswered':
        return counted(
          name,
          told
            .filter(
              ({ answeredAt, outstanding }) => answeredAt !== null && answeredAt >= start && !outstanding,
            )
            .map(({ caseNo }) => caseNo),
        );
      case 'feedbackOpen':
        return counted(
          name,
          waiting.map(({ caseNo }) => caseNo),
        );
      case 'feedbackTail': {
        const waited = waiting.flatMap(
          ({ openedAt }) => workingDaysTaken(calendar, businessDateOf(openedAt), span.until) ?? [],
        );
        return { name, value: tail(waited), cases: waiting.map(({ caseNo }) => caseNo).sort() };
      }
    }
  };
  return [...departments].sort().map((department) => ({
    department,
    figures: ask.figures.flatMap((group) => departmentFigures[group].map((name) => figure(name, department))),
  }));
};
