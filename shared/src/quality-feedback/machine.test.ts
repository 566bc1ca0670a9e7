// C6: the department answers in its own time; a correction is confirmed, disputed once, directed by the authority.
import fc from 'fast-check';
import { addDays, businessDateOf } from '../business-date.ts';
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type ProcedureStart,
} from '../procedure/machine.ts';
import { qualityFeedbackMachine } from './machine.ts';
import type { QualityFeedbackRules } from './rules.ts';
import type { QualityFeedbackAct, QualityFeedbackFacts, QualityFeedbackState } from './types.ts';

type Feedback = Machine<QualityFeedbackRules, QualityFeedbackFacts, QualityFeedbackState, QualityFeedbackAct>;
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const hour = 3_600_000;
const rests = { instrument: '某办法', article: '十一' };
const start: ProcedureStart<QualityFeedbackRules, QualityFeedbackFacts> = {
  ...{ procedure: 'qualityFeedback', caseNo: '640500-ZL-2024-000001', jurisdiction: 'zhongwei' },
  ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', packVersion: 'p', startedAt: begunAt },
  ...{ receipt: 'SJ-0', by: { account: 'm', organisation: 'merchant-1', role: 'merchant' } },
  rules: {
    handled: { value: true, rests },
    answeredBy: { value: 'sourceDepartment', rests },
    mayGive: { value: ['merchant', 'operator'], rests: null },
    answerLimit: { value: { workingDays: 10 }, rests: null },
    extension: { value: { workingDays: 10, times: 1 }, rests: null },
    correctionLimit: { value: { workingDays: 20 }, rests: null },
    confirmationLimit: { value: { workingDays: 5 }, rests: null },
    escalation: { value: 'authority', rests: null },
  },
  facts: {
    ...{ resource: 'r-1', fault: 'wrongValues', givenBy: 'merchant-1', givenRole: 'merchant' },
    ...{ department: 'dept', departmentRole: 'sourceDepartment', sample: null },
  },
};

type Move = { act: QualityFeedbackAct; who: string } | { ends: true };
const play = (machine: Feedback, moves: readonly Move[]) => {
  let { state, entries } = machine.begin(start);
  let at = begunAt;
  const refused: string[] = [];
  for (const move of moves) {
    at += hour;
    if (state.outcome !== null) break;
    if ('ends' in move) {
      const [period] = machine.periods(start, state);
      if (!period) continue;
      const reading = { key: period.key, lastDay: businessDateOf(at), at, provisional: false };
      const next = machine.ended(start, state, reading);
      expect(machine.periods(start, next.state)).toEqual([]);
      [state, entries] = [next.state, [...entries, ...next.entries]];
    } else {
      const role = move.who === 'city-bureau' ? 'bureau' : 'x';
      const by = { account: 'a', organisation: move.who, role };
      const act = { ...move.act, at, receipt: 'SJ-1', by } as Given<QualityFeedbackAct>;
      const next = machine.refuses?.(state, act) ?? machine.act(start, state, act, {});
      if (isRefused(next)) refused.push(next.refused);
      else [state, entries] = [next.state, [...entries, ...next.entries]];
    }
  }
  return { state, entries, refused, story: entries.map(({ kind }) => kind) };
};

const day = businessDateOf(begunAt);
const by = (who: string, act: QualityFeedbackAct): Move => ({ act, who });
const corrected = by('dept', { kind: 'answerFault', answer: 'corrected', on: day });
const later = by('dept', { kind: 'answerFault', answer: 'willCorrect' });
const noFault = by('dept', { kind: 'answerFault', answer: 'notAFault', ground: 'asDescribed' });
const extend = (workingDays: number) => by('dept', { kind: 'extendFeedback', workingDays });
const confirm = by('merchant-1', { kind: 'confirmFeedback' });
const dispute = by('merchant-1', { kind: 'disputeFeedback' });
const correct = by('city-bureau', { kind: 'directFeedback', direction: 'correct', due: addDays(day, 30) });
const dismiss = by('city-bureau', { kind: 'directFeedback', direction: 'dismiss' });
const withdraw = by('merchant-1', { kind: 'withdrawFeedback' });
const ends: Move = { ends: true };

describe('the way of feedback', () => {
  it.each<[string, Move[], string[], string[], QualityFeedbackState['outcome']]>([
    ['corrected and confirmed', [corrected, confirm], ['opened', 'answered', 'closed'], [], 'corrected'],
    ['silence confirms', [noFault, ends], ['opened', 'answered', 'closed'], [], 'notAFault'],
    [
      'promised, corrected in its time',
      [later, later, corrected, ends],
      ['opened', 'answered', 'answered', 'closed'],
      ['correctionPromised'],
      'corrected',
    ],
    [
      'disputed once; directed to correct, and no longer argued',
      [noFault, dispute, correct, noFault, corrected, dispute, confirm],
      ['opened', 'answered', 'disputed', 'directed', 'answered', 'closed'],
      ['directedToCorrect', 'disputedAlready'],
      'corrected',
    ],
    [
      'disputed, and the answer stands',
      [noFault, dispute, dismiss],
      ['opened', 'answered', 'disputed', 'directed', 'closed'],
      [],
      'notAFault',
    ],
    [
      'overdue, escalated, directed',
      [correct, ends, dismiss, correct, corrected],
      ['opened', 'overdue', 'directed', 'answered'],
      ['nothingToDirect', 'feedbackUnanswered'],
      null,
    ],
    [
      'put off once, within the pack’s days, before the limit',
      [extend(11), extend(10), extend(1), ends, extend(1)],
      ['opened', 'extended', 'overdue'],
      ['postponedTooLong', 'extensionUsedUp', 'extensionTooLate'],
      null,
    ],
    [
      'each act by its own body alone',
      [
        by('merchant-2', { kind: 'answerFault', answer: 'willCorrect' }),
        ...[
          corrected,
          by('dept', { kind: 'confirmFeedback' }),
          by('merchant-2', { kind: 'disputeFeedback' }),
        ],
      ],
      ['opened', 'answered'],
      ['notAskedForAnswer', 'notAskedForAnswer', 'notAskedForAnswer'],
      null,
    ],
    [
      'not directed by another office; not corrected on a day to come',
      [
        by('dept', { kind: 'answerFault', answer: 'corrected', on: addDays(day, 1) }),
        ...[noFault, dispute, by('dept', { kind: 'directFeedback', direction: 'dismiss' })],
        by('city-bureau', { kind: 'directFeedback', direction: 'correct', due: day }),
      ],
      ['opened', 'answered', 'disputed'],
      ['dateOutside', 'notTheDecider', 'dueDayPassed'],
      null,
    ],
    [
      'the successor answers in its place',
      [
        by('registry', { kind: 'succeedBody', from: 'dept', to: 'heir' }),
        corrected,
        by('heir', { kind: 'answerFault', answer: 'willCorrect' }),
      ],
      ['opened', 'bodyReplaced', 'answered'],
      ['notAskedForAnswer'],
      null,
    ],
    ['withdrawn', [withdraw], ['opened', 'closed'], [], 'withdrawn'],
    [
      'not withdrawn once it is answered, late or directed',
      [ends, withdraw, correct, withdraw, ends, withdraw, corrected, withdraw],
      ['opened', 'overdue', 'directed', 'overdue', 'answered'],
      ['stepNotReached', 'stepNotReached', 'stepNotReached', 'stepNotReached'],
      null,
    ],
    [
      'not withdrawn once a correction is promised',
      [later, withdraw],
      ['opened', 'answered'],
      ['stepNotReached'],
      null,
    ],
  ])('%s', (_name, moves, story, refused, outcome) => {
    const played = play(qualityFeedbackMachine, moves);
    expect(played.story).toEqual(story);
    expect(played.refused).toEqual(refused);
    expect(played.state.outcome).toBe(outcome);
  });
});

it('offered for withdrawal only while it may be', () => {
  const offered = (...moves: Move[]) =>
    qualityFeedbackMachine
      .waitsFor(start, play(qualityFeedbackMachine, moves).state)
      .some(({ act }) => act === 'withdrawFeedback');
  expect(offered()).toBe(true);
  for (const moves of [[ends], [later], [ends, correct], [noFault]]) expect(offered(...moves)).toBe(false);
});

it('not withdrawn in the moment between the end of its period and its being told', () => {
  const { state } = qualityFeedbackMachine.begin(start);
  const at = begunAt + hour;
  const answer = { key: 'answer', lastDay: day, at, provisional: false };
  const asked = (when: number) =>
    qualityFeedbackMachine.act(
      start,
      state,
      {
        ...{ kind: 'withdrawFeedback', at: when, receipt: 'SJ-1' },
        by: { ...start.by, organisation: 'merchant-1' },
      },
      { answer },
    );
  expect(asked(at)).toMatchObject({ refused: 'stepNotReached' });
  expect(isRefused(asked(at - 1))).toBe(false);
});

it('a case of before that was withdrawn after a promise is played again as it was', () => {
  const before: Feedback = { ...qualityFeedbackMachine, refuses: () => undefined };
  expect(play(before, [later, withdraw]).state.outcome).toBe('withdrawn');
  expect(play(before, [ends, withdraw, correct, withdraw]).refused).toEqual([
    'stepNotReached',
    'stepNotReached',
  ]);
});

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      corrected,
      later,
      noFault,
      extend(5),
      confirm,
      dispute,
      correct,
      dismiss,
      ends,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      withdraw,
      by('merchant-2', { kind: 'confirmFeedback' }),
      by('registry', { kind: 'succeedBody', from: 'dept', to: 'heir' }),
      by('heir', { kind: 'answerFault', answer: 'willCorrect' }),
    ),
  },
);
const count = (entries: readonly Entry[], kind: string): number =>
  entries.filter((one) => one.kind === kind).length;
const holds = (machine: Feedback, numRuns: number): Set<string> => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(move, { maxLength: 14 }), (moves) => {
      const { entries, state, story } = play(machine, moves);
      for (const kind of story) seen.add(kind);
      expect(count(entries, 'disputed')).toBeLessThanOrEqual(1);
      expect(count(entries, 'extended')).toBeLessThanOrEqual(1);
      expect(count(entries, 'closed')).toBe(state.outcome === null ? 0 : 1);
      const closed = entries.find(({ kind }) => kind === 'closed');
      if (closed && closed.data['result'] !== 'withdrawn') {
        const last = entries.findLast(({ kind }) => kind === 'answered');
        expect(last?.data['answer']).toBe(closed.data['result']); // what is closed is what was answered last
      }
      const settled = ['overdue', 'answered', 'directed'];
      if (closed?.data['result'] === 'withdrawn')
        expect(entries.filter(({ kind }) => settled.includes(kind))).toEqual([]); // nobody's lateness goes with it
      for (const [place, { kind }] of entries.entries())
        if (kind === 'directed')
          expect(entries.slice(0, place).some((one) => ['disputed', 'overdue'].includes(one.kind))).toBe(
            true,
          );
    }),
    { numRuns, seed: 20_261_123 },
  );
  return seen;
};

it('whatever is done in whatever order', () => {
  const seen = holds(qualityFeedbackMachine, 4_000);
  for (const kind of ['closed', 'directed', 'overdue', 'disputed', 'extended', 'bodyReplaced'])
    expect(seen).toContain(kind);
});
it.each<[string, Feedback['act']]>([
  [
    'disputed without end',
    (given, state, act, periods) =>
      qualityFeedbackMachine.act(given, { ...state, disputed: false }, act, periods),
  ],
  [
    'confirmed before it was answered',
    (given, state, act, periods) =>
      qualityFeedbackMachine.act(
        given,
        act.kind === 'confirmFeedback' ? { ...state, stage: 'answered' } : state,
        act,
        periods,
      ),
  ],
  [
    'directed although nothing is late',
    (given, state, act, periods) =>
      qualityFeedbackMachine.act(
        given,
        act.kind === 'directFeedback' ? { ...state, overdue: true } : state,
        act,
        periods,
      ),
  ],
  [
    'withdrawn although it is late',
    (given, state, act, periods) =>
      qualityFeedbackMachine.act(
        given,
        act.kind === 'withdrawFeedback' ? { ...state, overdue: false, directedBy: null } : state,
        act,
        periods,
      ),
  ],
])('%s is found (sabotage)', (_name, act) => {
  expect(() => holds({ ...qualityFeedbackMachine, act }, 4_000)).toThrow('Property failed');
});
it('withdrawn although a correction was promised is found (sabotage)', () => {
  const before: Feedback = { ...qualityFeedbackMachine, refuses: () => undefined };
  expect(() => holds(before, 4_000)).toThrow('Property failed');
});
