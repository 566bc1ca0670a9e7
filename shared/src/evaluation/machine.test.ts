// V1, V2: the running evaluation and the preview are one code: on any sequence of steps they say the same.
import { Calendar } from '../calendar.ts';
import type { ResolvedPack } from '../packs/pack.ts';
import type { EvaluationRules } from '../packs/topics/evaluation.ts';
import { isRefused, type Machine, type Periods } from '../procedure/machine.ts';
import { readPeriods } from '../procedure/periods.ts';
import { evaluationMachine } from './machine.ts';
import type { EvaluationFacts, RunningAct, RunningStart, RunningState } from './machine-types.ts';
import { evaluationPreview } from './preview.ts';
import { evaluationRules, type FrozenEvaluationRules } from './rules.ts';
import { EvaluationQuestion, type EvaluationStep } from './steps.ts';

const year = (number: number, holidays: string[] = []) => ({
  year: number,
  notice: { number: null },
  holidays: holidays.map((date) => ({ date })),
  workingWeekends: [],
});
const calendar = new Calendar({ years: [year(2025, ['2025-01-28', '2025-02-10'])], changes: [] });

const values: EvaluationRules = {
  evaluatedBy: { lead: 'authority' },
  period: { months: 12 },
  indicators: ['performance', 'publicService'],
  weights: 'equal',
  sources: { performance: ['applicationsOnTime'], publicService: ['complaints'] },
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
const packOf = (change: Partial<EvaluationRules>): ResolvedPack =>
  ({
    jurisdiction: 'somewhere',
    title: '某市',
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

/** Numbers in [0, 1) from a seed: the same sequence every time. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

const hour = 3_600_000;
const base = Date.parse('2025-01-06T09:00:00+08:00');
const whole = { performance: '80', publicService: null };

/** Steps of one year after its opening; marks stand whole before any result, as a running evaluation asks for. */
const stepsOf = (seed: number, set: boolean): EvaluationStep[] => {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  let at = base;
  const text = () => new Date(at).toISOString();
  const list: object[] = [{ kind: 'open', at: text(), year: 2024 }];
  list.push({ kind: 'score', at: text(), marks: whole });
  for (let n = 0; n < 14; n += 1) {
    at += Math.floor(next() * next() * 40 * 24) * hour;
    const outcome = pick(['pass', 'rectify', 'rectify', 'fail'] as const);
    const dueOn = pick(['2025-01-01', '2025-03-08', '2025-05-01', undefined]);
    const named = (set || next() < 0.1) && dueOn !== undefined ? { dueOn } : {};
    const kinds = [
      'outcome',
      'outcome',
      'plan',
      'plan',
      'reportRectification',
      'reportRectification',
    ] as const;
    const kind = pick([...kinds, 'reEvaluate', 'terminate', 'selectAgain', 'score', 'probe'] as const);
    if (kind === 'outcome') list.push({ kind, at: text(), outcome, ...named });
    else if (kind === 'reEvaluate') list.push({ kind, at: text(), outcome });
    else if (kind === 'score') {
      const marks = pick([{ performance: '101' }, { other: '1' }, {}, whole]);
      list.push({ kind, at: text(), marks: { ...marks, ...(marks !== whole && { publicService: null }) } });
      list.push({ kind, at: text(), marks: whole });
    } else list.push({ kind, at: text() });
  }
  return EvaluationQuestion.parse({ jurisdiction: 'somewhere', steps: list }).steps;
};

type Running = Machine<FrozenEvaluationRules, EvaluationFacts, RunningState, RunningAct>;
type Said = { accepted: boolean; code: string | null; state: string; lastDay: string | null };

const startOf = (change: Partial<EvaluationRules>): RunningStart => ({
  ...{ procedure: 'evaluation', caseNo: 'PG-1', jurisdiction: 'somewhere', jurisdictionTitle: '某市' },
  ...{ authority: 'bureau', packVersion: 'v', rules: evaluationRules(packOf(change)), startedAt: base },
  facts: {
    ...{ agreement: 'YY-1', operator: 'operator', year: 2024, from: '2024-01-06', until: '2025-01-05' },
    withoutSource: ['publicService'],
  },
  ...{ by: { account: 'a', organisation: 'bureau', role: 'bureau' }, receipt: 'SJ-0' },
});

/** Plays the steps on the running machine: periods end as its driver has them end. */
const running = (machine: Running, start: RunningStart, steps: readonly EvaluationStep[]): Said[] => {
  let { state } = machine.begin(start);
  let periods: Periods = {};
  const read = (now: number) => {
    periods = readPeriods(machine.periods(start, state), calendar, { now, before: periods });
  };
  const act = (given: RunningAct, at: number): string | null => {
    const answer = machine.act(start, state, { ...given, at, receipt: 'SJ', by: start.by }, periods);
    if (isRefused(answer)) return answer.refused;
    ({ state } = answer);
    read(at);
    return null;
  };
  const until = (at: number) => {
    for (;;) {
      const due = Object.values(periods).filter((one) => one.at !== null && one.at <= at);
      const [first] = due.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
      if (!first || first.at === null) return;
      ({ state } = machine.ended(start, state, { ...first, at: first.at }));
      read(first.at);
    }
  };
  const result = (given: { outcome: 'pass' | 'rectify' | 'fail'; dueOn?: string }, at: number) =>
    act({ kind: 'proposeResult', ...given }, at) ??
    act({ kind: 'replyToEvaluation', document: 'sha256:0' }, at) ??
    act(
      {
        kind: 'confirmResult',
        outcome: given.outcome,
        ...(given.dueOn !== undefined && { dueOn: given.dueOn }),
      },
      at,
    );
  const take = (step: EvaluationStep, at: number): string | null => {
    switch (step.kind) {
      case 'score':
        return act({ kind: 'scoreEvaluation', marks: step.marks, dimensions: {} }, at);
      case 'outcome':
      case 'reEvaluate': {
        // The preview knows which of the two is due by the step; the machine by its state.
        const dueOn = step.kind === 'outcome' ? step.dueOn : undefined;
        return result({ outcome: step.outcome, ...(dueOn !== undefined && { dueOn }) }, at);
      }
      case 'plan':
        return act({ kind: 'planRectification', document: 'sha256:0' }, at);
      case 'reportRectification':
        return act({ kind: 'reportRectification', document: 'sha256:0' }, at);
      case 'terminate':
        return act({ kind: 'demandTermination', document: 'sha256:0' }, at);
      case 'selectAgain':
        return act({ kind: 'selectAgain', selection: 'LX-1' }, at);
      case 'open':
      case 'publishYear':
      case 'probe':
        return null;
    }
  };
  return steps.map((step): Said => {
    const at = Date.parse(step.at);
    until(at);
    if (step.kind === 'open') {
      act({ kind: 'sendQuestionnaires', until: '2025-01-07', asked: [] }, at);
      act({ kind: 'closeQuestionnaires' }, at);
    }
    const code = take(step, at);
    const { state: course } = state.course;
    return {
      accepted: code === null,
      code,
      state: course,
      lastDay: periods['rectification']?.lastDay ?? null,
    };
  });
};

/** The first step on which they differ; a result given in the other's place is refused by both, in words of its own. */
const differences = (machine: Running, change: Partial<EvaluationRules>, seeds: number): string[] => {
  const start = startOf(change);
  const seen: string[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const set = change.rectification?.limit === 'set';
    let steps = stepsOf(seed, set);
    // The kind of a result follows from the state in a running evaluation: the preview is asked for that kind.
    const first = running(machine, start, steps);
    steps = steps.map((step, index) => {
      const before = first[index - 1]?.state;
      if (step.kind === 'reEvaluate' && before !== 'reported') return { ...step, kind: 'outcome' };
      if (step.kind === 'outcome' && before === 'reported') {
        const { dueOn: _, ...rest } = step;
        return { ...rest, kind: 'reEvaluate' };
      }
      return step;
    });
    const ours = running(machine, start, steps);
    const { steps: theirs } = evaluationPreview(
      { jurisdiction: 'somewhere', steps },
      packOf(change),
      calendar,
    );
    for (const [index, one] of ours.entries()) {
      const { accepted, code, state, lastDay } = theirs[index] ?? {};
      const same = one.accepted === accepted && one.code === code && one.state === state;
      const day = state === 'rectifying' ? one.lastDay === lastDay : true;
      if (!same || !day)
        seen.push(`${seed}/${index}: ${JSON.stringify(one)} ≠ ${accepted} ${code} ${state} ${lastDay}`);
    }
  }
  return seen;
};

describe('the running evaluation and the preview are one code', () => {
  const set = { limit: 'set', by: 'authority' } as const;
  it.each<[string, Partial<EvaluationRules>]>([
    ['thirty calendar days', {}],
    [
      'ten working days, no plan',
      { rectification: { limit: 'fixed', days: 10, unit: 'workingDays' }, rectificationPlan: false },
    ],
    ['the order names the day', { rectification: set }],
    ['a place without rectification', { outcomes: ['pass', 'fail'] }],
    [
      'a limit into a year not published',
      { rectification: { limit: 'fixed', days: 360, unit: 'calendarDays' } },
    ],
  ])('%s: the same answers step by step', (_name, change) => {
    expect(differences(evaluationMachine, change, 150)).toEqual([]);
  });

  it('a machine that lets a late report in is found (sabotage)', () => {
    const lax: Running = {
      ...evaluationMachine,
      act: (start, state, act, periods) =>
        evaluationMachine.act(start, state, act, act.kind === 'reportRectification' ? {} : periods),
      ended: (start, state, period) =>
        period.key === 'rectification'
          ? { ...evaluationMachine.ended(start, state, period), state }
          : evaluationMachine.ended(start, state, period),
      periods: (start, state) =>
        evaluationMachine.periods(start, state).filter(({ key }) => key !== 'rectification'),
    };
    expect(differences(lax, {}, 150)).not.toEqual([]);
  });

  it('a machine to which a second rectify is another order is found (sabotage)', () => {
    const lax: Running = {
      ...evaluationMachine,
      act: (start, state, act, periods) => {
        const answer = evaluationMachine.act(start, state, act, periods);
        if (isRefused(answer) || !answer.state.course.secondRectify) return answer;
        const course = { ...answer.state.course, state: 'rectifying' as const };
        return { ...answer, state: { ...answer.state, course } };
      },
    };
    expect(differences(lax, {}, 150)).not.toEqual([]);
  });
});
