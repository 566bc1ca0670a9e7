// X1: a sanction goes from step to step whatever comes, and twins that show that each guard is needed.
import fc from 'fast-check';
import { businessDateOf, endOfDay, toInstantText } from '../business-date.ts';
import { eventTypes, isEventType } from '../events.ts';
import {
  type Entry,
  isRefused,
  type Machine,
  type Periods,
  type PeriodReading,
} from '../procedure/machine.ts';
import { standing } from './decision.ts';
import { sanctionMachine } from './machine.ts';
import { type FrozenSanctionRules, groundFor, measuresOf } from './rules.ts';
import type { Decided, SanctionAct, SanctionFacts, SanctionStart, SanctionState } from './types.ts';

const hash = (n: number) => `sha256:${String(n).repeat(64)}`;
const base = Date.parse('2026-03-02T10:00:00+08:00');
const day = 86_400_000;
const rests = { instrument: '某办法', article: '十（七）' };
const rules: FrozenSanctionRules = {
  kinds: { value: ['suspension', 'termination', 'creditRecord'], rests },
  withoutText: { value: ['formalTalk'], rests: null },
  grounds: { value: ['weakSecurity'], rests },
  against: { value: ['operator', 'merchant'], rests },
  decidedBy: { value: 'authority', rests },
  handOverTo: { value: 'competentAuthority', rests },
  reply: { value: { workingDays: 5 }, rests: null },
  decisionLimit: { value: { workingDays: 20 }, rests: null },
  suspensionLongest: { value: { months: 6 }, rests: null },
  liftedBy: { value: 'authority', rests: null },
  creditRecordPeriod: { value: { months: 36 }, rests: null },
  reviewRequest: { value: { workingDays: 5 }, rests: null },
  reviewLimit: { value: { workingDays: 10 }, rests },
  reviewedByAnother: { value: 'anotherThanDecided', rests: null },
};
const begun: SanctionStart = {
  ...{
    procedure: 'sanction',
    caseNo: 'CJ-1',
    jurisdiction: 'x',
    jurisdictionTitle: 'X',
    authority: 'bureau',
  },
  ...{ packVersion: 'v', rules, startedAt: base, receipt: 'SJ-0' },
  facts: { target: 'merchant-1', targetRole: 'merchant', grounds: [{ code: 'weakSecurity', caseNo: null }] },
  by: { account: 'a', organisation: 'bureau', role: 'bureau' },
};

type Ours = Machine<FrozenSanctionRules, SanctionFacts, SanctionState, SanctionAct>;
/** An act, days after the one before, or days alone. */
/** `account`: another person reviews unless it is told who. */
type Move = { act?: SanctionAct; by?: string; after?: number; account?: string };

/** Every day is a working day here: what working days are is told elsewhere. */
const readings = (machine: Ours, state: SanctionState, start: SanctionStart): PeriodReading[] =>
  machine.periods(start, state).map(({ key, from, limit }) => {
    const lastDay =
      'on' in limit
        ? limit.on
        : businessDateOf(from + day * ('workingDays' in limit ? limit.workingDays : Number.NaN));
    return { key, lastDay, at: endOfDay(lastDay), provisional: false };
  });

/** Plays moves, each period ending at its instant; refusals are told and change nothing. `deaf`: no end is ever told. */
const play = (list: readonly Move[], machine: Ours = sanctionMachine, deaf = false, start = begun) => {
  let { state, entries } = machine.begin(start);
  const refused: string[] = [];
  const done: [SanctionAct['kind'], string][] = [];
  let now = base;
  const passTo = (until: number): void => {
    for (let guard = 0; guard < 50 && !deaf && state.outcome === null; guard += 1) {
      const [next] = readings(machine, state, start)
        .filter(({ at }) => at !== null && at <= until)
        .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
      if (!next) return;
      const ended = machine.ended(start, state, { ...next, at: next.at ?? 0 });
      state = ended.state;
      entries = [...entries, ...ended.entries];
    }
  };
  list.forEach(({ act, by: organisation, after = 0, account }, n) => {
    now += after * day + 60_000;
    passTo(now);
    if (state.outcome !== null || !act) return;
    const mine = ['replyToSanction', 'requestSanctionReview'].includes(act.kind);
    const role = organisation ?? (mine ? 'merchant-1' : 'bureau');
    const by = {
      account: account ?? (act.kind === 'decideSanctionReview' ? 'b' : 'a'),
      ...{ organisation: role, role: role === 'merchant-1' ? 'merchant' : role },
    };
    const periods: Periods = Object.fromEntries(readings(machine, state, start).map((one) => [one.key, one]));
    const next = machine.act(start, state, { ...act, at: now, receipt: `SJ-${n + 1}`, by }, periods);
    if (isRefused(next)) refused.push(next.refused);
    else {
      done.push([act.kind, by.account]);
      state = next.state;
      entries = [...entries, ...next.entries];
    }
  });
  return { state, refused, entries, done, kinds: entries.map(({ kind }) => kind) };
};

/** Every entry is held to the schema of its event. */
const mustBeEvents = (entries: readonly Entry[]): void => {
  for (const { kind, at, data } of entries) {
    const type = `sanction.${kind}.v1`;
    if (!isEventType(type)) throw new Error(`no event ${type}`);
    const told = { caseNo: 'CJ-1', packVersion: 'v', at: toInstantText(at), ...data };
    expect([kind, eventTypes[type].schema.strict().safeParse(told).error]).toEqual([kind, undefined]);
  }
};

const reasons = { reasonCodes: ['weakSecurity'], document: hash(1) };
const reply: Move = { act: { kind: 'replyToSanction', document: hash(2), final: false } };
const waived: Move = { act: { kind: 'replyToSanction', document: null, final: true } };
const heard: Move = { act: { kind: 'recordHearing', on: businessDateOf(base), document: hash(3) } };
const one = (measure: string, months: number | null = null) => ({ measure, months }) as Decided;
const decide = (...measures: Decided[]): Move => ({ act: { kind: 'decideSanction', measures, ...reasons } });
const drop: Move = { act: { kind: 'dropSanction', ...reasons } };
const lift: Move = { act: { kind: 'liftSanction', ...reasons } };
const ended: Move = { act: { kind: 'recordTermination', document: hash(4) } };
const ask: Move = { act: { kind: 'requestSanctionReview', document: null } };
const review = (outcome: 'uphold' | 'lift'): Move => ({
  act: { kind: 'decideSanctionReview', outcome, ...reasons },
});
const wait = (after: number): Move => ({ after });

it.each([
  [
    'replied, heard, suspended for a month, lifted at its end',
    [reply, heard, wait(6), decide(one('suspension', 1)), wait(40)],
    'opened replied heard replyClosed decided applied lifted closed',
  ],
  [
    'waived, an end of the mandate beside an entry on record, each ended by its own',
    [waived, decide(one('termination'), one('creditRecord')), ended, wait(36 * 31)],
    'opened replied decided applied terminationRecorded lifted measureEnded closed',
  ],
  [
    'a decision late, lifted by the review',
    [wait(60), decide(one('suspension', 6)), ask, review('lift')],
    'opened replyClosed overdue decided applied reviewRequested reviewDecided lifted closed',
  ],
  [
    'a term that ends while a review waits, late: closed by the review, lifted once',
    [waived, decide(one('suspension', 1)), ask, wait(40), review('lift')],
    'opened replied decided applied reviewRequested overdue lifted reviewDecided closed',
  ],
  [
    'upheld by the review, lifted at its end',
    [waived, decide(one('suspension', 1)), ask, review('uphold'), wait(40)],
    'opened replied decided applied reviewRequested reviewDecided lifted closed',
  ],
  [
    'a talk alone: nobody asked for a review, and its days passed',
    [waived, decide(one('formalTalk')), wait(6)],
    'opened replied decided closed',
  ],
  [
    'a talk alone withdrawn by the review: nothing of it ends',
    [waived, decide(one('formalTalk')), ask, review('lift')],
    'opened replied decided reviewRequested reviewDecided closed',
  ],
  [
    'a talk beside a suspension: the talk may be reviewed when the suspension was lifted',
    [waived, decide(one('formalTalk'), one('suspension', 1)), lift, ask, review('uphold')],
    'opened replied decided applied liftDecided lifted reviewRequested reviewDecided closed',
  ],
  [
    'lifted by decision',
    [waived, decide(one('suspension', 1)), lift],
    'opened replied decided applied liftDecided lifted closed',
  ],
  ['dropped before anybody replied', [drop], 'opened dropped'],
] as const)('%s', (_name, moves, story) => {
  const { state, refused, kinds, entries } = play(moves);
  mustBeEvents(entries);
  expect({ refused, kinds }).toEqual({ refused: [], kinds: story.split(' ') });
  expect(sanctionMachine.waitsFor(begun, state)).toEqual([]);
  expect(sanctionMachine.periods(begun, state)).toEqual([]);
});

// 中卫 27: no day ends it; supply comes back once what was found is put right.
it('a suspension under a pack that knows no longest one has no term and stands until it is lifted', () => {
  const endless: FrozenSanctionRules = { ...rules, suspensionLongest: { value: 'none', rests } };
  const start = { ...begun, rules: endless };
  const stood = play([waived, decide(one('suspension'))], sanctionMachine, false, start);
  expect(stood.refused).toEqual([]);
  expect(stood.state.measures).toMatchObject([{ measure: 'suspension', lastDay: null, ended: false }]);
  expect(sanctionMachine.periods(start, stood.state).map(({ key }) => key)).toEqual(['reviewRequest']);
  const named = play([waived, decide(one('suspension', 1))], sanctionMachine, false, start);
  expect(named.refused).toEqual(['suspensionWithoutTerm']);
});

it.each([
  ['a decision while the reply runs', [decide(one('formalTalk'))], 'stepNotReached'],
  ['a decision by another body', [waived, { ...decide(one('formalTalk')), by: 'finance' }], 'notTheDecider'],
  ['a reply by another body', [{ ...reply, by: 'merchant-2' }], 'notFound'],
  ['a measure twice', [waived, decide(one('formalTalk'), one('formalTalk'))], 'measureTwice'],
  ['a measure beyond the text', [waived, decide(one('handOver'))], 'measureNotInPack'],
  ['a suspension without a term', [waived, decide(one('suspension'))], 'suspensionTermMissing'],
  ['a suspension too long', [waived, decide(one('suspension', 7))], 'suspensionTooLong'],
  ['a second decision', [waived, decide(one('suspension', 1)), decide(one('formalTalk'))], 'stepNotReached'],
  [
    'an end of a mandate that nobody decided',
    [waived, decide(one('suspension', 1)), ended],
    'measureNotStanding',
  ],
  ['a review nobody asked for', [waived, decide(one('suspension', 1)), review('lift')], 'reviewNotAsked'],
  ['a review asked for twice', [waived, decide(one('suspension', 1)), ask, ask], 'reviewAskedBefore'],
  [
    'a second review after one that upheld',
    [waived, decide(one('suspension', 1)), ask, review('uphold'), ask],
    'reviewDecidedBefore',
  ],
  [
    'a review asked for after its days',
    [waived, decide(one('suspension', 1)), wait(6), ask],
    'reviewDaysPassed',
  ],
  [
    'a review by the account that decided',
    [waived, decide(one('formalTalk')), ask, { ...review('uphold'), account: 'a' }],
    'sanctionReviewByDecider',
  ],
  ['a lifting where nothing stands', [waived, decide(one('formalTalk')), lift], 'measureNotStanding'],
  ['a reply after the decision began', [waived, reply], 'stepNotReached'],
] as const)('%s is refused', (_name, moves, code) => {
  expect(play(moves).refused).toEqual([code]);
});

it('a reply after the last instant of its period is late, though nobody told the end yet', () => {
  expect(play([wait(5), reply], sanctionMachine, true).refused).toEqual([]);
  expect(play([wait(6), reply], sanctionMachine, true).refused).toEqual(['stepNotReached']);
});

it('a request after the last instant of its days is late, though nobody told the end yet', () => {
  const decided = [waived, decide(one('suspension', 1))];
  expect(play([...decided, wait(5), ask], sanctionMachine, true).refused).toEqual([]);
  expect(play([...decided, wait(6), ask], sanctionMachine, true).refused).toEqual(['reviewDaysPassed']);
});

it('the right to ask and the duty to answer have their days; past the latter it is told, and nothing is lifted', () => {
  const { state } = play([waived, decide(one('formalTalk'))]);
  expect(sanctionMachine.waitsFor(begun, state)).toEqual([
    {
      ...{ act: 'requestSanctionReview', role: 'merchant', body: 'merchant-1', optional: true },
      ...{ period: 'reviewRequest', right: true },
    },
  ]);
  const asked = play([waived, decide(one('suspension', 1)), ask]).state;
  expect(sanctionMachine.waitsFor(begun, asked)[0]).toEqual({
    ...{ act: 'decideSanctionReview', role: 'bureau', period: 'review' },
  });
  const late = play([waived, decide(one('suspension', 1)), ask, wait(11)]);
  expect(late.entries.at(-1)).toMatchObject({ kind: 'overdue', data: { step: 'review' }, rests });
  expect(sanctionMachine.waitsFor(begun, late.state)[0]).toMatchObject({ overdue: true });
});

describe('a case opened before the packs had days for a review', () => {
  const { reviewRequest: _q, reviewLimit: _l, reviewedByAnother: _a, ...older } = rules;
  const start = { ...begun, rules: older };
  it.each([
    [
      'may be reviewed again while a measure stands, without a limit',
      [waived, decide(one('suspension', 6)), wait(20), ask, review('uphold'), ask, review('lift')],
      'opened replied decided applied reviewRequested reviewDecided reviewRequested reviewDecided lifted closed',
    ],
    ['closes at once on a talk alone', [waived, decide(one('formalTalk'))], 'opened replied decided closed'],
    [
      'is reviewed by whoever may lift, who decided too',
      [waived, decide(one('suspension', 6)), ask, { ...review('lift'), account: 'a' }],
      'opened replied decided applied reviewRequested reviewDecided lifted closed',
    ],
  ] as const)('%s', (_name, list, story) => {
    const { refused, kinds, state } = play(list, sanctionMachine, false, start);
    expect({ refused, kinds }).toEqual({ refused: [], kinds: story.split(' ') });
    expect(state).not.toHaveProperty('decidedBy');
  });
});

describe('a text that takes a measure on one ground alone', () => {
  const on = (...codes: ('weakSecurity' | 'lawBroken')[]): SanctionStart => ({
    ...begun,
    rules: {
      ...rules,
      measureGrounds: { value: [{ measure: 'suspension', grounds: ['weakSecurity'] }], rests },
    },
    facts: { ...begun.facts, grounds: codes.map((code) => ({ code, caseNo: null })) },
  });
  const suspended = [waived, decide(one('suspension', 1))];

  it('takes it on that ground, which the order names, and any other measure on any ground', () => {
    const both = play(suspended, sanctionMachine, false, on('lawBroken', 'weakSecurity'));
    expect(both.entries.find(({ kind }) => kind === 'applied')?.data).toMatchObject({
      ground: 'weakSecurity',
    });
    const other = play([waived, decide(one('termination'))], sanctionMachine, false, on('lawBroken'));
    expect([other.refused, groundFor(on('lawBroken'), 'termination')]).toEqual([[], 'lawBroken']);
  });

  const refusedOn = (start: SanctionStart) => play(suspended, sanctionMachine, false, start).refused;
  it('refuses it on another, and nothing is decided', () => {
    expect(refusedOn(on('lawBroken'))).toEqual(['measureNotOnGround']);
  });

  it('sabotage: without the pair, as in a case of before, it is taken on any ground', () => {
    const { measureGrounds: _pairs, ...older } = on('lawBroken').rules;
    expect(refusedOn({ ...on('lawBroken'), rules: older })).toEqual([]);
  });
});

const anyMeasure = fc.constantFrom(
  ...[
    one('suspension', 1),
    one('suspension', 6),
    one('suspension', 12),
    one('suspension'),
    one('termination'),
  ],
  ...[one('creditRecord'), one('formalTalk'), one('handOver')],
);
const anyMove: fc.Arbitrary<Move> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<Move>(
        reply,
        waived,
        heard,
        drop,
        lift,
        ended,
        ask,
        review('uphold'),
        review('lift'),
        {},
      ),
      fc.array(anyMeasure, { minLength: 1, maxLength: 3 }).map((measures) => decide(...measures)),
      fc.constant(decide(one('suspension', 1))),
    ),
    fc.constantFrom(0, 0, 0, 1, 3, 30, 200),
    fc.constantFrom(undefined, undefined, undefined, 'merchant-2', 'finance'),
    fc.constantFrom(undefined, undefined, 'a', 'b'),
  )
  .map(([move, after, by, account]) => ({
    ...{ ...move, after },
    ...(by !== undefined && { by }),
    ...(account !== undefined && { account }),
  }));
const moves = fc.array(anyMove, { maxLength: 40 });

const nobodyUnheard = (machine: Ours) =>
  fc.property(moves, (list) => {
    const { entries } = play(list, machine);
    const at = entries.findIndex(({ kind }) => kind === 'decided');
    if (at < 0) return;
    const before = entries.slice(0, at);
    const over = before.some(
      ({ kind, data }) => kind === 'replyClosed' || (kind === 'replied' && data['final'] === true),
    );
    expect(over).toBe(true);
  });
const decidedOnce = (machine: Ours) =>
  fc.property(moves, (list) => {
    const { kinds, entries } = play(list, machine);
    expect(kinds.filter((kind) => kind === 'decided' || kind === 'dropped').length).toBeLessThan(2);
    const measures = entries.find(({ kind }) => kind === 'decided')?.data['measures'] as string[] | undefined;
    const allowed = measuresOf(rules);
    expect((measures ?? []).filter((name) => !allowed.includes(name))).toEqual([]);
    for (const { at, data } of entries.filter(({ kind }) => kind === 'applied')) {
      const { lastDay } = data as { lastDay: string | null };
      if (lastDay !== null) expect(Date.parse(lastDay) - at).toBeLessThan(185 * day);
    }
  });
const liftedOnce = (machine: Ours) =>
  fc.property(moves, (list) => {
    const { state, entries } = play(list, machine);
    const orders = (kind: string) =>
      entries.filter((entry) => entry.kind === kind).map(({ data }) => String(data['order']));
    const lifted = orders('lifted');
    expect(lifted).toEqual([...new Set(lifted)]);
    expect(lifted.filter((order) => !orders('applied').includes(order))).toEqual([]);
    if (state.outcome === null) return;
    const left = entries.filter(
      ({ kind, data }) =>
        kind === 'applied' && data['measure'] === 'suspension' && !lifted.includes(String(data['order'])),
    );
    expect(left).toEqual([]);
  });
const closedWhole = (machine: Ours) =>
  fc.property(moves, (list) => {
    const { state, kinds } = play(list, machine);
    if (state.outcome !== 'closed') return;
    expect(standing(state)).toEqual([]);
    const count = (kind: string) => kinds.filter((told) => told === kind).length;
    expect(count('reviewDecided')).toBe(count('reviewRequested'));
    expect([count('closed'), kinds.at(-1)]).toEqual([1, 'closed']);
  });

const anotherReviews = (machine: Ours) =>
  fc.property(moves, (list) => {
    const { done } = play(list, machine);
    const of = (kind: string) => done.filter(([act]) => act === kind).map(([, account]) => account);
    expect(of('decideSanctionReview').filter((one) => of('decideSanction').includes(one))).toEqual([]);
  });

const properties = {
  'nobody decides the review of what they decided themselves': anotherReviews,
  'nobody is decided on before the reply has passed or was waived': nobodyUnheard,
  'it is decided or dropped once, by measures of the text and no longer than it allows': decidedOnce,
  'what it ordered is lifted once each, every suspension by its end, and nothing else': liftedOnce,
  'it closes once nothing stands and no review waits, and says nothing after': closedWhole,
};

it.each(Object.entries(properties))('any order of acts: %s', (_name, property) => {
  expect(() => fc.assert(property(sanctionMachine), { numRuns: 500 })).not.toThrow();
});

it('any order of acts: every entry is an event of its schema', () => {
  const whole = fc.property(moves, (list) => mustBeEvents(play(list).entries));
  expect(() => fc.assert(whole, { numRuns: 100 })).not.toThrow();
});

describe('sabotage: without its guard each of these fails', () => {
  const twin = (change: Partial<Ours>): Ours => ({ ...sanctionMachine, ...change });
  const acting = (act: Ours['act']): Ours => twin({ act });
  const hasty = acting((start, state, act, periods) =>
    sanctionMachine.act(
      start,
      act.kind === 'decideSanction' && state.stage === 'reply' ? { ...state, stage: 'decision' } : state,
      act,
      periods,
    ),
  );
  const again = acting((start, state, act, periods) =>
    sanctionMachine.act(
      start,
      act.kind === 'decideSanction' && state.stage === 'standing' ? { ...state, stage: 'decision' } : state,
      act,
      periods,
    ),
  );
  const beyond = acting((start, state, act, periods) =>
    sanctionMachine.act(
      {
        ...start,
        rules: { ...rules, withoutText: { value: ['formalTalk', 'handOver'], rests: null } },
      },
      state,
      act,
      periods,
    ),
  );
  const endless = acting((start, state, act, periods) =>
    sanctionMachine.act(
      { ...start, rules: { ...rules, suspensionLongest: { value: { months: 24 }, rests: null } } },
      state,
      act,
      periods,
    ),
  );
  const forgetful = acting((start, state, act, periods) => {
    const next = sanctionMachine.act(start, state, act, periods);
    return act.kind === 'liftSanction' && !isRefused(next)
      ? { ...next, entries: next.entries.filter(({ kind }) => kind !== 'lifted') }
      : next;
  });
  const repeating = twin({
    ended: (start, state, period) => {
      const next = sanctionMachine.ended(start, state, period);
      return {
        ...next,
        entries: next.entries.flatMap((entry) => (entry.kind === 'lifted' ? [entry, entry] : [entry])),
      };
    },
  });
  const impatient = twin({
    ended: (start, state, period) => sanctionMachine.ended(start, { ...state, reviewAsked: false }, period),
  });
  const self = acting((start, state, act, periods) => {
    const { decidedBy: _by, ...rest } = state;
    return sanctionMachine.act(start, act.kind === 'decideSanctionReview' ? rest : state, act, periods);
  });
  it.each([
    ['a review by who decided', anotherReviews, self],
    ['a decision within the reply', nobodyUnheard, hasty],
    ['a second decision', decidedOnce, again],
    ['a measure that is in no text', decidedOnce, beyond],
    ['a suspension without an end in sight', decidedOnce, endless],
    ['a lifting that orders nothing back', liftedOnce, forgetful],
    ['an order lifted twice', liftedOnce, repeating],
    ['a term that closes over a review', closedWhole, impatient],
  ] as const)('%s', (_name, property, machine) => {
    expect(() => fc.assert(property(machine), { numRuns: 5_000, seed: 1 })).toThrow('Property failed');
  });
});
