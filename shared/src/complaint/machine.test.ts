// S4: a complaint is accepted or not, looked into with those concerned, answered with its result, reviewed once by another, closed.
import fc from 'fast-check';
import { businessDateOf } from '../business-date.ts';
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type ProcedureStart,
} from '../procedure/machine.ts';
import { complaintMachine } from './machine.ts';
import type { ComplaintRules } from './rules.ts';
import type { ComplaintAct, ComplaintFacts, ComplaintState } from './types.ts';

type Complaints = Machine<ComplaintRules, ComplaintFacts, ComplaintState, ComplaintAct>;
type Start = ProcedureStart<ComplaintRules, ComplaintFacts>;
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const hour = 3_600_000;
const rests = { instrument: '某办法', article: '十三' };
const startOf = (facts: Partial<ComplaintFacts> = {}): Start => ({
  ...{ procedure: 'complaint', caseNo: '640500-TS-2024-000001', jurisdiction: 'zhongwei' },
  ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', packVersion: 'p', startedAt: begunAt },
  ...{ receipt: 'SJ-0', by: { account: 'complainant', organisation: null, role: 'public' } },
  rules: {
    handledBy: { value: { by: 'authority' }, rests },
    mayComplain: { value: ['public', 'merchant'], rests },
    anonymous: { value: { allowed: true, told: 'answer' }, rests: null },
    acceptanceLimit: { value: { workingDays: 5 }, rests: null },
    refusalGrounds: { value: ['outsideRemit', 'noFacts'], rests: null },
    correctionLimit: { value: { workingDays: 5 }, rests: null },
    answerLimit: { value: { workingDays: 30 }, rests: null },
    extension: { value: { times: 1, workingDays: 15 }, rests: null },
    departmentLimit: { value: { workingDays: 10 }, rests: null },
    reviewedBy: { value: 'authority', rests: null },
    reviewRequestLimit: { value: { workingDays: 15 }, rests: null },
    reviewLimit: { value: { workingDays: 30 }, rests: null },
  },
  facts: {
    ...{ about: 'refusal', from: 'public', identity: 'anonymous', ownWords: false, linked: false },
    ...{ attachments: 0, ...facts },
  },
});

type Move = { act: ComplaintAct; who?: string; role?: string } | { ends: string };
const play = (machine: Complaints, moves: readonly Move[], start: Start = startOf()) => {
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
      const by = { account: move.who ?? 'clerk-1', organisation: 'city-bureau', role: move.role ?? 'bureau' };
      const next = machine.act(
        start,
        state,
        { ...move.act, at, receipt: 'SJ-1', by } as Given<ComplaintAct>,
        {},
      );
      if (isRefused(next)) refused.push(next.refused);
      else [state, entries] = [next.state, [...entries, ...next.entries]];
    }
  }
  return { start, state, entries, refused, story: entries.map(({ kind }) => kind) };
};

const facts: Move = { act: { kind: 'requestFacts' } };
const accept: Move = { act: { kind: 'acceptComplaint' } };
const ask = (body: string, ownWords = false): Move => ({
  act: { kind: 'askBody', body, role: 'sourceDepartment', ownWords },
});
const told = (body: string): Move => ({ act: { kind: 'answerInquiry', body, finding: 'confirmed' } });
const answer: Move = { act: { kind: 'answerComplaint', result: 'founded', measures: ['rectification'] } };
const unfounded: Move = { act: { kind: 'answerComplaint', result: 'unfounded', measures: ['explained'] } };
const again: Move = { act: { kind: 'requestReview' }, who: 'complainant', role: 'public' };
const decided = (
  decision: 'upheld' | 'changed',
  result: ComplaintState['result'],
  who: string,
  role = 'bureau',
): Move => ({ act: { kind: 'decideReview', decision, result: result as never }, who, role });
const withdraw: Move = { act: { kind: 'withdrawComplaint' }, who: 'complainant', role: 'public' };

describe('the way of a complaint', () => {
  it.each<[string, Move[], string[], string[]]>([
    [
      'looked into, answered, closed when nobody asks for a review',
      [accept, ask('dept'), told('dept'), answer, { ends: 'reviewRequest' }],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'answered', 'closed'],
      [],
    ],
    [
      'not accepted, reviewed and accepted after all as founded',
      [
        { act: { kind: 'declineComplaint', ground: 'outsideRemit' } },
        again,
        decided('changed', 'founded', 'clerk-2'),
      ],
      ['opened', 'notAccepted', 'reviewRequested', 'reviewDecided', 'closed'],
      [],
    ],
    [
      'no answer while a body that was asked has time; afterwards without it',
      [accept, ask('dept'), answer, { ends: 'inquiry/dept' }, answer],
      ['opened', 'accepted', 'bodyAsked', 'inquiryOverdue', 'answered'],
      ['inquiryPending'],
    ],
    ['no answer before it is accepted', [answer], ['opened'], ['stepNotReached']],
    [
      'founded, and nothing follows',
      [accept, { act: { kind: 'answerComplaint', result: 'founded', measures: ['none'] } }],
      ['opened', 'accepted'],
      ['complaintMeasuresMissing'],
    ],
    [
      'a body that was not asked, or has answered, is not heard',
      [accept, told('dept'), ask('dept'), ask('dept'), told('dept'), told('dept')],
      ['opened', 'accepted', 'bodyAsked', 'bodyAnswered'],
      ['notAskedForAnswer', 'bodyAskedAlready', 'inquiryAnswered'],
    ],
    [
      'own words only where the complainant allows it',
      [accept, ask('dept', true)],
      ['opened', 'accepted'],
      ['ownWordsNotAllowed'],
    ],
    [
      'put off once, within the pack’s days, before the limit',
      [
        accept,
        { act: { kind: 'extendAnswer', workingDays: 16 } },
        { act: { kind: 'extendAnswer', workingDays: 15 } },
        { act: { kind: 'extendAnswer', workingDays: 1 } },
        { ends: 'answer' },
        { act: { kind: 'extendAnswer', workingDays: 1 } },
      ],
      ['opened', 'accepted', 'extended', 'overdue'],
      ['postponedTooLong', 'extensionUsedUp', 'extensionTooLate'],
    ],
    [
      'silence accepts it; overdue, it is answered still',
      [{ ends: 'acceptance' }, accept, { ends: 'answer' }, unfounded],
      ['opened', 'deemedAccepted', 'overdue', 'answered'],
      ['stepNotReached'],
    ],
    [
      'what is lacking is asked back once; nothing came, and it goes on',
      [facts, { act: { kind: 'supplyFacts', attachments: 0 } }, facts, { ends: 'acceptance' }],
      ['opened', 'factsRequested', 'factsSupplied', 'deemedAccepted'],
      ['factsAskedAlready'],
    ],
    [
      'asked back in vain',
      [facts, { ends: 'correction' }, { act: { kind: 'declineComplaint', ground: 'noFacts' } }],
      ['opened', 'factsRequested', 'factsNotSupplied', 'notAccepted'],
      [],
    ],
    [
      'not refused on a ground that the pack does not know',
      [{ act: { kind: 'declineComplaint', ground: 'repeated' } }],
      ['opened'],
      ['groundNotInPack'],
    ],
    [
      'a review is not decided by who answered, nor by another role, nor without a result that differs',
      [
        ...[accept, unfounded, again, decided('upheld', null, 'clerk-1')],
        ...[decided('upheld', null, 'clerk-2', 'government'), decided('changed', 'unfounded', 'clerk-2')],
        decided('changed', null, 'clerk-2'),
        decided('upheld', null, 'clerk-2'),
      ],
      ['opened', 'accepted', 'answered', 'reviewRequested', 'reviewDecided', 'closed'],
      ['reviewBySamePerson', 'notTheDecider', 'reviewResultUnclear', 'reviewResultUnclear'],
    ],
    ['withdrawn', [accept, withdraw], ['opened', 'accepted', 'withdrawn'], []],
    [
      'not withdrawn once answered',
      [accept, unfounded, withdraw],
      ['opened', 'accepted', 'answered'],
      ['stepNotReached'],
    ],
    [
      'a department that went into another: the successor answers, once for both',
      [
        ...[
          accept,
          ask('dept'),
          ask('heir'),
          { act: { kind: 'succeedBody', from: 'dept', to: 'heir' } } as Move,
        ],
        ...[told('dept'), told('heir'), unfounded],
      ],
      ['opened', 'accepted', 'bodyAsked', 'bodyAsked', 'bodyReplaced', 'bodyAnswered', 'answered'],
      ['notAskedForAnswer'],
    ],
  ])('%s', (_name, moves, story, refused) => {
    const played = play(complaintMachine, moves);
    expect(played.story).toEqual(story);
    expect(played.refused).toEqual(refused);
  });

  it('an extension lengthens the limit that runs', () => {
    const { start, state } = play(complaintMachine, [
      accept,
      { act: { kind: 'extendAnswer', workingDays: 15 } },
    ]);
    expect(complaintMachine.periods(start, state)).toMatchObject([
      { key: 'answer', limit: { workingDays: 45 } },
    ]);
  });

  it('waits for those who owe something: the bureau, and each body in its own time', () => {
    const { start, state } = play(complaintMachine, [
      accept,
      ask('dept'),
      ask('heir'),
      { ends: 'inquiry/dept' },
    ]);
    expect(complaintMachine.waitsFor(start, state).filter(({ optional }) => !optional)).toEqual([
      { act: 'answerComplaint', role: 'bureau', period: 'answer' },
      { act: 'answerInquiry', role: 'sourceDepartment', body: 'dept', overdue: true },
      { act: 'answerInquiry', role: 'sourceDepartment', body: 'heir', period: 'inquiry/heir' },
    ]);
  });
});

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom<Move>(accept, facts, answer, unfounded, again, withdraw),
  fc.constantFrom<Move>(
    { act: { kind: 'declineComplaint', ground: 'noFacts' } },
    { act: { kind: 'extendAnswer', workingDays: 10 } },
    { act: { kind: 'supplyFacts', attachments: 1 } },
    { act: { kind: 'succeedBody', from: 'a', to: 'b' } },
  ),
  fc.tuple(fc.constantFrom('a', 'b'), fc.boolean()).map(([body, own]) => ask(body, own)),
  fc.constantFrom('a', 'b').map(told),
  fc
    .tuple(fc.constantFrom<'upheld' | 'changed'>('upheld', 'changed'), fc.constantFrom('clerk-1', 'clerk-2'))
    .map(([decision, who]) => decided(decision, decision === 'changed' ? 'partlyFounded' : null, who)),
  fc
    .constantFrom('acceptance', 'answer', 'inquiry/a', 'inquiry/b', 'reviewRequest', 'review')
    .map((ends) => ({ ends })),
);

const count = (entries: readonly Entry[], kind: string): number =>
  entries.filter((one) => one.kind === kind).length;
/** Bodies whose time ran when the answer was given, as the story tells it. */
const unheardInTime = (entries: readonly Entry[]): string[] => {
  const [asked, pending] = [new Set<string>(), new Set<string>()];
  for (const { kind, data } of entries) {
    const body = String(data['body']);
    if (kind === 'answered') break;
    if (kind === 'bodyAnswered' || kind === 'inquiryOverdue') pending.delete(body);
    const fresh = kind === 'bodyAsked' ? body : kind === 'bodyReplaced' ? String(data['by']) : null;
    if (fresh === null) continue;
    if (kind === 'bodyReplaced' && !pending.delete(body)) continue;
    if (!asked.has(fresh)) pending.add(fresh);
    asked.add(fresh);
  }
  return entries.some(({ kind }) => kind === 'answered') ? [...pending] : [];
};
const mustHold = ({ start, entries, story }: ReturnType<typeof play>): void => {
  if (story.includes('answered'))
    expect(story.includes('accepted') || story.includes('deemedAccepted')).toBe(true);
  expect(count(entries, 'factsRequested')).toBeLessThanOrEqual(1);
  expect(count(entries, 'answered') + count(entries, 'notAccepted')).toBeLessThanOrEqual(1);
  expect(count(entries, 'reviewDecided')).toBeLessThanOrEqual(1);
  expect(count(entries, 'extended')).toBeLessThanOrEqual(start.rules.extension.value.times);
  expect(count(entries, 'closed') + count(entries, 'withdrawn')).toBeLessThanOrEqual(1);
  for (const { kind, data } of entries)
    if (kind === 'bodyAsked' && data['ownWords']) expect(start.facts.ownWords).toBe(true);
  expect(unheardInTime(entries)).toEqual([]);
  if (story.includes('withdrawn')) expect(story).not.toContain('answered');
};
const holds = (machine: Complaints, numRuns: number): Set<string> => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(move, { maxLength: 16 }), fc.boolean(), (moves, ownWords) => {
      const played = play(machine, [accept, ...moves].slice(moves.length % 2), startOf({ ownWords }));
      mustHold(played);
      for (const kind of played.story) seen.add(kind);
    }),
    { numRuns, seed: 20_261_122 },
  );
  return seen;
};

describe('answered without a department', () => {
  const start: Start = {
    ...startOf(),
    rules: {
      ...startOf().rules,
      noDepartmentGrounds: { value: ['noDepartmentConcerned'], rests: null },
    },
  };
  const grounded = (noDepartment: 'noDepartmentConcerned' | 'authorityAlone'): Move => ({
    act: { kind: 'answerComplaint', result: 'founded', measures: ['corrected'], noDepartment },
  });
  const operator: Move[] = [
    { act: { kind: 'askBody', body: 'operator', role: 'operator', ownWords: false } },
    told('operator'),
  ];
  it.each<[string, Move[], string[], boolean]>([
    ['none was asked', [answer], ['departmentNotAsked'], false],
    ['the operator alone was asked', [...operator, answer], ['departmentNotAsked'], false],
    ['on a ground that the pack has not', [grounded('authorityAlone')], ['noDepartmentGround'], false],
    ['on a ground of the pack', [grounded('noDepartmentConcerned')], [], true],
    ['the operator alone, on a ground', [...operator, grounded('noDepartmentConcerned')], [], true],
    [
      'a ground, though a department was asked',
      [ask('dept'), told('dept'), grounded('noDepartmentConcerned')],
      ['departmentAsked'],
      false,
    ],
    ['a department was heard', [ask('dept'), told('dept'), answer], [], true],
    ['a department let its time pass', [ask('dept'), { ends: 'inquiry/dept' }, answer], [], true],
  ])('%s', (_name, moves, refused, answered) => {
    const played = play(complaintMachine, [accept, ...moves], start);
    expect([played.refused, played.state.stage === 'answered']).toEqual([refused, answered]);
  });
  it('the ground stands in the answer, and nowhere else', () => {
    const of = (moves: Move[]) =>
      play(complaintMachine, [accept, ...moves], start).entries.at(-1)?.data['noDepartment'];
    expect(of([grounded('noDepartmentConcerned')])).toBe('noDepartmentConcerned');
    expect(of([ask('dept'), told('dept'), answer])).toBeUndefined();
  });
  it('sabotage: without its rule, as in a case of before it, none is asked and it is answered', () => {
    expect(play(complaintMachine, [accept, answer])).toMatchObject({ refused: [] });
  });
});

it('whatever is done in whatever order', () => {
  const seen = holds(complaintMachine, 4_000);
  for (const kind of ['closed', 'withdrawn', 'reviewDecided', 'inquiryOverdue', 'overdue', 'bodyReplaced'])
    expect(seen).toContain(kind);
});

it.each<[string, Partial<Complaints>]>([
  [
    'answered although a body has time',
    {
      act: (start, state, act, periods) =>
        complaintMachine.act(
          start,
          act.kind === 'answerComplaint' && state.stage === 'investigating'
            ? { ...state, inquiries: state.inquiries.map((one) => ({ ...one, overdue: true })) }
            : state,
          act,
          periods,
        ),
    },
  ],
  [
    'own words passed on without leave',
    {
      act: (start, state, act, periods) =>
        complaintMachine.act({ ...start, facts: { ...start.facts, ownWords: true } }, state, act, periods),
    },
  ],
  [
    'put off again and again',
    {
      act: (start, state, act, periods) => {
        const next = complaintMachine.act(start, { ...state, extensions: [] }, act, periods);
        return isRefused(next) ? next : { ...next, state: { ...next.state, extensions: [] } };
      },
    },
  ],
  [
    'withdrawn after the answer',
    {
      act: (start, state, act, periods) =>
        complaintMachine.act(
          start,
          act.kind === 'withdrawComplaint' ? { ...state, stage: 'investigating' } : state,
          act,
          periods,
        ),
    },
  ],
  [
    'reviewed twice',
    {
      act: (start, state, act, periods) => {
        const next = complaintMachine.act(start, state, act, periods);
        return act.kind === 'decideReview' && !isRefused(next)
          ? {
              entries: next.entries,
              state: { ...next.state, stage: 'answered', outcome: null, reviewed: null },
            }
          : next;
      },
    },
  ],
])('%s is found (sabotage)', (_name, change) => {
  expect(() => holds({ ...complaintMachine, ...change }, 4_000)).toThrow('Property failed');
});
