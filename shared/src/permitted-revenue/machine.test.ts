// F2: no figure is in force that was not decided at every step of the pack's route, in its order, by whose step it is.
import fc from 'fast-check';
import type { By, Given, Machine, ProcedureStart } from '../procedure/machine.ts';
import { isRefused } from '../procedure/machine.ts';
import { revenueMachine } from './machine.ts';
import type { RevenueRules } from './rules.ts';
import type { RevenueAct, RevenueFacts, RevenueState } from './types.ts';

type Start = ProcedureStart<RevenueRules, RevenueFacts>;
type RevenueMachine = Machine<RevenueRules, RevenueFacts, RevenueState, RevenueAct>;

const begunAt = Date.parse('2024-03-01T09:00:00+08:00');
const figure = (hash: string) => ({ hash, fen: hash.length * 100, consumedFen: 0, carriedOnFen: 0 });
const routes: Record<string, RevenueRules['route']> = {
  one: [{ step: 'determination', by: 'price', with: ['authority'] }],
  two: [
    { step: 'determination', by: 'authority', with: ['price', 'finance'] },
    { step: 'approval', by: 'government', with: [] },
  ],
};
const startWith = (route: RevenueRules['route'], priceBody: string | null = 'price-office'): Start => ({
  ...{ procedure: 'permittedRevenue', caseNo: '640500-ZS-2024-000001', jurisdiction: 'zhongwei' },
  ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', packVersion: 'sha256:1' },
  ...{
    startedAt: begunAt,
    receipt: 'SJ-0',
    by: { account: 'b', organisation: 'city-bureau', role: 'bureau' },
  },
  rules: { route, stepLimit: { workingDays: 20 }, rests: null },
  facts: { ...figure('f0'), operator: 'operator', year: 2024, trial: false, replaces: null, priceBody },
});

const roles = ['bureau', 'price', 'government', 'operator'] as const;
const by = (role: string): By => ({ account: role, organisation: role, role });
type Move = { role: (typeof roles)[number]; act: RevenueAct };

const arbitraryMove: fc.Arbitrary<Move> = fc.record({
  role: fc.constantFrom(...roles),
  act: fc.oneof<fc.Arbitrary<RevenueAct>[]>(
    fc.record({
      kind: fc.constant('decideRevenue' as const),
      outcome: fc.constant('agree' as const),
      figures: fc.constantFrom('f0', 'f1', 'f2'),
      document: fc.constant('h'),
      joint: fc
        .subarray<'authority' | 'price' | 'finance'>(['authority', 'price', 'finance'])
        .map((all) => all.map((one) => ({ with: one, document: 'h' }))),
    }),
    fc
      .constantFrom('f0', 'f1', 'f2')
      .map((hash) => ({ kind: 'reviseRevenue' as const, figures: figure(hash) })),
    fc.constant({ kind: 'returnRevenue' as const, document: 'h', reasonCodes: ['unclear'] }),
    fc.constant({ kind: 'withdrawRevenue' as const }),
  ),
});

const play = (machine: RevenueMachine, start: Start, moves: readonly Move[]) => {
  let { state, entries } = machine.begin(start);
  moves.forEach(({ role, act }, index) => {
    if (state.outcome !== null) return;
    const given: Given<RevenueAct> = {
      ...act,
      at: begunAt + (index + 1) * 60_000,
      receipt: `SJ-${index}`,
      by: by(role),
    };
    const next = machine.act(start, state, given, {});
    if (!isRefused(next)) [state, entries] = [next.state, [...entries, ...next.entries]];
  });
  return { state, entries };
};

/** What the law asks of a figure in force: every step since the last change of figures, in order, each with those it needs. */
const holds = (machine: RevenueMachine, start: Start, moves: readonly Move[]): boolean => {
  const { state, entries } = play(machine, start, moves);
  if (state.outcome !== 'inForce') return !entries.some(({ kind }) => kind === 'inForce');
  const fresh = entries.findLastIndex(({ kind }) => ['opened', 'revised', 'returned'].includes(kind));
  const decisions = entries.slice(fresh).filter(({ kind }) => kind === 'decided');
  const last = entries.at(-1);
  return (
    last?.kind === 'inForce' &&
    last.data['figures'] === state.figures.hash &&
    decisions.length === start.rules.route.length &&
    start.rules.route.every(({ step, by: decider, with: others }, index) => {
      const data = decisions[index]?.data ?? {};
      const joint = (data['joint'] as { with: string }[]).map((one) => one.with);
      const allowed = {
        price: start.facts.priceBody === null ? ['bureau'] : ['price'],
        government: ['government', 'bureau'],
      }[decider as 'price' | 'government'] ?? ['bureau'];
      return (
        data['step'] === step &&
        data['figures'] === state.figures.hash &&
        others.every((one) => joint.includes(one)) &&
        allowed.includes(String(data['recordedBy']))
      );
    })
  );
};

const everyOrder = (machine: RevenueMachine) =>
  fc.property(
    fc.constantFrom(...Object.values(routes)),
    fc.constantFrom('price-office', null),
    fc.array(arbitraryMove, { maxLength: 12 }),
    (route, priceBody, moves) => holds(machine, startWith(route, priceBody), moves),
  );

it('F2: whatever the order of acts, a figure in force was decided at every step, on that very figure', () => {
  const found = fc.check(everyOrder(revenueMachine), { numRuns: 20_000, seed: 7 });
  expect(found.counterexample).toBeNull();
});

type Step = RevenueMachine['act'];
const withAct = (act: Step): RevenueMachine => ({ ...revenueMachine, act });
/** Each leaves one guard out; what is written in the entry is what was given. */
const twins: Record<string, RevenueMachine> = {
  'one decision is enough': withAct((start, ...rest) =>
    revenueMachine.act(
      { ...start, rules: { ...start.rules, route: start.rules.route.slice(0, 1) } },
      ...rest,
    ),
  ),
  'figures are revised after the first decision': withAct((start, state, given, periods) =>
    given.kind === 'reviseRevenue'
      ? { state: { ...state, figures: given.figures }, entries: [] }
      : revenueMachine.act(start, state, given, periods),
  ),
  'opinions are not asked for': withAct((start, ...rest) =>
    revenueMachine.act(
      { ...start, rules: { ...start.rules, route: start.rules.route.map((one) => ({ ...one, with: [] })) } },
      ...rest,
    ),
  ),
  'the bureau decides for the price office': withAct((start, ...rest) =>
    revenueMachine.act({ ...start, facts: { ...start.facts, priceBody: null } }, ...rest),
  ),
};

it.each(Object.keys(twins))('sabotage: %s is caught', (name) => {
  const found = fc.check(everyOrder(twins[name] as RevenueMachine), { numRuns: 20_000, seed: 7 });
  expect(found.failed).toBe(true);
});

it('F2: each refusal says why', () => {
  const start = startWith(routes['two'] ?? []);
  const { state } = revenueMachine.begin(start);
  const decide = (change: object, role = 'bureau') =>
    revenueMachine.act(
      start,
      state,
      {
        ...{ kind: 'decideRevenue', outcome: 'agree', figures: 'f0', document: 'h' },
        joint: [
          { with: 'price', document: 'h' },
          { with: 'finance', document: 'h' },
        ],
        ...{ at: begunAt + 1, receipt: 'SJ-1', by: by(role) },
        ...change,
      } as Given<RevenueAct>,
      {},
    );
  expect(decide({}, 'price')).toMatchObject({ refused: 'notTheDecider' });
  expect(decide({ figures: 'f9' })).toMatchObject({ refused: 'figuresChanged' });
  expect(decide({ joint: [{ with: 'price', document: 'h' }] })).toMatchObject({
    refused: 'jointOpinionMissing',
    params: { with: 'finance' },
  });
  expect(isRefused(decide({}))).toBe(false);
});

it('a city without a price office has its bureau record the decision; where there is one, it decides itself', () => {
  const route = routes['one'] ?? [];
  for (const [office, role] of [
    [null, 'bureau'],
    ['price-office', 'price'],
  ] as const) {
    const start = startWith(route, office);
    expect(revenueMachine.waitsFor(start, revenueMachine.begin(start).state)[0]).toMatchObject({
      ...{ act: 'decideRevenue', role },
      ...(office && { body: office }),
    });
  }
});
