// S1, S2: whatever happens in whatever order, nothing missing is left out in silence, and no version replaces another.
import fc from 'fast-check';
import { endOfDay, startOfDay } from '../business-date.ts';
import { Calendar } from '../calendar.ts';
import { type Entry, isRefused, type Machine } from '../procedure/machine.ts';
import { readPeriods } from '../procedure/periods.ts';
import type { ItemStanding } from './items.ts';
import { yearlyDisclosureMachine } from './machine.ts';
import type { YearlyRules } from './rules.ts';
import type { Draft, YearlyAct, YearlyFacts, YearlyState } from './types.ts';

type Yearly = Machine<YearlyRules, YearlyFacts, YearlyState, YearlyAct>;
const items = ['ownParticulars', 'productList', 'actualFees'] as const;
const rules: YearlyRules = {
  items: items.map((item) => ({ item, rests: null })),
  ...{ from: '02-01', due: '03-31', remindBefore: 10, keptYears: 5, escalateTo: 'authority', rests: null },
};
const Standing = fc.constantFrom<ItemStanding['state']>('present', 'missing', 'empty');
const DraftOf = fc.tuple(Standing, Standing, Standing, fc.nat(5)).map(
  ([a, b, c, n]): Draft => ({
    hash: `sha256:${String(n).repeat(64)}`,
    items: [a, b, c].map((state, at) => ({
      ...{ item: items[at]!, state },
      ground: state === 'present' ? null : 'notStated',
    })),
    figures: 3,
  }),
);
const Item = fc.constantFrom(...items);
const Act = fc.oneof(
  fc.record({
    kind: fc.constant('supplyItem' as const),
    item: Item,
    words: fc.constant('w'),
    documents: fc.constant([]),
    draft: DraftOf,
  }),
  fc.record({
    kind: fc.constant('stateEmpty' as const),
    item: Item,
    ground: fc.constant('stateSecret' as const),
    words: fc.constant('w'),
    draft: DraftOf,
  }),
  fc.record({ kind: fc.constant('publishDisclosure' as const), draft: DraftOf, bySchedule: fc.boolean() }),
  fc.record({
    kind: fc.constant('correctDisclosure' as const),
    draft: DraftOf,
    grounds: fc.constant(['errorFound' as const]),
  }),
  fc.record({ kind: fc.constant('endOfPeriod' as const), draft: DraftOf }),
);
const at = startOfDay('2026-02-01') + 9 * 3_600_000;
const by = { account: 'a', organisation: 'operator', role: 'operator' };

/** Every entry of a case, and a word for each promise it broke. */
const play = (
  machine: Yearly,
  first: Draft,
  acts: readonly (typeof Act extends fc.Arbitrary<infer T> ? T : never)[],
): string[] => {
  const start = {
    ...{ procedure: 'yearlyDisclosure' as const, caseNo: 'PL-1', jurisdiction: 'zhongwei', receipt: 'r' },
    ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', packVersion: 'p', rules, startedAt: at, by },
    facts: {
      ...{ part: 'operator' as const, year: 2025, body: 'operator', operator: 'operator', draft: first },
      ...{ dueOn: '2026-03-31', keptUntil: '2031-03-31' },
    },
  };
  let { state, entries } = machine.begin(start);
  const broken: string[] = [];
  const published: Entry[] = [];
  for (const [n, act] of acts.entries()) {
    if (state.outcome !== null) break;
    const now = at + n * 60_000;
    if (act.kind === 'endOfPeriod') {
      const [period] = machine.periods(start, state);
      if (!period) continue;
      const lastDay = 'on' in period.limit ? period.limit.on : '2026-03-31';
      const before = state;
      ({ state, entries } = machine.ended(start, state, {
        ...{ key: period.key, lastDay, at: endOfDay(lastDay), provisional: false },
      }));
      if (machine.periods(start, state).some(({ key }) => key === period.key))
        broken.push('a period runs on');
      const left = before.items.filter((one) => one.state === 'missing').length;
      if (period.key === 'items' && left > 0 && entries[0]?.kind !== 'escalated')
        broken.push('late, and told to nobody');
    } else {
      const step = machine.act(start, state, { ...act, at: now, receipt: `r${n}`, by } as never, {});
      if (isRefused(step)) continue;
      const next = step.entries.filter(({ kind }) => kind === 'published' || kind === 'corrected');
      for (const entry of next) {
        published.push(entry);
        const missing = act.draft.items.filter((one) => one.state === 'missing').map(({ item }) => item);
        if (JSON.stringify(entry.data['missing']) !== JSON.stringify(missing))
          broken.push('a missing item left out');
        if (entry.data['version'] !== published.length) broken.push('a version lost');
        if (
          entry.kind === 'published' &&
          entry.data['bySchedule'] === false &&
          missing.length > 0 &&
          entry.data['late'] === false
        )
          broken.push('incomplete, by the body');
      }
      if (next.length > 0 && state.hash === act.draft.hash) broken.push('the same again');
      state = step.state;
    }
    const waits = machine.waitsFor(start, state);
    const left = state.items.some((one) => one.state === 'missing');
    if (
      state.outcome === null &&
      left &&
      !waits.some((one) => one.act === 'supplyItem' && one.body === 'operator')
    )
      broken.push('missing, and asked of nobody');
  }
  if (published.filter(({ kind }) => kind === 'published').length > 1) broken.push('published twice');
  return broken;
};
const Acts = fc.array(Act, { maxLength: 12 });

it('nothing missing is left out, published twice, or owed by nobody', () => {
  fc.assert(
    fc.property(DraftOf, Acts, (draft, acts) => {
      expect(play(yearlyDisclosureMachine, draft, acts)).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

it('begun after its last day it is late as of its beginning, and its body publishes what there is, the gap named', () => {
  const draft = fc
    .sample(DraftOf, { numRuns: 50, seed: 7 })
    .find(({ items }) => items.some(({ state }) => state === 'missing'))!;
  const startedAt = endOfDay('2026-06-01');
  const facts = { draft, part: 'operator', body: 'operator', dueOn: '2026-03-31', year: 2025 };
  const start = { rules, facts, startedAt, receipt: 'r' } as never;
  const begun = yearlyDisclosureMachine.begin(start).state;
  const given = {
    kind: 'publishDisclosure' as const,
    draft,
    bySchedule: false,
    at: startedAt,
    receipt: 'r',
    by,
  };
  expect(yearlyDisclosureMachine.act(start, begun, given, {})).toMatchObject({
    refused: 'disclosureIncomplete',
  });
  const calendar = new Calendar({ years: [], changes: [] });
  const periods = yearlyDisclosureMachine.periods(start, begun);
  const { items: passed } = readPeriods(periods, calendar, { now: startedAt, before: {} });
  const late = yearlyDisclosureMachine.ended(start, begun, passed as typeof passed & { at: number });
  expect(late.entries).toMatchObject([{ kind: 'escalated', at: startedAt, data: { lastDay: '2026-03-31' } }]);
  const published = yearlyDisclosureMachine.act(start, late.state, given, {});
  expect(published).toMatchObject({
    entries: [
      { kind: 'published', data: { late: true, bySchedule: false, missing: expect.anything() as unknown } },
    ],
  });
});

it('a draft that is not of this list is refused', () => {
  const { facts } = { facts: fc.sample(DraftOf, 1)[0]! };
  const start = { rules, facts: { draft: facts }, startedAt: at } as never;
  const state: YearlyState = {
    stage: 'gathering',
    outcome: null,
    items: facts.items,
    overdue: false,
    version: 0,
    hash: null,
    unpublished: [],
  };
  const draft = { ...facts, items: facts.items.slice(1) };
  const act = { kind: 'publishDisclosure' as const, draft, bySchedule: true, at, receipt: 'r', by };
  expect(yearlyDisclosureMachine.act(start, state, act, {})).toEqual({ refused: 'disclosureDraftMoved' });
});

describe('sabotage: the property finds a machine that breaks its word', () => {
  const twin = (change: Partial<Yearly>): Yearly => ({ ...yearlyDisclosureMachine, ...change });
  it('publishes what is not whole for the body: told by what it lets through', () => {
    const machine = twin({
      act: (start, state, act, periods) =>
        yearlyDisclosureMachine.act(
          start,
          state,
          act.kind === 'publishDisclosure' ? { ...act, bySchedule: true } : act,
          periods,
        ),
    });
    // It says of itself that the Schedule did it.
    const whole = fc
      .sample(DraftOf, { numRuns: 50, seed: 7 })
      .find(({ items: all }) => all.some(({ state }) => state === 'missing'))!;
    const act = { kind: 'publishDisclosure' as const, draft: whole, bySchedule: false };
    const refuses = (of: Yearly) => {
      const facts = { draft: whole, part: 'operator', body: 'operator' };
      const start = { rules, facts, startedAt: at } as never;
      return isRefused(of.act(start, of.begin(start).state, { ...act, at, receipt: 'r', by } as never, {}));
    };
    expect([refuses(yearlyDisclosureMachine), refuses(machine)]).toEqual([true, false]);
  });
  it.each<[string, Yearly, string]>([
    [
      'leaves the missing items out of what it tells',
      twin({
        act: (start, state, act, periods) => {
          const step = yearlyDisclosureMachine.act(start, state, act, periods);
          return isRefused(step)
            ? step
            : {
                ...step,
                entries: step.entries.map((one) => ({ ...one, data: { ...one.data, missing: [] } })),
              };
        },
      }),
      'a missing item left out',
    ],
    ['waits for nobody', twin({ waitsFor: () => [] }), 'missing, and asked of nobody'],
    [
      'passes the last day over in silence',
      twin({
        ended: (start, state, period) => ({
          ...yearlyDisclosureMachine.ended(start, state, period),
          entries: [],
        }),
      }),
      'late, and told to nobody',
    ],
  ])('%s', (_name, machine, word) => {
    const found = new Set(
      fc
        .sample(fc.tuple(DraftOf, Acts), { numRuns: 600, seed: 7 })
        .flatMap(([draft, acts]) => play(machine, draft, acts)),
    );
    expect(found).toContain(word);
  });
});
