import fc from 'fast-check';
import { startOfDay } from '../business-date.ts';
import { isRefused, type Machine, type PeriodReading, type Periods } from '../procedure/machine.ts';
import { seedCommitment } from './draw.ts';
import { selectionMachine } from './machine.ts';
import type { SelectionRules } from './rules.ts';
import type { SelectionAct, SelectionFacts, SelectionStart, SelectionState } from './types.ts';

type TheMachine = Machine<SelectionRules, SelectionFacts, SelectionState, SelectionAct>;
type Step = SelectionRules['route'][number]['step'];
const hash = `sha256:${'a'.repeat(64)}`;
const seed = 'b'.repeat(64);
const day = 86_400_000;
const begun = startOfDay('2024-03-01');

/** The routes of the four cities, by their steps alone. */
const routes: Record<string, Step[]> = {
  national: ['selection', 'consultation', 'collectiveDecision', 'signing'],
  zhongwei: ['consultation', 'selection', 'collectiveDecision', 'signing'],
  shuozhou: ['selection', 'negotiation', 'governmentApproval', 'publicNotice', 'signing'],
  wuhai: ['selection', 'publicNotice', 'collectiveDecision', 'signing'],
};

const startOf = (city: string): SelectionStart => ({
  ...{ procedure: 'selection', caseNo: 'case', jurisdiction: city, jurisdictionTitle: city },
  ...{ authority: 'bureau', packVersion: 'p', startedAt: begun, receipt: null },
  by: { account: 'a', organisation: 'bureau', role: 'bureau' },
  rules: {
    route: (routes[city] ?? []).map((step) => ({ step, on: null, rests: null })),
    ...{
      minValidBids: 3,
      minInvitees: 3,
      announcementContents: ['mode'],
      conditions: [],
      resultPublished: true,
    },
    modes: [{ mode: 'openTender', by: 'announcement' }],
    ...{
      announcementPeriod: { workingDays: 5 },
      invitationPeriod: { workingDays: 5 },
      bidPeriod: { calendarDays: 20 },
    },
    assessment: {
      committee: ['outsideExperts'],
      method: 'compositeScore',
      feasibilityOpinion: city === 'shuozhou',
    },
    committee: { size: 3, odd: true, expertsAtLeast: [1, 1], drawn: 'random' },
    ...{ conflictedExpert: 'leavesPanel', ranking: 'exactValues', missingScore: 'sheetRefused' },
    ...{ lastTie: 'panelDecides', tooFewValidBids: 'failed', lateBid: 'refused', bidsSealedUntil: 'opening' },
    ...{ signedBy: 'authority', coreAnnex: city === 'shuozhou' ? 'operatingPlan' : 'none' },
    publicNotice: { workingDays: 5 },
    objections: { answeredWithin: { workingDays: 3 }, before: 'signing' },
    collectiveVote: {
      quorum: { of: 'members', numerator: 1, denominator: 2, strict: true },
      majority: { of: 'members', numerator: 1, denominator: 2, strict: true },
    },
    rests: {},
  },
  facts: {
    ...{ plan: 'plan', mode: 'openTender', by: 'announcement', method: 'mean', tieRule: 'panelDecides' },
    criteria: [{ id: 'q', weight: 1, max: 100 }],
    mandate: { mode: 'whole', fields: [], scenarios: [], termMonths: 36 },
    rerunOf: null,
  },
});

/** Bids as the box holds them at the opening: the last came in at the close itself. */
const boxOf = (close: number) => [
  ...['a', 'b', 'c'].map((bidder, at) => ({ bidder, envelopeHash: hash, receivedAt: close - 1 - at })),
  { bidder: 'late', envelopeHash: hash, receivedAt: close },
];
const experts = ['e1', 'e2', 'e3', 'e4'];
const seats = (ids: string[]) => ids.map((id) => ({ id, seat: 'expert' as const }));
const yes = ['m1', 'm2', 'm3'].map((member) => ({ member, vote: 'for' as const }));
const findings = (ids: string[]) => ids.map((bidder) => ({ bidder, valid: true, failed: [] }));

const act: fc.Arbitrary<SelectionAct> = fc.oneof(
  fc.constantFrom<SelectionAct>(
    { kind: 'recordConsultation', document: hash },
    { kind: 'announceSelection', contentHash: hash, closesOn: null },
    { kind: 'commitSeed', seedHash: seedCommitment(seed) },
    {
      kind: 'drawCommittee',
      members: seats(experts.slice(0, 3)),
      substitutes: seats(experts.slice(3)),
      poolHash: hash,
    },
    { kind: 'openBids', bids: [], seed },
    { kind: 'examineBids', findings: findings(['a', 'b', 'c']), conflicted: [], findingsHash: hash },
    { kind: 'recordFeasibility', document: hash, feasible: true },
    { kind: 'rankBids', scores: [], ranking: [['a'], ['b'], ['c']] },
    { kind: 'rankBids', scores: [], ranking: [['a', 'b'], ['c']] },
    {
      kind: 'decideTie',
      votes: [
        { bidder: 'a', votes: 2 },
        { bidder: 'b', votes: 1 },
      ],
    },
    { kind: 'recordNegotiation', document: hash, outcome: 'agreed', annex: hash },
    { kind: 'deliberateSelection', heldOn: '2024-04-01', votes: yes, minutes: hash },
    { kind: 'approveSelection', outcome: 'approve', document: hash, reasonCodes: [] },
    { kind: 'publishResult' },
    { kind: 'raiseObjection' },
    { kind: 'answerObjection', objection: 1, outcome: 'rejected', then: null, reasonCodes: [] },
    { kind: 'answerObjection', objection: 1, outcome: 'upheld', then: 'reassess', reasonCodes: [] },
    { kind: 'answerObjection', objection: 2, outcome: 'rejected', then: null, reasonCodes: [] },
  ),
  fc
    .constantFrom(...experts)
    .map((expert): SelectionAct => ({ kind: 'submitSheet', expert, sheetHash: hash })),
  fc.constantFrom(...experts).map((expert): SelectionAct => ({ kind: 'voteOnTie', expert })),
  fc
    .constantFrom(...experts)
    .map((expert): SelectionAct => ({ kind: 'declareConflict', experts: [expert], source: 'declared' })),
);
type Move = SelectionAct | { kind: 'wait'; days: number };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: act },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 21 }).map((days): Move => ({ kind: 'wait', days })) },
);

type Played = { state: SelectionState; kinds: string[]; opened: string[] };

/** Plays moves; where a move has no place, what the case waits for is done instead, so that runs reach far. */
const play = (machine: TheMachine, city: string, moves: readonly Move[]): Played => {
  const start = startOf(city);
  let { state, entries } = machine.begin(start);
  let now = begun;
  let receipts = 0;
  const readings = (): PeriodReading[] =>
    machine.periods(start, state).map(({ key, from, limit }) => {
      const days =
        'workingDays' in limit ? limit.workingDays : 'calendarDays' in limit ? limit.calendarDays : 0;
      return { key, lastDay: '2024-03-01', at: from + days * day, provisional: false };
    });
  const ends = (until: number): void => {
    for (;;) {
      const [due] = readings()
        .filter(({ at }) => at !== null && at <= until)
        .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
      if (!due || state.outcome !== null) return;
      const next = machine.ended(start, state, { ...due, at: due.at ?? 0 });
      state = next.state;
      entries = [...entries, ...next.entries];
    }
  };
  for (const each of moves) {
    if (state.outcome !== null) break;
    if (each.kind === 'wait') {
      now += each.days * day;
      ends(now);
      continue;
    }
    receipts += 1;
    const periods: Periods = Object.fromEntries(readings().map((one) => [one.key, one]));
    const next = machine.act(
      start,
      state,
      {
        ...each,
        ...(each.kind === 'openBids' && { bids: boxOf(state.closedAt ?? periods['bids']?.at ?? now) }),
        ...{ at: now, receipt: `r${receipts}`, by: start.by },
      },
      periods,
    );
    if (isRefused(next)) continue;
    state = next.state;
    entries = [...entries, ...next.entries];
  }
  const opened = entries.flatMap(({ kind, data }) =>
    kind === 'bidsOpened' ? (data['bids'] as { bidder: string }[]).map(({ bidder }) => bidder) : [],
  );
  return { state, kinds: entries.map(({ kind }) => kind), opened };
};

const doneBy: Partial<Record<Step, string>> = {
  ...{ consultation: 'consulted', selection: 'assessed', negotiation: 'negotiated' },
  ...{ collectiveDecision: 'deliberated', governmentApproval: 'approved', publicNotice: 'noticeEnded' },
};

/** What must hold of every run, whatever happened in it; the first fault found. */
const faultOf = (city: string, { state, kinds, opened }: Played): string | undefined => {
  if (opened.includes('late')) return 'a late bid counted';
  if (state.outcome !== 'selected') return undefined;
  if (state.objections.some((one) => one.state === 'open')) return 'selected with an objection open';
  const again = kinds.lastIndexOf('reassessed');
  const chosen = (routes[city] ?? []).indexOf('selection');
  let at = -1;
  for (const [index, step] of (routes[city] ?? []).slice(0, -1).entries()) {
    const from = index >= chosen ? Math.max(at + 1, again) : at + 1;
    at = kinds.indexOf(doneBy[step] ?? '', from);
    if (at < 0) return `selected without ${step} in its place`;
  }
  return undefined;
};

/** A run that reaches the end of each route, around which the others are cut and shuffled. */
const whole: Move[] = [
  { kind: 'recordConsultation', document: hash },
  { kind: 'announceSelection', contentHash: hash, closesOn: null },
  { kind: 'commitSeed', seedHash: seedCommitment(seed) },
  {
    kind: 'drawCommittee',
    members: seats(experts.slice(0, 3)),
    substitutes: seats(experts.slice(3)),
    poolHash: hash,
  },
  { kind: 'wait', days: 21 },
  { kind: 'openBids', bids: [], seed },
  { kind: 'examineBids', findings: findings(['a', 'b', 'c']), conflicted: [], findingsHash: hash },
  ...experts.map((expert): Move => ({ kind: 'submitSheet', expert, sheetHash: hash })),
  { kind: 'recordFeasibility', document: hash, feasible: true },
  { kind: 'rankBids', scores: [], ranking: [['a'], ['b'], ['c']] },
  { kind: 'recordConsultation', document: hash },
  { kind: 'recordNegotiation', document: hash, outcome: 'agreed', annex: hash },
  { kind: 'approveSelection', outcome: 'approve', document: hash, reasonCodes: [] },
  { kind: 'publishResult' },
  { kind: 'raiseObjection' },
  { kind: 'wait', days: 8 },
  { kind: 'answerObjection', objection: 1, outcome: 'rejected', then: null, reasonCodes: [] },
  { kind: 'deliberateSelection', heldOn: '2024-04-01', votes: yes, minutes: hash },
];
/** The whole run with moves struck out and others thrown in. */
const runs = fc
  .record({
    struck: fc.array(fc.nat({ max: whole.length - 1 }), { maxLength: 2 }),
    thrown: fc.array(fc.tuple(fc.nat({ max: whole.length }), move), { maxLength: 8 }),
  })
  .map(({ struck, thrown }) => [
    ...whole.flatMap((one, at) => [
      ...thrown.filter(([place]) => place === at).map(([, extra]) => extra),
      ...(struck.includes(at) ? [] : [one]),
    ]),
    ...thrown.filter(([place]) => place === whole.length).map(([, extra]) => extra),
  ]);

const checked = (machine: TheMachine) =>
  fc.check(
    fc.property(
      fc.constantFrom(...Object.keys(routes)),
      fc.oneof(runs, fc.array(move, { maxLength: 40 })),
      (city, moves) => {
        const fault = faultOf(city, play(machine, city, moves));
        if (fault) throw new Error(fault);
      },
    ),
    { numRuns: 600, seed: 20_240_301 },
  );

describe('in whatever order things happen', () => {
  it.each(Object.keys(routes))('%s reaches its end by its own steps', (city) => {
    const played = play(selectionMachine, city, whole);
    expect(played.state.outcome).toBe('selected');
    expect(played.opened).toEqual(['a', 'b', 'c']);
  });

  it('no operator is selected outside the route, with a late bid, or over an open objection', () => {
    expect(checked(selectionMachine)).toMatchObject({ failed: false });
  });

  const twin = (
    change: (of: SelectionState, given: SelectionAct) => Partial<SelectionState> | undefined,
  ): TheMachine => ({
    ...selectionMachine,
    act: (start, state, given, periods) => {
      const changed = change(state, given);
      return selectionMachine.act(start, changed ? { ...state, ...changed } : state, given, periods);
    },
  });

  it.each([
    {
      name: 'a machine that decides before the notice has run',
      machine: twin(({ stage }, { kind }) =>
        stage === 'publicNotice' && kind === 'deliberateSelection'
          ? { stage: 'collectiveDecision', at: 2 }
          : undefined,
      ),
    },
    {
      name: 'a machine that forgets open objections',
      machine: {
        ...selectionMachine,
        ended: (start, state, period) => {
          if (!period.key.startsWith('notice')) return selectionMachine.ended(start, state, period);
          const next = selectionMachine.ended(start, { ...state, objections: [] }, period);
          return { ...next, state: { ...next.state, objections: state.objections } };
        },
      } satisfies TheMachine,
    },
    {
      name: 'a machine that takes a bid at the close',
      machine: twin(({ closedAt }, { kind }) =>
        kind === 'openBids' && closedAt !== null ? { closedAt: closedAt + 1 } : undefined,
      ),
    },
  ])('$name is found out', ({ machine }) => {
    expect(checked(machine)).toMatchObject({ failed: true });
  });
});
