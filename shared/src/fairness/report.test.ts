// M4, 中卫 二十二: every stage has its refusals, and its days are those that the file lay with the bodies.
import { Calendar } from '../calendar.ts';
import { type Fact, isFactType } from '../disclosure-facts/fact.ts';
import { type FairnessStage, fairnessReport } from './report.ts';

const calendar = new Calendar({
  years: [
    { year: 2024, notice: { number: null }, holidays: [], workingWeekends: [] },
    { year: 2025, notice: { number: null }, holidays: [], workingWeekends: [] },
  ],
  changes: [],
});
let told = 0;
const fact = (type: string, at: string, data: Record<string, unknown>): Fact => {
  if (!isFactType(type)) throw new Error(`${type} is not kept`);
  told += 1;
  const { caseNo: subject } = data as { caseNo: string };
  return { id: `f-${told}`, type, subject, sequence: told, at: Date.parse(`${at}+08:00`), data };
};
const of = (caseNo: string) => ({ caseNo, applicant: `m-${caseNo}` });
const submitted = (caseNo: string, on: string, kind = 'application') =>
  fact(`${kind}.submitted.v1`, `${on}T10:00:00`, of(caseNo));

const rowOf = (facts: readonly Fact[], stage: FairnessStage, from = '2024-01-01', until = '2024-12-31') =>
  fairnessReport(facts, { span: { from, until }, smallest: 1, calendar }).rows.find(
    (one) => one.stage === stage && one.by === 'size' && one.group === 'all',
  );

it('an application that is not accepted is a refusal of acceptance; one that is, in words or by silence, is none', () => {
  const facts = [
    ...['SQ-1', 'SQ-2', 'SQ-3', 'SQ-4'].map((caseNo) => submitted(caseNo, '2024-06-03')),
    fact('application.accepted.v1', '2024-06-04T10:00:00', of('SQ-1')),
    fact('application.deemedAccepted.v1', '2024-06-11T00:00:00', of('SQ-2')),
    fact('application.notAccepted.v1', '2024-06-04T10:00:00', of('SQ-3')),
    fact('application.notAccepted.v1', '2024-06-04T10:00:00', of('SQ-4')),
    // Accepted, and failed later: a refusal of the check, not of acceptance.
    fact('application.checkFailed.v1', '2024-06-12T10:00:00', of('SQ-1')),
  ];
  expect(rowOf(facts, 'acceptance')).toMatchObject({ decided: 4, refused: 2, refusalRate: 50 });
  expect(rowOf(facts, 'check')).toMatchObject({ decided: 1, refused: 1 });
  expect(rowOf(facts, 'onboarding')).toMatchObject({ decided: 0, refused: 0 });
});

it('one merchant with many cases is nobody’s statistics: of it nothing is shown, nor what would give it away', () => {
  const onboarded = (merchant: string, n: number, size: string) => {
    const about = { caseNo: `${merchant}-${n}`, applicant: merchant, size };
    return [
      fact('onboarding.submitted.v1', '2024-06-03T10:00:00', about),
      fact(n < 6 ? 'onboarding.notEnrolled.v1' : 'onboarding.enrolled.v1', '2024-06-07T10:00:00', about),
    ];
  };
  const times = (n: number) => Array.from({ length: n }, (_, at) => at);
  const report = (oneMerchant: boolean) =>
    fairnessReport(
      [
        ...times(12).flatMap((n) => onboarded(oneMerchant ? 'm-1' : `m-${n}`, n, 'micro')),
        ...times(20).flatMap((n) => onboarded(`n-${n}`, n, 'large')),
        ...times(20).flatMap((n) => onboarded(`o-${n}`, n, 'small')),
      ],
      { span: { from: '2024-01-01', until: '2024-12-31' }, smallest: 5, calendar },
    ).rows.filter(({ stage, by }) => stage === 'onboarding' && by === 'size');
  const of = (rows: ReturnType<typeof report>, group: string) => rows.find((one) => one.group === group);
  expect(of(report(false), 'micro')).toMatchObject({ decided: 12, refused: 6, medianDays: 4 });
  const rows = report(true);
  expect(of(rows, 'micro')).toMatchObject({ decided: null, refused: null, medianDays: null });
  expect(of(rows, 'all')).toMatchObject({ decided: 52, refused: 18 });
  expect(['small', 'large'].filter((group) => of(rows, group)?.decided === null)).toHaveLength(1);
});

describe.each([
  ['application', 'application.checkPassed.v1', 'check'],
  ['onboarding', 'onboarding.enrolled.v1', 'onboarding'],
] as const)('days of an %s', (kind, end, stage) => {
  const correction = (at: string) => fact(`${kind}.correctionRequested.v1`, at, of('C-1'));
  const back = (at: string) => fact(`${kind}.resubmitted.v1`, at, of('C-1'));
  const ended = fact(end, '2024-06-14T10:00:00', of('C-1'));
  const start = submitted('C-1', '2024-06-03', kind);

  it('without the days on which the file was out with the merchant', () => {
    expect(rowOf([start, ended], stage)?.medianDays).toBe(9);
    // Out from the 5th to the 12th: six working days.
    const out = [correction('2024-06-05T09:00:00'), back('2024-06-12T09:00:00')];
    expect(rowOf([start, ...out, ended], stage)?.medianDays).toBe(3);
    // Asked back by two bodies at once it is out once.
    const twice = [...out, correction('2024-06-06T09:00:00')];
    expect(rowOf([start, ...twice, ended], stage)?.medianDays).toBe(3);
  });

  it('another’s corrections give it no day back', () => {
    const other = [
      fact(`${kind}.correctionRequested.v1`, '2024-06-05T09:00:00', of('C-2')),
      fact(`${kind}.resubmitted.v1`, '2024-06-12T09:00:00', of('C-2')),
    ];
    expect(rowOf([start, ...other, ended], stage)?.medianDays).toBe(9);
  });
});

it('silence of the last day of a year is that year’s, and took to that day', () => {
  const facts = [
    submitted('SQ-1', '2024-12-30'),
    fact('application.deemedApproved.v1', '2025-01-01T00:00:00', of('SQ-1')),
  ];
  expect(rowOf(facts, 'review')).toMatchObject({ decided: 1, refused: 0, medianDays: 1 });
  expect(rowOf(facts, 'review', '2025-01-01', '2025-12-31')).toMatchObject({ decided: 0 });
});
