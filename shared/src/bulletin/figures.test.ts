// S3: silence ends a review with its last day, not with the day after.
import { Calendar } from '../calendar.ts';
import { type Fact, isFactType } from '../disclosure-facts/fact.ts';
import { bulletinFigures } from './figures.ts';

const calendar = new Calendar({
  years: [{ year: 2024, notice: { number: null }, holidays: [], workingWeekends: [] }],
  changes: [],
});
let told = 0;
const fact = (type: string, at: string, data: Record<string, unknown>): Fact => {
  if (!isFactType(type)) throw new Error(`${type} is not kept`);
  told += 1;
  return { id: `f-${told}`, type, subject: 's', sequence: told, at: Date.parse(`${at}+08:00`), data };
};
const turn = (caseNo: string) => ({ caseNo, turn: 'review', reviewer: 'dept' });
const department = fact('party.registered.v1', '2024-01-02T10:00:00', {
  party: 'dept',
  kind: 'sourceDepartment',
});
const started = (caseNo: string, on: string) =>
  fact('application.reviewStarted.v1', `${on}T10:00:00`, {
    ...turn(caseNo),
    startedAt: `${on}T10:00:00+08:00`,
  });
const silence = (caseNo: string, at: string) =>
  fact('application.reviewDeemedApproved.v1', at, { ...turn(caseNo), deadline: `${at}+08:00` });

const figuresOf = (facts: readonly Fact[], from: string, until: string) => {
  const ask = { span: { from, until }, figures: ['reviewTimeliness'] as const, smallest: 1, calendar };
  const [one] = bulletinFigures([department, ...facts], ask);
  return Object.fromEntries((one?.figures ?? []).map(({ name, value }) => [name, value]));
};

it('a limit of ten working days that ran out took ten, not eleven', () => {
  // From Monday the 3rd: the tenth working day is Monday the 17th, whose 24:00 is told as the 18th.
  const facts = [started('SQ-1', '2024-06-03'), silence('SQ-1', '2024-06-18T00:00:00')];
  expect(figuresOf(facts, '2024-04-01', '2024-06-30')).toMatchObject({
    ...{ reviewsSilent: 1, reviewMedian: 10, reviewTail: 10 },
  });
});

it('silence and delay of the last day of a quarter are that quarter’s', () => {
  const facts = [
    started('SQ-1', '2024-06-14'),
    silence('SQ-1', '2024-07-01T00:00:00'),
    started('SQ-2', '2024-06-14'),
    fact('application.reviewOverdue.v1', '2024-07-01T00:00:00', {
      ...turn('SQ-2'),
      deadline: '2024-07-01T00:00:00+08:00',
    }),
  ];
  expect(figuresOf(facts, '2024-04-01', '2024-06-30')).toMatchObject({
    ...{ reviewsEnded: 1, reviewsSilent: 1, reviewsOverdue: 1, reviewsOpen: 1 },
  });
  expect(figuresOf(facts, '2024-07-01', '2024-09-30')).toMatchObject({
    ...{ reviewsEnded: 0, reviewsSilent: 0, reviewsOverdue: 0, reviewsOpen: 1 },
  });
});

it('out for correction again on the day it came back, that day is given back once', () => {
  const correction = (at: string) =>
    fact('application.correctionRequested.v1', at, { ...turn('SQ-1'), notice: 'BZ' });
  const back = (at: string) => fact('application.resubmitted.v1', at, { caseNo: 'SQ-1' });
  const facts = [
    started('SQ-1', '2024-06-03'),
    ...[correction('2024-06-05T09:00:00'), back('2024-06-06T09:00:00')],
    ...[correction('2024-06-06T15:00:00'), back('2024-06-07T09:00:00')],
    fact('application.reviewApproved.v1', '2024-06-11T10:00:00', { ...turn('SQ-1'), late: false }),
  ];
  // The 4th, 10th and 11th; the 5th to the 7th it was out.
  expect(figuresOf(facts, '2024-04-01', '2024-06-30')).toMatchObject({ reviewMedian: 3 });
});
