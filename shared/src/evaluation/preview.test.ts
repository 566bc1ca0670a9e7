import { Calendar } from '../calendar.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import { evaluationPreview } from './preview.ts';
import { type PlayedCourse, playOn } from './played-course.ts';
import { notOpened } from './standing.ts';
import { EvaluationQuestion, type EvaluationStep } from './steps.ts';

/** 2025 with its Spring Festival alone; 2026 has no notice. */
const calendar = new Calendar({
  years: [
    {
      year: 2025,
      notice: { number: null },
      holidays: ['28', '29', '30', '31'].map((day) => ({ date: `2025-01-${day}` })),
      workingWeekends: ['2025-02-08'],
    },
  ],
  changes: [],
});

const values: EvaluationRules = {
  evaluatedBy: { lead: 'authority' },
  period: { months: 12 },
  indicators: ['performance', 'publicService', 'scenarioBenefit'],
  weights: { performance: 50, publicService: 30, scenarioBenefit: 20 },
  sources: {},
  inputs: ['merchant'],
  dimensions: 'none',
  outcomes: ['pass', 'rectify', 'fail'],
  rectification: { limit: 'fixed', days: 30, unit: 'calendarDays' },
  rectificationPlan: true,
  secondRectify: 'fail',
  onFail: 'terminated',
  afterTermination: 'newSelection',
  decides: ['continuation'],
  reply: { workingDays: 5 },
  resultPublished: true,
  rectificationIntoUnpublishedYear: 'provisional',
  noReport: 'openUntilTerminated',
  lateReport: 'refused',
  rectifyTwoYearsRunning: 'countedAfresh',
};
/** The pack of a city of the tests' own; each rule's article is its key. */
const packOf = (change: Partial<EvaluationRules> = {}): ResolvedPack =>
  ({
    jurisdiction: 'somewhere',
    rules: {
      evaluation: Object.fromEntries(
        Object.entries({ ...values, ...change }).map(([key, value]) => [
          key,
          {
            value,
            basis: { kind: 'cite', instrument: '示例', article: key, quote: '示例' },
            from: 'somewhere',
          },
        ]),
      ),
    },
  }) as unknown as ResolvedPack;

type Given = { [K in EvaluationStep as K['kind']]: Omit<K, 'at' | 'kind'> };
/** `at` by the clock of Shanghai, to the second. */
const step = <K extends keyof Given>(at: string, kind: K, rest: Given[K]) => ({
  at: `${at}+08:00`,
  kind,
  ...rest,
});
const open = (at: string, year: number) => step(at, 'open', { year });
const outcome = (at: string, result: 'pass' | 'rectify' | 'fail', dueOn?: string) =>
  step(at, 'outcome', { outcome: result, ...(dueOn && { dueOn }) });
const again = (at: string, result: 'pass' | 'rectify' | 'fail') =>
  step(at, 'reEvaluate', { outcome: result });
const bare = (at: string, kind: 'plan' | 'reportRectification' | 'terminate' | 'selectAgain' | 'probe') =>
  step(at, kind, {});

const play = (steps: object[], change: Partial<EvaluationRules> = {}) =>
  evaluationPreview(EvaluationQuestion.parse({ jurisdiction: 'somewhere', steps }), packOf(change), calendar)
    .steps;
/** `state`, or `code → state` for what was refused. */
const told = (steps: object[], change: Partial<EvaluationRules> = {}): string[] =>
  play(steps, change).map(({ accepted, code, state }) => (accepted ? state : `${code} → ${state}`));

/** Ordered on Friday 10 January 2025: thirty calendar days end on Sunday 9 February, so on Monday the 10th. */
const ordered = [open('2025-01-06T09:00:00', 2024), outcome('2025-01-10T09:00:00', 'rectify')];
const planned = [...ordered, bare('2025-01-15T09:00:00', 'plan')];
const reported = [...planned, bare('2025-02-10T23:59:59', 'reportRectification')];

describe('a yearly evaluation (V2)', () => {
  it('passes, and the next year opens anew', () => {
    expect(
      told([
        open('2025-01-06T09:00:00', 2024),
        outcome('2025-01-10T09:00:00', 'pass'),
        open('2025-12-01T09:00:00', 2025),
      ]),
    ).toEqual(['open', 'passed', 'open']);
  });

  it('fails: terminated, then a new selection, and nothing after it', () => {
    const steps = [
      open('2025-01-06T09:00:00', 2024),
      outcome('2025-01-10T09:00:00', 'fail'),
      bare('2025-01-11T09:00:00', 'selectAgain'),
      bare('2025-01-12T09:00:00', 'terminate'),
      open('2025-01-13T09:00:00', 2025),
      bare('2025-01-14T09:00:00', 'selectAgain'),
      bare('2025-01-15T09:00:00', 'terminate'),
    ];
    expect(told(steps)).toEqual([
      'open',
      'failed',
      'notTerminated → failed',
      'terminated',
      'terminated → terminated',
      'newSelection',
      'newSelection → newSelection',
    ]);
    expect(play(steps).map(({ article }) => article && 'article' in article && article.article)).toEqual([
      ...['period', 'onFail', 'afterTermination', 'onFail', 'onFail', 'afterTermination', 'afterTermination'],
    ]);
  });

  it('rectified in time and passed', () => {
    const steps = play([...reported, again('2025-02-12T09:00:00', 'pass')]);
    expect(steps.map(({ state }) => state)).toEqual([
      'open',
      'rectifying',
      'rectifying',
      'reported',
      'passed',
    ]);
    expect(steps[1]).toMatchObject({
      ...{ lastDay: '2025-02-10', deadline: '2025-02-11T00:00:00+08:00', provisional: false, year: 2024 },
      article: { instrument: '示例', article: 'rectification' },
    });
  });

  it('a second rectify is fail', () => {
    const last = play([...reported, again('2025-02-12T09:00:00', 'rectify')]).at(-1);
    expect(last).toMatchObject({
      accepted: true,
      state: 'failed',
      secondRectify: true,
      article: { article: 'secondRectify' },
    });
  });

  const twoYears = [
    ...reported,
    again('2025-02-12T09:00:00', 'pass'),
    open('2025-06-02T09:00:00', 2025),
    outcome('2025-06-03T09:00:00', 'rectify'),
  ];
  it('rectify two years running is counted afresh', () => {
    expect(play(twoYears).at(-1)).toMatchObject({
      state: 'rectifying',
      lastDay: '2025-07-03',
      secondRectify: false,
    });
    expect(told([...twoYears, bare('2025-06-04T09:00:00', 'reportRectification')]).at(-1)).toBe(
      'planMissing → rectifying',
    );
  });

  it('is caught when a year takes the last one’s rectification along (sabotage)', () => {
    const carried = (course: PlayedCourse, act: Parameters<typeof playOn>[1]) => {
      const move = playOn(course, act, values, calendar);
      return { ...move.course, planIn: move.course.planIn || course.planIn };
    };
    const acts = EvaluationQuestion.parse({ jurisdiction: 'a', steps: twoYears }).steps as Parameters<
      typeof playOn
    >[1][];
    const opened = acts.slice(0, -1).reduce(carried, notOpened as PlayedCourse);
    expect([opened.state, opened.planIn]).toEqual(['open', true]);
    const right = acts
      .slice(0, -1)
      .reduce((course, act) => playOn(course, act, values, calendar).course, notOpened as PlayedCourse);
    expect([right.state, right.planIn]).toEqual(['open', false]);
  });
});

describe('rectification', () => {
  it('needs a plan first where the pack asks for one', () => {
    const early = [...ordered, bare('2025-01-20T09:00:00', 'reportRectification')];
    expect(told(early).at(-1)).toBe('planMissing → rectifying');
    expect(told(early, { rectificationPlan: false }).at(-1)).toBe('reported');
    expect(told([...planned, bare('2025-01-16T09:00:00', 'plan')]).at(-1)).toBe('planIn → rectifying');
  });

  it.each([
    ['2025-02-10T23:59:59', 'reported'],
    ['2025-02-10T23:59:59.999', 'reported'],
    ['2025-02-11T00:00:00', 'deadlinePassed → overdue'],
  ])('a report at %s: %s', (at, answer) => {
    const late = play([...planned, bare(at, 'reportRectification')]).at(-1);
    expect(late?.accepted ? late.state : `${late?.code} → ${late?.state}`).toBe(answer);
    expect(late?.pointer).toBe(late?.accepted ? null : '/steps/3');
    expect(late?.article).toMatchObject({ article: late?.accepted ? 'rectification' : 'lateReport' });
  });

  it('no report: open until terminated, never terminated by itself', () => {
    const steps = [...planned, bare('2025-06-30T09:00:00', 'probe'), again('2025-07-01T09:00:00', 'pass')];
    expect(
      told([...steps, open('2025-07-02T09:00:00', 2025), bare('2025-07-03T09:00:00', 'terminate')]).slice(3),
    ).toEqual(['overdue', 'notReported → overdue', 'evaluationOpen → overdue', 'terminated']);
    expect(told([...planned, bare('2025-02-10T09:00:00', 'terminate')]).at(-1)).toBe(
      'notFailed → rectifying',
    );
  });

  it('counts working days where the pack does', () => {
    const rectification = { limit: 'fixed', days: 3, unit: 'workingDays' } as const;
    const steps = [open('2025-01-06T09:00:00', 2024), outcome('2025-01-24T09:00:00', 'rectify')];
    expect(play(steps, { rectification })[1]?.lastDay).toBe('2025-02-04'); // 27 January; 3 and 4 February
  });

  it('ends on the day that the order names where the pack leaves it to the order', () => {
    const rectification = { limit: 'set', by: 'authority' } as const;
    const on = (dueOn?: string, change: Partial<EvaluationRules> = { rectification }) =>
      play([open('2025-01-06T09:00:00', 2024), outcome('2025-01-10T09:00:00', 'rectify', dueOn)], change)[1];
    expect(on('2025-03-01')).toMatchObject({
      accepted: true,
      lastDay: '2025-03-01',
      deadline: '2025-03-02T00:00:00+08:00',
    });
    expect(on()).toMatchObject({ code: 'dueDayMissing', pointer: '/steps/1/dueOn', state: 'open' });
    expect(on('2025-01-10')).toMatchObject({ code: 'dueDayPassed' });
    expect(on('2025-03-01', {})).toMatchObject({ code: 'dueDayFixed' });
  });

  const intoNextYear = [
    open('2025-12-01T09:00:00', 2025),
    outcome('2025-12-10T09:00:00', 'rectify'),
    bare('2025-12-11T09:00:00', 'plan'),
  ];
  const publish = (at: string, holidays: string[] = []) =>
    step(at, 'publishYear', { year: 2026, notice: '示例通知', holidays, workingWeekends: [] });

  it('is provisional in a year without a notice and dated when it is published', () => {
    const steps = play([...intoNextYear, publish('2025-12-20T09:00:00', ['2026-01-09'])]);
    expect(steps[1]).toMatchObject({ lastDay: null, deadline: null, provisional: true });
    expect(steps[3]).toMatchObject({ lastDay: '2026-01-12', provisional: false }); // 9 January off, then a weekend
  });

  it('never passes while provisional; published too late, it runs to the end of the next working day', () => {
    const late = [...intoNextYear, bare('2026-01-20T09:00:00', 'probe'), publish('2026-01-20T10:00:00')];
    expect(play(late).slice(3)).toMatchObject([
      { state: 'rectifying', provisional: true },
      { state: 'rectifying', lastDay: '2026-01-21' },
    ]);
    expect(told([...late, bare('2026-01-21T23:00:00', 'reportRectification')]).at(-1)).toBe('reported');
    expect(told([...late, bare('2026-01-22T00:00:00', 'reportRectification')]).at(-1)).toBe(
      'deadlinePassed → overdue',
    );
  });

  it('overdue stays overdue under a later calendar', () => {
    const steps = [...planned, bare('2025-03-01T09:00:00', 'probe'), publish('2025-03-02T09:00:00')];
    expect(play(steps).at(-1)).toMatchObject({ state: 'overdue', lastDay: '2025-02-10' });
  });
});

describe('marks (V1)', () => {
  const score = (marks: Record<string, unknown>) => [
    open('2025-01-06T09:00:00', 2024),
    { at: '2025-01-07T09:00:00+08:00', kind: 'score', marks },
    outcome('2025-01-10T09:00:00', 'pass'),
  ];

  it('make an exact composite by weight', () => {
    const steps = play(score({ performance: 80, publicService: '70.5', scenarioBenefit: 90 }));
    expect(steps[1]).toMatchObject({
      accepted: true,
      composite: { exact: '1583/20', shown: '79.15', withoutSource: [] },
    });
    expect(steps[2]?.state).toBe('passed');
  });

  it('an indicator without a source is named with its weight and enters no figure', () => {
    expect(play(score({ performance: 80, publicService: null, scenarioBenefit: 90 }))[1]?.composite).toEqual({
      exact: '580/7',
      shown: '82.86',
      withoutSource: [{ indicator: 'publicService', weight: '3/10' }],
    });
    expect(
      play(score({ performance: null, publicService: null, scenarioBenefit: null }))[1]?.composite?.exact,
    ).toBeNull();
  });

  it.each([
    ['missing', { performance: 80 }, 'inputsMissing', '/steps/1/marks/publicService'],
    ['unknown', { performance: 80, beauty: 1 }, 'indicatorUnknown', '/steps/1/marks/beauty'],
    ['over 100', { performance: '100.1' }, 'scoreOutOfScale', '/steps/1/marks/performance'],
  ])('%s: refused, and no result on them', (_name, marks, code, pointer) => {
    const steps = play(score(marks));
    expect(steps[1]).toMatchObject({ accepted: false, code, pointer, article: { article: 'indicators' } });
    expect(steps[2]).toMatchObject({ accepted: false, code: 'inputsMissing', state: 'open' });
  });
});

describe('acts out of place are refused and change nothing', () => {
  it.each([
    ['a result before it opens', [outcome('2025-01-06T09:00:00', 'pass')], 'notOpened → notOpened'],
    [
      'a second opening',
      [open('2025-01-06T09:00:00', 2024), open('2025-01-07T09:00:00', 2025)],
      'evaluationOpen → open',
    ],
    [
      'a year evaluated already',
      [
        open('2025-01-06T09:00:00', 2024),
        outcome('2025-01-07T09:00:00', 'pass'),
        open('2025-01-08T09:00:00', 2024),
      ],
      'yearEvaluated → passed',
    ],
    [
      'a result while rectifying',
      [...planned, outcome('2025-01-20T09:00:00', 'pass')],
      'notReported → rectifying',
    ],
    [
      'a first result again',
      [...reported, outcome('2025-02-20T09:00:00', 'pass')],
      'reEvaluationDue → reported',
    ],
    [
      'a report without rectification',
      [open('2025-01-06T09:00:00', 2024), bare('2025-01-07T09:00:00', 'reportRectification')],
      'notRectifying → open',
    ],
  ])('%s', (_name, steps, answer) => {
    expect(told(steps).at(-1)).toBe(answer);
  });

  it('a result that the city does not know', () => {
    expect(told(ordered, { outcomes: ['pass', 'fail'] }).at(-1)).toBe('outcomeNotInPack → open');
  });

  it('steps go forward in time', () => {
    const steps = [open('2025-01-06T09:00:00', 2024), outcome('2025-01-05T09:00:00', 'pass')];
    expect(EvaluationQuestion.safeParse({ jurisdiction: 'a', steps }).success).toBe(false);
  });
});
