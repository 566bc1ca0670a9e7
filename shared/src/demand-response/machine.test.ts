// C7: a demand is taken up or not, put to those who hold such data, its result told in time, its promises followed.
import fc from 'fast-check';
import { addDays, businessDateOf } from '../business-date.ts';
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type ProcedureStart,
} from '../procedure/machine.ts';
import { demandResponseMachine } from './machine.ts';
import type { DemandResponseRules } from './rules.ts';
import type { DemandResponseAct, DemandResponseFacts, DemandResponseState } from './types.ts';

type Demands = Machine<DemandResponseRules, DemandResponseFacts, DemandResponseState, DemandResponseAct>;
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const hour = 3_600_000;
const rests = { instrument: '某方案', article: '十一（二）4' };
const start: ProcedureStart<DemandResponseRules, DemandResponseFacts> = {
  ...{ procedure: 'demandResponse', caseNo: '140600-XQ-2024-000001', jurisdiction: 'shuozhou' },
  ...{ jurisdictionTitle: '朔州市', authority: 'city-bureau', packVersion: 'p', startedAt: begunAt },
  ...{ receipt: 'SJ-0', by: { account: 'o', organisation: 'operator', role: 'operator' } },
  rules: {
    coordinatedBy: { value: 'authority', rests },
    mayAsk: { value: ['operator'], rests },
    asked: { value: ['sourceDepartment'], rests: null },
    acceptanceLimit: { value: { workingDays: 5 }, rests: null },
    answerLimit: { value: { workingDays: 10 }, rests: null },
    resultLimit: { value: { workingDays: 20 }, rests: null },
    results: { value: ['supplied', 'partly', 'notHeld', 'refused'], rests: null },
    escalation: { value: 'government', rests: null },
  },
  facts: { need: 'newResource', asker: 'operator', askerRole: 'operator', resource: null, scenario: null },
};

type Move = { act: DemandResponseAct; who: string } | { ends: string };
const play = (machine: Demands, moves: readonly Move[]) => {
  let { state, entries } = machine.begin(start);
  let at = begunAt;
  const refused: string[] = [];
  for (const move of moves) {
    at += hour;
    if (state.outcome !== null) break;
    if ('ends' in move) {
      const period = machine.periods(start, state).find(({ key }) => key === move.ends);
      if (!period) continue;
      const reading = { key: period.key, lastDay: businessDateOf(at), at, provisional: false };
      const next = machine.ended(start, state, reading);
      expect(machine.periods(start, next.state).map(({ key }) => key)).not.toContain(period.key);
      [state, entries] = [next.state, [...entries, ...next.entries]];
    } else {
      const by = { account: 'a', organisation: move.who, role: move.who === 'bureau' ? 'bureau' : 'x' };
      const next = machine.act(
        start,
        state,
        { ...move.act, at, receipt: 'SJ-1', by } as Given<DemandResponseAct>,
        {},
      );
      if (isRefused(next)) refused.push(next.refused);
      else [state, entries] = [next.state, [...entries, ...next.entries]];
    }
  }
  return { state, entries, refused, story: entries.map(({ kind }) => kind) };
};

const day = businessDateOf(begunAt);
const by = (who: string, act: DemandResponseAct): Move => ({ act, who });
const accept = by('bureau', { kind: 'acceptDemand' });
const ask = (body: string) => by('bureau', { kind: 'askSupply', body, role: 'sourceDepartment' });
const can = (body: string, resource: string | null = null) =>
  by(body, { kind: 'answerDemand', answer: 'can', due: addDays(day, 30), resource });
const cannot = (body: string) => by(body, { kind: 'answerDemand', answer: 'cannot', ground: 'lawForbids' });
const conclude = (result: 'supplied' | 'partly' | 'notHeld' | 'refused') =>
  by('bureau', { kind: 'concludeDemand', result });
const listed = by('catalog', { kind: 'entryPublished', resource: 'r-1' });
const name = (body: string) => by(body, { kind: 'nameEntry', resource: 'r-1' });
const drop = by('bureau', { kind: 'dropPromise', body: 'a' });

describe('the way of a demand', () => {
  it.each<[string, Move[], string[], string[], DemandResponseState['outcome']]>([
    [
      'promised, and kept when the entry is published',
      [accept, ask('a'), can('a', 'r-1'), conclude('supplied'), listed],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'concluded', 'satisfied', 'closed'],
      [],
      'supplied',
    ],
    [
      'published before the result is told',
      [accept, ask('a'), can('a', 'r-1'), listed, conclude('supplied')],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'satisfied', 'concluded', 'closed'],
      [],
      'supplied',
    ],
    [
      'cannot, with its ground',
      [accept, ask('a'), cannot('a'), conclude('supplied'), conclude('refused')],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'concluded', 'closed'],
      ['demandResultUnfounded'],
      'refused',
    ],
    [
      'no result while a body has time; a late body is heard until then',
      [accept, ask('a'), conclude('notHeld'), { ends: 'asked/a' }, cannot('a'), conclude('notHeld')],
      ['opened', 'accepted', 'bodyAsked', 'answerOverdue', 'bodyAnswered', 'concluded', 'closed'],
      ['inquiryPending'],
      'notHeld',
    ],
    [
      'each for itself, once',
      [accept, ask('a'), ask('a'), can('b'), cannot('a'), cannot('a')],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered'],
      ['bodyAskedAlready', 'notAskedForAnswer', 'inquiryAnswered'],
      null,
    ],
    [
      'a day that was promised passes; the entry is named and published still',
      [accept, ask('a'), can('a'), conclude('supplied'), { ends: 'promise/a' }, name('a'), listed],
      [
        'opened',
        'accepted',
        'bodyAsked',
        'bodyAnswered',
        'concluded',
        'promiseOverdue',
        'entryNamed',
        'satisfied',
        'closed',
      ],
      [],
      'supplied',
    ],
    [
      'a promise given up',
      [accept, ask('a'), can('a'), conclude('supplied'), drop],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'concluded', 'promiseDropped', 'closed'],
      [],
      'refused',
    ],
    [
      'overdue twice, and done still',
      [{ ends: 'acceptance' }, accept, { ends: 'result' }, conclude('notHeld')],
      ['opened', 'overdue', 'accepted', 'overdue', 'concluded', 'closed'],
      [],
      'notHeld',
    ],
    [
      'not taken up',
      [by('bureau', { kind: 'declineDemand', ground: 'notReasonable' })],
      ['opened', 'declined'],
      [],
      'declined',
    ],
    [
      'who asked does not co-ordinate its own demand',
      [
        by('operator', { kind: 'acceptDemand' }),
        accept,
        by('operator', { kind: 'concludeDemand', result: 'notHeld' }),
      ],
      ['opened', 'accepted'],
      ['notTheDecider', 'notTheDecider'],
      null,
    ],
    [
      'withdrawn by who asked alone',
      [by('a', { kind: 'withdrawDemand' }), by('operator', { kind: 'withdrawDemand' })],
      ['opened', 'withdrawn'],
      ['notAskedForAnswer'],
      'withdrawn',
    ],
    [
      'nothing is promised for a day that has passed',
      [
        ...[accept, ask('a')],
        by('a', {
          kind: 'answerDemand',
          answer: 'can',
          due: addDays(day, -1),
          resource: null,
        }),
      ],
      ['opened', 'accepted', 'bodyAsked'],
      ['supplyDayPassed'],
      null,
    ],
    [
      'the successor keeps the word of the body it took in',
      [
        ...[accept, ask('a'), ask('b'), can('a'), cannot('b'), conclude('partly')],
        ...[by('registry', { kind: 'succeedBody', from: 'a', to: 'b' }), name('a'), name('b'), listed],
      ],
      [
        ...['opened', 'accepted', 'bodyAsked', 'bodyAsked', 'bodyAnswered', 'bodyAnswered', 'concluded'],
        ...['bodyReplaced', 'entryNamed', 'satisfied', 'closed'],
      ],
      ['notAskedForAnswer'],
      'partly',
    ],
  ])('%s', (_name, moves, story, refused, outcome) => {
    const played = play(demandResponseMachine, moves);
    expect(played.story).toEqual(story);
    expect(played.refused).toEqual(refused);
    expect(played.state.outcome).toBe(outcome);
  });
});

const bodies = fc.constantFrom('a', 'b');
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom(accept, listed, drop, conclude('supplied'), conclude('notHeld'), conclude('partly')),
  fc.constantFrom<Move>(
    by('operator', { kind: 'withdrawDemand' }),
    by('registry', { kind: 'succeedBody', from: 'a', to: 'b' }),
  ),
  bodies.map(ask),
  bodies.map((body) => can(body, 'r-1')),
  bodies.map(cannot),
  bodies.map((body) => name(body)),
  fc
    .constantFrom('acceptance', 'result', 'asked/a', 'asked/b', 'promise/a', 'promise/b')
    .map((ends): Move => ({ ends })),
);
const count = (entries: readonly Entry[], kind: string): number =>
  entries.filter((one) => one.kind === kind).length;
const holds = (machine: Demands, numRuns: number): Set<string> => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(move, { maxLength: 16 }), (moves) => {
      const { entries, state, story } = play(machine, [accept, ...moves].slice(moves.length % 2));
      for (const kind of story) seen.add(kind);
      expect(count(entries, 'concluded')).toBeLessThanOrEqual(1);
      if (story.includes('closed')) expect(story.indexOf('concluded')).toBeGreaterThan(0);
      if (state.outcome === 'supplied') expect(story).toContain('satisfied'); // never told what was not done
      for (const [place, { kind, data }] of entries.entries())
        if (kind === 'satisfied')
          expect(
            entries
              .slice(0, place)
              .some(
                (one) =>
                  ['bodyAnswered', 'entryNamed'].includes(one.kind) &&
                  one.data['resource'] === data['resource'],
              ),
          ).toBe(true);
      const told = entries.find(({ kind }) => kind === 'concluded');
      const someCan = entries.some(({ kind, data }) => kind === 'bodyAnswered' && data['answer'] === 'can');
      if (told) expect(['supplied', 'partly'].includes(String(told.data['result']))).toBe(someCan);
    }),
    { numRuns, seed: 20_261_124 },
  );
  return seen;
};

it('whatever is done in whatever order', () => {
  const seen = holds(demandResponseMachine, 4_000);
  for (const kind of [
    'closed',
    'satisfied',
    'promiseOverdue',
    'promiseDropped',
    'answerOverdue',
    'overdue',
    'bodyReplaced',
  ])
    expect(seen).toContain(kind);
});
it.each<[string, Demands['act']]>([
  [
    'supplied is told although nobody can',
    (given, state, act, periods) =>
      demandResponseMachine.act(
        given,
        act.kind === 'concludeDemand'
          ? { ...state, asked: state.asked.map((one) => ({ ...one, answer: 'can' as const })) }
          : state,
        act,
        periods,
      ),
  ],
  [
    'closed without a word being kept',
    (given, state, act, periods) => {
      const next = demandResponseMachine.act(given, state, act, periods);
      return act.kind === 'concludeDemand' && !isRefused(next) && next.state.outcome === null
        ? { ...next, state: { ...next.state, outcome: act.result } }
        : next;
    },
  ],
])('%s is found (sabotage)', (_name, act) => {
  expect(() => holds({ ...demandResponseMachine, act }, 4_000)).toThrow('Property failed');
});
