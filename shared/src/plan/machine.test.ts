// P2 (national art. 11): no plan is in force that was not decided on collectively and approved by the government, in the pack's order.
import fc from 'fast-check';
import {
  type Entry,
  type Given,
  isRefused,
  type Machine,
  type PeriodReading,
  type ProcedureStart,
  step,
  entryOf,
} from '../procedure/machine.ts';
import { dateOutside, planMachine } from './machine.ts';
import type { PlanRules } from './rules.ts';
import type { PlanAct, PlanFacts, PlanState } from './types.ts';

type Start = ProcedureStart<PlanRules, PlanFacts>;
type PlanMachine = Machine<PlanRules, PlanFacts, PlanState, PlanAct>;

const half = { of: 'members', numerator: 1, denominator: 2, strict: true } as const;
const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const startWith = (steps: PlanRules['route'][number]['step'][], waitsForReceipt = false): Start => ({
  ...{
    procedure: 'plan',
    caseNo: '640500-FA-2024-000001',
    jurisdiction: 'zhongwei',
    jurisdictionTitle: '中卫市',
  },
  ...{ authority: 'city-bureau', packVersion: 'sha256:1', startedAt: begunAt, receipt: 'SJ-0' },
  by: { account: 'b', organisation: 'city-bureau', role: 'bureau' },
  facts: { version: 1, replaces: null, contentHash: 'c0' },
  rules: {
    collectiveVote: { quorum: half, majority: half },
    deliberationLimit: { workingDays: 20, onSilence: 'overdue' },
    filingLimit: { workingDays: 10, waitsForReceipt },
    route: steps.map((one) => ({ step: one, by: 'authority', to: 'provincialAuthority', rests: null })),
    ...{ filingRests: null, contents: [], feasibility: { topics: [], rests: null } },
  },
});
const usual = ['collectiveDecision', 'governmentApproval', 'filing'] as const;

/** What is done next: an act, or the end of the period that runs. */
type Move = PlanAct | { kind: 'periodEnds' };
const votes = (...given: ('for' | 'against' | 'absent')[]) =>
  given.map((vote, index) => ({ member: `m-${index}`, vote }));
const carried = votes('for', 'for', 'against');
const on = '2024-03-01';
const deliberate = (given = carried): PlanAct => ({
  kind: 'deliberatePlan',
  heldOn: on,
  votes: given,
  minutes: 'h',
});
const approve: PlanAct = { kind: 'approvePlan', outcome: 'approve', document: 'h', reasonCodes: [] };
const refuseIt: PlanAct = { kind: 'approvePlan', outcome: 'refuse', document: 'h', reasonCodes: ['unclear'] };
const revise = (contentHash: string): PlanAct => ({ kind: 'revisePlan', contentHash });
const receipt: PlanAct = { kind: 'receiptPlanFiling', on, document: 'h' };
const giveBack: PlanAct = { kind: 'returnPlanFiling', on, document: 'h', reasonCodes: ['incomplete'] };

/** Plays moves a minute apart; a refused one changes nothing and is told by its code. */
const play = (machine: PlanMachine, start: Start, moves: readonly Move[]) => {
  let { state, entries } = machine.begin(start);
  const refused: string[] = [];
  moves.forEach((move, index) => {
    const at = begunAt + (index + 1) * 60_000;
    if (state.outcome !== null) return;
    if (move.kind === 'periodEnds') {
      const [period] = machine.periods(start, state);
      if (!period) return;
      const reading: PeriodReading & { at: number } = {
        key: period.key,
        lastDay: on,
        at,
        provisional: false,
      };
      const next = machine.ended(start, state, reading);
      expect(machine.periods(start, next.state).map(({ key }) => key)).not.toContain(period.key);
      [state, entries] = [next.state, [...entries, ...next.entries]];
      return;
    }
    const act = { ...move, at, receipt: `SJ-${index}`, by: start.by } as Given<PlanAct>;
    const next = machine.act(start, state, act, {});
    if (isRefused(next)) refused.push(next.refused);
    else [state, entries] = [next.state, [...entries, ...next.entries]];
  });
  return { state, entries, refused, story: entries.map(({ kind }) => kind) };
};

describe('the plan goes its route', () => {
  const start = startWith([...usual]);
  it.each([
    [
      'decided, approved, in force, filed, receipted',
      [deliberate(), approve, { kind: 'filePlan' }, receipt],
      ['opened', 'deliberated', 'approved', 'inForce', 'filed', 'filingReceipted'],
      'inForce',
    ],
    [
      'not carried: back to its compiler, revised, decided again',
      [deliberate(votes('for', 'against', 'against')), revise('c1'), deliberate(), approve],
      ['opened', 'notCarried', 'revised', 'deliberated', 'approved', 'inForce'],
      null,
    ],
    [
      'refused by the government: decided on again from the first step',
      [deliberate(), refuseIt, approve, deliberate(), approve],
      ['opened', 'deliberated', 'notApproved', 'deliberated', 'approved', 'inForce'],
      null,
    ],
    [
      'returned by the province: sent again under the next number',
      [deliberate(), approve, { kind: 'filePlan' }, giveBack, { kind: 'filePlan' }, receipt],
      ['opened', 'deliberated', 'approved', 'inForce', 'filed', 'filingReturned', 'filed', 'filingReceipted'],
      'inForce',
    ],
    [
      'withdrawn',
      [deliberate(), { kind: 'withdrawPlan' }],
      ['opened', 'deliberated', 'withdrawn'],
      'withdrawn',
    ],
    [
      'late: overdue, and still decided',
      [{ kind: 'periodEnds' }, deliberate()],
      ['opened', 'overdue', 'deliberated'],
      null,
    ],
  ] as [string, Move[], string[], string | null][])('%s', (_name, moves, story, outcome) => {
    const played = play(planMachine, start, moves);
    expect(played.story).toEqual(story);
    expect(played.state.outcome).toBe(outcome);
  });

  it('is in force only from the receipt where the pack waits for it', () => {
    const waiting = startWith([...usual], true);
    const sent = play(planMachine, waiting, [deliberate(), approve, { kind: 'filePlan' }]);
    expect(sent.story).not.toContain('inForce');
    const { story } = play(planMachine, waiting, [deliberate(), approve, { kind: 'filePlan' }, receipt]);
    expect(story.slice(-2)).toEqual(['filingReceipted', 'inForce']);
  });

  it('a late act says so', () => {
    const { entries } = play(planMachine, start, [{ kind: 'periodEnds' }, deliberate()]);
    expect(entries.at(-1)?.data).toMatchObject({ late: true, members: 3, inFavour: 2 });
  });

  it('filings are numbered one after the other', () => {
    const { entries } = play(planMachine, start, [
      deliberate(),
      approve,
      { kind: 'filePlan' },
      giveBack,
      { kind: 'filePlan' },
    ]);
    expect(entries.filter(({ kind }) => kind === 'filed').map(({ data }) => data['filing'])).toEqual([
      '640500-FA-2024-000001-BA1',
      '640500-FA-2024-000001-BA2',
    ]);
  });
});

describe('what has no place is refused and changes nothing', () => {
  const start = startWith([...usual]);
  it.each([
    ['approved before it is decided on', [approve], 'stepNotReached'],
    ['filed before it is approved', [deliberate(), { kind: 'filePlan' }], 'stepNotReached'],
    ['revised after it was decided on', [deliberate(), revise('c1')], 'stepNotReached'],
    ['revised without a difference', [revise('c0')], 'planUnchanged'],
    ['withdrawn once in force', [deliberate(), approve, { kind: 'withdrawPlan' }], 'stepNotReached'],
    ['too few were there', [deliberate(votes('for', 'absent', 'absent'))], 'quorumNotMet'],
    ['filed twice', [deliberate(), approve, { kind: 'filePlan' }, { kind: 'filePlan' }], 'filingPending'],
    ['receipted and never sent', [deliberate(), approve, receipt], 'noFilingPending'],
    ['held tomorrow', [{ ...deliberate(), heldOn: '2024-03-02' }], 'dateOutside'],
    ['held before the plan was there', [{ ...deliberate(), heldOn: '2024-02-29' }], 'dateOutside'],
    [
      'receipted before it was sent',
      [deliberate(), approve, { kind: 'filePlan' }, { ...receipt, on: '2024-02-29' }],
      'dateOutside',
    ],
  ] as [string, Move[], string][])('%s', (_name, moves, code) => {
    const played = play(planMachine, start, moves);
    expect(played.refused).toEqual([code]);
    expect(played.state).toEqual(play(planMachine, start, moves.slice(0, -1)).state);
  });

  it('a date lies between the two days, both included', () => {
    const days = { since: begunAt, at: Date.parse('2024-03-04T23:59:59+08:00') };
    expect(
      ['2024-02-29', '2024-03-01', '2024-03-04', '2024-03-05'].map(
        (day) => dateOutside(day, days) === undefined,
      ),
    ).toEqual([false, true, true, false]);
  });
});

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Move>(deliberate(), approve, { kind: 'filePlan' }, receipt) },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ kind: 'withdrawPlan' }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Move>(
      ...[deliberate(votes('for', 'against', 'against')), deliberate(votes('for', 'absent', 'absent'))],
      ...[refuseIt, giveBack, revise('c1'), revise('c2'), { kind: 'periodEnds' } as const],
    ),
  },
);
const start = fc
  .record({
    route: fc.constantFrom<PlanRules['route'][number]['step'][]>(
      ['collectiveDecision', 'governmentApproval', 'filing'],
      ['governmentApproval', 'collectiveDecision', 'filing'],
      ['collectiveDecision', 'governmentApproval'],
    ),
    waits: fc.boolean(),
  })
  .map(({ route, waits }) => startWith(route, waits));

/** Read from the entries alone: since the contents that came into force stood, each decision in its order, none undone. */
const mustRestOnDecisions = ({ rules }: Start, entries: readonly Entry[]): void => {
  const inForce = entries.findIndex(({ kind }) => kind === 'inForce');
  if (inForce < 0) return;
  expect(entries.filter(({ kind }) => kind === 'inForce')).toHaveLength(1);
  const before = entries.slice(0, inForce);
  const given = before.findLast(({ kind }) => kind === 'opened' || kind === 'revised');
  expect(entries[inForce]?.data['contentHash']).toBe(given?.data['contentHash']);
  const from = before.findLastIndex(({ kind }) =>
    ['opened', 'revised', 'notCarried', 'notApproved'].includes(kind),
  );
  const names = {
    collectiveDecision: 'deliberated',
    governmentApproval: 'approved',
    filing: 'filingReceipted',
  };
  const files = rules.route.some(({ step: one }) => one === 'filing') && rules.filingLimit.waitsForReceipt;
  expect(
    before.slice(from).flatMap(({ kind }) => (Object.values(names).includes(kind) ? [kind] : [])),
  ).toEqual(
    rules.route.filter(({ step: one }) => one !== 'filing' || files).map(({ step: one }) => names[one]),
  );
};

const holds = (machine: PlanMachine, numRuns: number): { reached: number } => {
  let reached = 0;
  fc.assert(
    fc.property(start, fc.array(move, { minLength: 4, maxLength: 30 }), (given, moves) => {
      const { entries, state } = play(machine, given, moves);
      if (entries.some(({ kind }) => kind === 'inForce')) reached += 1;
      else expect(state.outcome).not.toBe('inForce');
      mustRestOnDecisions(given, entries);
    }),
    { numRuns, seed: 20_241_122 },
  );
  return { reached };
};

describe('whatever is done in whatever order', () => {
  it('in force means: decided on and approved, these contents, in the pack’s order', () => {
    expect(holds(planMachine, 3_000).reached).toBeGreaterThan(300);
  });

  it.each<[string, PlanMachine['act']]>([
    [
      'contents change after the decision',
      (given, state, act, periods) =>
        act.kind === 'revisePlan' && state.stage === 'governmentApproval'
          ? step(
              { ...state, contentHash: act.contentHash },
              entryOf('revised', act, { contentHash: act.contentHash }),
            )
          : planMachine.act(given, state, act, periods),
    ],
    [
      'a refusal goes back one step and keeps the decisions before',
      (given, state, act, periods) => {
        const next = planMachine.act(given, state, act, periods);
        return isRefused(next) || next.entries[0]?.kind !== 'notApproved'
          ? next
          : step({ ...next.state, stage: state.stage, at: state.at }, ...next.entries);
      },
    ],
    [
      'the government may approve first',
      (given, state, act, periods) =>
        planMachine.act(
          given,
          act.kind === 'approvePlan' ? { ...state, stage: 'governmentApproval' } : state,
          act,
          periods,
        ),
    ],
  ])('a twin in which %s is found out', (_name, act) => {
    expect(() => holds({ ...planMachine, act }, 3_000)).toThrow('Property failed');
  });
});
