// F3: a ceiling is set once, never for a day that has passed; its report is due until it is made, and closes it by its receipt.
import fc from 'fast-check';
import { businessDateOf } from '../business-date.ts';
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type ProcedureStart,
  step,
} from '../procedure/machine.ts';
import type { CeilingRules } from '../pricing/rules.ts';
import { forecastOf } from './forecast.ts';
import { ceilingMachine } from './machine.ts';
import type { CeilingAct, CeilingFacts, CeilingState } from './types.ts';

type Ceilings = Machine<CeilingRules, CeilingFacts, CeilingState, CeilingAct>;
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const hour = 3_600_000;
const forecast = forecastOf([], 2024, undefined);
const rests = { instrument: '某通知', article: '二' };
const start: ProcedureStart<CeilingRules, CeilingFacts> = {
  ...{ procedure: 'ceilingPrice', caseNo: '640500-SX-2024-000001', jurisdiction: 'zhongwei' },
  ...{
    jurisdictionTitle: '中卫市',
    authority: 'city-bureau',
    packVersion: 'p',
    startedAt: begunAt,
    receipt: 'SJ-0',
  },
  by: { account: 'b', organisation: 'city-bureau', role: 'bureau' },
  rules: {
    units: { value: ['call'], rests },
    ceilings: { value: { setBy: 'authority', reportedTo: 'price' }, rests },
    ceilingReportLimit: { value: { workingDays: 5 }, rests: null },
  },
  facts: {
    ...{
      product: '640500-CP-2024-000001',
      operator: 'operator',
      reportBody: 'price-office',
      areaCode: '640500',
    },
    ceilings: [{ unit: 'call', fen: 1_000, from: '2024-03-02', expectedQty: '10', before: null }],
    forecast,
  },
};

type Move = { act: CeilingAct; role: string; later: number } | { periodEnds: true; later: number };
const play = (machine: Ceilings, moves: readonly Move[]) => {
  let { state, entries } = machine.begin(start);
  let at = begunAt;
  const refused: string[] = [];
  for (const move of moves) {
    at += move.later;
    if (state.outcome !== null) break;
    if ('periodEnds' in move) {
      const [period] = machine.periods(start, state);
      if (!period) continue;
      const next = machine.ended(start, state, {
        key: period.key,
        lastDay: businessDateOf(at),
        at,
        provisional: false,
      });
      expect(machine.periods(start, next.state)).toEqual([]);
      [state, entries] = [next.state, [...entries, ...next.entries]];
      continue;
    }
    const by = { account: 'x', organisation: 'y', role: move.role };
    const act = { ...move.act, at, receipt: 'SJ-1', by } as Given<CeilingAct>;
    const next = machine.act(start, state, act, {});
    if (isRefused(next)) refused.push(next.refused);
    else [state, entries] = [next.state, [...entries, ...next.entries]];
  }
  return { state, entries, refused, story: entries.map(({ kind }) => kind) };
};

const set: CeilingAct = { kind: 'setCeiling', forecast };
const report: CeilingAct = { kind: 'reportCeiling', document: 'h' };
const receipt = (on: string): CeilingAct => ({ kind: 'receiptCeiling', on, document: 'h' });
const by = (role: string, act: CeilingAct, later = hour): Move => ({ act, role, later });

describe('the way of a ceiling', () => {
  it.each<[string, Move[], string[], string[]]>([
    [
      'set, reported, receipted',
      [by('bureau', set), by('bureau', report), by('price', receipt('2024-03-01'))],
      ['opened', 'set', 'reported', 'receipted'],
      [],
    ],
    [
      'reported late',
      [by('bureau', set), { periodEnds: true, later: 8 * 24 * hour }, by('bureau', report)],
      ['opened', 'set', 'overdue', 'reported'],
      [],
    ],
    ['withdrawn', [by('bureau', { kind: 'withdrawCeiling' })], ['opened', 'withdrawn'], []],
    ['not for a day that has passed', [by('bureau', set, 48 * hour)], ['opened'], ['ceilingDayPassed']],
    ['not reported before it is set', [by('bureau', report)], ['opened'], ['stepNotReached']],
    [
      'not set twice, not withdrawn once set',
      [by('bureau', set), by('bureau', set), by('bureau', { kind: 'withdrawCeiling' })],
      ['opened', 'set'],
      ['stepNotReached', 'stepNotReached'],
    ],
    [
      'not receipted by another office, nor before it was reported',
      [
        by('bureau', set),
        by('bureau', report),
        by('finance', receipt('2024-03-01')),
        by('price', receipt('2024-02-29')),
      ],
      ['opened', 'set', 'reported'],
      ['notTheDecider', 'dateOutside'],
    ],
  ])('%s', (_name, moves, story, refused) => {
    const played = play(ceilingMachine, moves);
    expect(played.story).toEqual(story);
    expect(played.refused).toEqual(refused);
  });

  it('waits for the office that receipts it; for the bureau alone where none is on record', () => {
    const { state } = play(ceilingMachine, [by('bureau', set), by('bureau', report)]);
    expect(ceilingMachine.waitsFor(start, state)).toMatchObject([
      { act: 'receiptCeiling', role: 'price', body: 'price-office' },
      { role: 'bureau', optional: true },
    ]);
    const without = { ...start, facts: { ...start.facts, reportBody: null } };
    expect(ceilingMachine.waitsFor(without, state)).toEqual([{ act: 'receiptCeiling', role: 'bureau' }]);
  });
});

const anyMove: fc.Arbitrary<Move> = fc.record({
  act: fc.constantFrom<CeilingAct>(set, report, receipt('2024-03-01'), receipt('2024-03-03'), {
    kind: 'withdrawCeiling',
  }),
  role: fc.constantFrom('bureau', 'price', 'finance'),
  later: fc.constantFrom(hour, 6 * hour, 20 * hour),
});
const move = fc.oneof(
  { weight: 6, arbitrary: anyMove },
  { weight: 1, arbitrary: fc.record({ periodEnds: fc.constant(true as const), later: fc.constant(hour) }) },
);

/** Read from the entries alone. */
const mustHold = (entries: readonly Entry[]): void => {
  const story = entries.map(({ kind }) => kind);
  const [stood] = entries.filter(({ kind }) => kind === 'set');
  expect(story.filter((kind) => kind === 'set').length).toBeLessThanOrEqual(1);
  if (stood) expect(businessDateOf(stood.at) <= '2024-03-02').toBe(true);
  if (stood) expect(story).not.toContain('withdrawn');
  if (story.includes('reported')) expect(story.indexOf('set')).toBeGreaterThan(0);
  if (story.includes('receipted')) expect(story.indexOf('reported')).toBeLessThan(story.indexOf('receipted'));
};
const holds = (machine: Ceilings, numRuns: number): number => {
  let closed = 0;
  fc.assert(
    fc.property(fc.array(move, { maxLength: 14 }), (moves) => {
      const { entries, state } = play(machine, moves);
      mustHold(entries);
      if (state.outcome === 'closed') closed += 1;
    }),
    { numRuns, seed: 20_241_124 },
  );
  return closed;
};

it('whatever is done in whatever order', () => {
  expect(holds(ceilingMachine, 5_000)).toBeGreaterThan(100);
});
it.each<[string, Ceilings['act']]>([
  [
    'set for a day that has passed',
    (given, state, act, periods) =>
      act.kind === 'setCeiling' && state.stage === 'drafted'
        ? step(
            { ...state, stage: 'set', setAt: act.at },
            { kind: 'set', at: act.at, receipt: null, data: {} },
          )
        : ceilingMachine.act(given, state, act, periods),
  ],
  [
    'withdrawn after it was set',
    (given, state, act, periods) =>
      ceilingMachine.act(
        given,
        act.kind === 'withdrawCeiling' ? { ...state, stage: 'drafted' } : state,
        act,
        periods,
      ),
  ],
])('%s is found (sabotage)', (_name, act) => {
  expect(() => holds({ ...ceilingMachine, act }, 5_000)).toThrow('Property failed');
});

describe('the forecast', () => {
  const one = { product: 'a', fen: 150, expectedQty: '2.5' };
  it('adds up all ceilings at the quantities expected, and warns over the permitted revenue', () => {
    expect(forecastOf([one, { ...one, product: 'b' }], 2024, { fen: 750n, trial: true })).toEqual({
      ...{ year: 2024, fen: 750, permittedRevenueFen: 750, overCap: false, trial: true },
    });
    expect(forecastOf([one, one], 2024, { fen: 749n, trial: false })).toMatchObject({ overCap: true });
  });
  it('without a permitted revenue there is nothing to warn of', () => {
    expect(forecastOf([one], 2024, undefined)).toMatchObject({
      permittedRevenueFen: null,
      overCap: false,
      trial: null,
    });
  });
  it('refuses a sum that could not be written exactly', () => {
    const most = { product: 'a', fen: Number.MAX_SAFE_INTEGER, expectedQty: '2' };
    expect(() => forecastOf([most], 2024, undefined)).toThrow(
      expect.objectContaining({ code: 'amountTooLarge' }),
    );
  });
});
