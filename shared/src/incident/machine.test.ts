// X2, D1: an incident goes from step to step whatever comes, and twins that show that each guard is needed.
import fc from 'fast-check';
import { businessDateOf, toInstantText } from '../business-date.ts';
import { eventTypes, isEventType } from '../events.ts';
import { noScope } from '../holds.ts';
import { type Entry, isRefused, type Machine } from '../procedure/machine.ts';
import type { ToldOfIncident } from '../packs/topics/incident.ts';
import { incidentMachine } from './machine.ts';
import { openOrders } from './orders.ts';
import type { FrozenIncidentRules } from './rules.ts';
import type { IncidentAct, IncidentFacts, IncidentStart, IncidentState } from './types.ts';

const hash = (n: number) => `sha256:${String(n).repeat(64)}`;
const base = Date.parse('2026-03-02T10:00:00+08:00');
const hour = 3_600_000;
const rests = { instrument: '某办法', article: '十（六）' };
const grades = <V>(extraordinary: V, general: V) => ({
  ...{ extraordinary, major: extraordinary, larger: general, general },
});
const rules: FrozenIncidentRules = {
  actAtOnce: { value: { by: 'operator' }, rests },
  measuresHours: { value: grades(1, 8), rests },
  reportTo: { value: ['authority', 'cyberspaceOffice', 'police'], rests },
  reportHours: { value: grades(2, 24), rests },
  suspension: { value: grades<'must' | 'may'>('must', 'may'), rests },
  suspendedBy: { value: 'authority', rests: null },
  restoredBy: { value: 'authority', rests: null },
  rectificationLimit: { value: { workingDays: 15 }, rests },
  reviewLimit: { value: { workingDays: 10 }, rests: null },
  handlingLimit: { value: { workingDays: 5 }, rests },
  acceptanceLimit: { value: { workingDays: 4 }, rests },
  restorationLimit: { value: { workingDays: 3 }, rests },
};
const scope = { ...noScope, resources: ['640500-ZY-1'] };
const begun = (change: Partial<IncidentFacts> = {}): IncidentStart => ({
  ...{ procedure: 'incident', caseNo: 'AQ-1', jurisdiction: 'x', jurisdictionTitle: 'X' },
  ...{ authority: 'bureau', packVersion: 'v', rules, startedAt: base, receipt: 'SJ-0' },
  facts: {
    ...{ declarer: 'operator', declarerRole: 'operator', severity: 'general', class: 'leak' },
    ...{ knownAt: base - hour, scope, operator: 'operator', plan: 'YA-1' },
    ...change,
  },
  by: { account: 'a', organisation: 'operator', role: 'operator' },
});

type Move = { act: IncidentAct; role?: string; after?: number };
type Ours = Machine<FrozenIncidentRules, IncidentFacts, IncidentState, IncidentAct>;
const ruled = (act: IncidentAct): string =>
  ['recordMeasures', 'reportIncident', 'reportRectification', 'reviewIncident'].includes(act.kind)
    ? 'operator'
    : 'bureau';

/** Plays moves; refusals are told and change nothing. */
const play = (
  start: IncidentStart,
  list: readonly Move[],
  machine: Ours = incidentMachine,
  look: (state: IncidentState, entries: readonly Entry[]) => void = () => {},
) => {
  let { state, entries } = machine.begin(start);
  const refused: string[] = [];
  let now = base;
  look(state, entries);
  list.forEach(({ act, role = ruled(act), after = 1 }, n) => {
    now += after * 60_000;
    if (state.outcome !== null) return;
    const by = { account: 'a', organisation: role, role };
    const next = machine.act(start, state, { ...act, at: now, receipt: `SJ-${n + 1}`, by }, {});
    if (isRefused(next)) refused.push(next.refused);
    else {
      state = next.state;
      entries = [...entries, ...next.entries];
      look(state, entries);
    }
  });
  return { state, refused, kinds: entries.map(({ kind }) => kind), entries };
};

/** Every entry is held to the schema of its event. */
const mustBeEvents = (entries: readonly Entry[]): void => {
  for (const { kind, at, data } of entries) {
    const type = `incident.${kind}.v1`;
    if (!isEventType(type)) throw new Error(`no event ${type}`);
    const told = { caseNo: 'AQ-1', packVersion: 'v', at: toInstantText(at), ...data };
    expect(eventTypes[type].schema.strict().safeParse(told).error).toBeUndefined();
  }
};

const measures: Move = { act: { kind: 'recordMeasures', codes: ['cutOff'], document: null } };
const told = (to: ToldOfIncident, on = base): Move => ({
  act: { kind: 'reportIncident', to, document: hash(1), on },
});
const reports = [told('authority'), told('cyberspaceOffice'), told('police')];
const suspend: Move = { act: { kind: 'orderSuspension', scope, document: null } };
const order: Move = { act: { kind: 'orderRectification', findings: ['weakPassword'], document: hash(2) } };
const rectified: Move = { act: { kind: 'reportRectification', document: hash(3) } };
const accept: Move = { act: { kind: 'acceptRectification', document: null } };
const back: Move = { act: { kind: 'returnRectification', reasonCodes: ['notEnough'], document: null } };
const restore = (...orders: string[]): Move => ({
  act: { kind: 'orderRestoration', orders, document: hash(4) },
});
const review: Move = { act: { kind: 'reviewIncident', causes: ['human'], document: hash(5) } };
const dismiss: Move = { act: { kind: 'dismissIncident', reasonCodes: ['test'], document: hash(6) } };

it('counts as late the reports whose documents are, whatever was told overdue meanwhile', () => {
  const hoursLater = (hours: number, to: Parameters<typeof told>[0]): Move => ({
    ...told(to, base + hours * 3_600_000),
    after: 60 * 1_000,
  });
  const list = [
    measures,
    hoursLater(900, 'authority'),
    hoursLater(0, 'cyberspaceOffice'),
    hoursLater(900, 'police'),
  ];
  const { entries } = play(begun(), [...list, suspend, order, rectified, accept, restore('AQ-1/1'), review]);
  expect(entries.at(-1)).toMatchObject({ kind: 'closed', data: { lateReports: 2 } });
});

// 朔州 十（五）2, 个人信息保护法 57: it is enough that it may touch them.
it('persons whom it may touch are told in the hours of a report, known from the start or found since; before, nothing closes', () => {
  const personsTold = { value: 'whereItMayTouchThem' as const, rests };
  const start = { ...begun(), rules: { ...rules, personsTold } };
  const asked = (one: IncidentStart, state: IncidentState): boolean =>
    incidentMachine.periods(one, state).some(({ key }) => key === 'report/personsConcerned');
  const known = { ...start, facts: { ...start.facts, personsConcerned: true as const } };
  const whole = [measures, ...reports, suspend, order, rectified, accept, restore('AQ-1/1'), review];
  const open = play(known, whole);
  expect([asked(known, open.state), open.state.outcome]).toEqual([true, null]);
  const closed = play(known, [...whole, told('personsConcerned')]);
  expect([closed.refused, closed.state.outcome]).toEqual([[], 'closed']);
  expect(closed.entries.find(({ data }) => data['to'] === 'personsConcerned')?.rests).toEqual(rests);

  const found: Move = { act: { kind: 'gradeIncident', severity: 'general', personsConcerned: true } };
  const before = play(start, [measures]);
  expect(asked(start, before.state)).toBe(false);
  const after = play(start, [measures, found]);
  expect([asked(start, after.state), after.kinds.at(-1), after.kinds.includes('graded')]).toEqual([
    ...[true, 'personsFound', false],
  ]);
  const graver: Move = { act: { kind: 'gradeIncident', severity: 'major', personsConcerned: true } };
  const both = play(start, [measures, graver]);
  expect(both.kinds.slice(-2)).toEqual(['graded', 'personsFound']);
  mustBeEvents(both.entries);
  expect(play(start, [measures, found, found]).refused).toEqual(['severityUnchanged']);
  // A case of before the rule stood in the packs asks for nothing more.
  const older = { ...known, rules };
  expect(asked(older, play(older, [measures]).state)).toBe(false);
  expect(play(older, [measures, told('personsConcerned')]).refused).toEqual(['reportNotInPack']);
});

it.each([
  [
    'suspended, put right, restored, looked back on',
    [measures, ...reports, suspend, order, rectified, back, rectified, accept, restore('AQ-1/1'), review],
    'declared measured reported reported reported suspensionOrdered rectificationOrdered rectified rectificationReturned rectified rectificationAccepted restorationOrdered reviewed closed',
  ],
  [
    'two orders, lifted one by one',
    [
      measures,
      ...reports,
      suspend,
      suspend,
      order,
      rectified,
      accept,
      restore('AQ-1/2'),
      restore('AQ-1/1'),
      review,
    ],
    'declared measured reported reported reported suspensionOrdered suspensionOrdered rectificationOrdered rectified rectificationAccepted restorationOrdered restorationOrdered reviewed closed',
  ],
  [
    'looked back on before the last report: closed by that',
    [measures, order, rectified, accept, review, ...reports],
    'declared measured rectificationOrdered rectified rectificationAccepted reviewed reported reported reported closed',
  ],
  [
    'a false alarm lifts what was ordered',
    [suspend, suspend, dismiss],
    'declared suspensionOrdered suspensionOrdered restorationOrdered restorationOrdered dismissed',
  ],
] as const)('%s', (_name, moves, story) => {
  const { state, refused, kinds, entries } = play(begun(), moves);
  mustBeEvents(entries);
  expect({ refused, kinds }).toEqual({ refused: [], kinds: story.split(' ') });
  expect(openOrders(state)).toEqual([]);
  expect(incidentMachine.waitsFor(begun(), state)).toEqual([]);
});

it.each([
  ['rectification before any measure', begun(), [order], 'measuresMissing'],
  ['at this severity without an order', begun({ severity: 'major' }), [measures, order], 'suspensionMissing'],
  [
    'an order that reaches nothing',
    begun(),
    [{ act: { ...suspend.act, scope: noScope } } as Move],
    'orderReachesNothing',
  ],
  [
    'an order by whom it does not fall to',
    begun(),
    [{ ...suspend, role: 'sourceDepartment' }],
    'notTheDecider',
  ],
  [
    'restoration before rectification (中卫 27)',
    begun(),
    [measures, suspend, order, restore('AQ-1/1')],
    'stepNotReached',
  ],
  [
    'restoration of another incident’s order',
    begun(),
    [measures, suspend, order, rectified, accept, restore('AQ-2/1')],
    'orderNotStanding',
  ],
  ['a report twice', begun(), [told('police'), told('police')], 'reportedBefore'],
  ['a report before the discovery', begun(), [told('police', base - 2 * hour)], 'instantOutside'],
  ['a report from tomorrow', begun(), [told('police', base + 24 * hour)], 'instantOutside'],
  [
    'the grade it has',
    begun(),
    [{ act: { kind: 'gradeIncident', severity: 'general' } }],
    'severityUnchanged',
  ],
  [
    'a false alarm once it was put right',
    begun(),
    [measures, order, rectified, accept, dismiss],
    'stepNotReached',
  ],
] as const)('%s is refused', (_name, start, moves, code) => {
  expect(play(start, moves).refused).toContain(code);
});

it('a grave one declared by whom it falls to orders at once; by anybody else it waits for the bureau', () => {
  const mine = begun({ severity: 'major', declarer: 'bureau', declarerRole: 'bureau' });
  expect(play(mine, []).kinds).toEqual(['declared', 'suspensionOrdered']);
  const theirs = begun({ severity: 'major' });
  const { state, kinds } = play(theirs, []);
  expect(kinds).toEqual(['declared']);
  expect(incidentMachine.waitsFor(theirs, state)).toContainEqual({ act: 'orderSuspension', role: 'bureau' });
});

it('hours run from the discovery, by the grade it has now; overdue is told once each and stays told', () => {
  const start = begun();
  const { state } = play(start, [measures]);
  const hours = (one: IncidentState) =>
    incidentMachine
      .periods(start, one)
      .filter(({ limit }) => 'hours' in limit)
      .map(({ key, from, limit }) => [key, (from - base) / hour, 'hours' in limit && limit.hours]);
  expect(hours(state)).toEqual([
    ['report/authority', -1, 24],
    ['report/cyberspaceOffice', -1, 24],
    ['report/police', -1, 24],
  ]);
  const graver = play(start, [measures, { act: { kind: 'gradeIncident', severity: 'major' } }]).state;
  expect(hours(graver)[0]).toEqual(['report/authority', -1, 2]);
  const at = base + hour;
  const ended = incidentMachine.ended(start, graver, {
    ...{ key: 'report/police', at, lastDay: businessDateOf(at), provisional: false },
  });
  expect(ended.entries).toMatchObject([{ kind: 'overdue', data: { step: 'report/police' } }]);
  expect(hours(ended.state).map(([key]) => key)).toEqual(['report/authority', 'report/cyberspaceOffice']);
  expect(incidentMachine.waitsFor(start, ended.state)).toContainEqual({
    ...{ act: 'reportIncident', role: 'operator', body: 'operator', overdue: true },
  });
  const by = start.by;
  const late = incidentMachine.act(
    start,
    ended.state,
    { ...told('police', at + 1).act, at: at + 2, receipt: 'SJ', by } as never,
    {},
  );
  expect(isRefused(late) ? late : late.entries).toMatchObject([{ kind: 'reported', data: { late: true } }]);
});

describe('every step of the bureau has a limit; past it, it is told and nothing is done by silence', () => {
  const steps: [string, Move[], string, string, number][] = [
    ['order of rectification', [measures], 'handling', 'orderRectification', 5],
    ['acceptance', [measures, suspend, order, rectified], 'acceptance', 'acceptRectification', 4],
    ['restoration', [measures, suspend, order, rectified, accept], 'restoration', 'orderRestoration', 3],
  ];
  it.each(steps)('%s', (_name, moves, stage, act, workingDays) => {
    const start = begun();
    const { state } = play(start, [...reports, ...moves]);
    const key = `${stage}/${state.since}`;
    expect(incidentMachine.periods(start, state)).toMatchObject([{ key, limit: { workingDays } }]);
    expect(incidentMachine.waitsFor(start, state)).toContainEqual(
      expect.objectContaining({ act, period: key }),
    );
    const at = base + 200 * hour;
    const ended = incidentMachine.ended(start, state, {
      ...{ key, at, lastDay: businessDateOf(at), provisional: false },
    });
    mustBeEvents(ended.entries);
    expect(ended.entries).toMatchObject([{ kind: 'overdue', data: { step: stage }, rests }]);
    expect(ended.state).toEqual({ ...state, overdue: true });
    expect(incidentMachine.periods(start, ended.state)).toEqual([]);
    expect(incidentMachine.waitsFor(start, ended.state)).toContainEqual(
      expect.objectContaining({ act, overdue: true }),
    );
  });
  it.each(steps)('%s: a case opened before such a rule has none', (_name, moves, _stage, act) => {
    const { handlingLimit: _h, acceptanceLimit: _a, restorationLimit: _r, ...older } = rules;
    const start = { ...begun(), rules: older };
    const { state } = play(start, [...reports, ...moves]);
    expect(incidentMachine.periods(start, state)).toEqual([]);
    const [waits] = incidentMachine.waitsFor(start, state).filter((one) => one.act === act);
    expect(waits).toEqual({ act, role: 'bureau' });
  });
  it('a late act ends it all the same, and the next step has its own days', () => {
    const start = begun();
    const { state } = play(start, [...reports, measures, suspend, order, rectified]);
    const next = incidentMachine.act(
      start,
      { ...state, overdue: true },
      { ...accept.act, at: base + 400 * hour, receipt: 'SJ', by: { ...start.by, role: 'bureau' } },
      {},
    );
    expect(isRefused(next) || next.state).toMatchObject({ stage: 'restoration', overdue: false });
  });
});

describe('an order that the grade asks for has its hours, from the declaration or the graver grade', () => {
  const hours = { extraordinary: 1, major: 2, larger: 8, general: 24 };
  const timed: FrozenIncidentRules = {
    ...rules,
    suspensionHours: { value: hours, rests },
    graverGrade: { value: 'orderedOrConfirmed', rests },
    suspensionOverdueTo: { value: ['authority', 'government'], rests },
  };
  const declared = (change: Partial<IncidentFacts> = {}): IncidentStart => ({
    ...begun(change),
    rules: timed,
  });
  const grade = (severity: IncidentFacts['severity']): Move => ({ act: { kind: 'gradeIncident', severity } });
  const confirm: Move = { act: { kind: 'confirmSuspension', reasonCodes: ['suffices'], document: hash(7) } };
  const clock = (start: IncidentStart, state: IncidentState) =>
    incidentMachine
      .periods(start, state)
      .filter(({ key }) => key.startsWith('suspension/'))
      .map(({ key, from, limit }) => [key, (from - base) / 60_000, 'hours' in limit && limit.hours]);
  const asked = (start: IncidentStart, state: IncidentState) =>
    incidentMachine
      .waitsFor(start, state)
      .filter(({ act, optional }) => /Suspension$/.test(act) && !optional)
      .map(({ act, role, period, overdue }) => [act, role, overdue ? 'overdue' : period]);
  const mine = { declarer: 'bureau', declarerRole: 'bureau' };

  it.each<[string, IncidentStart, Move[], unknown[], string[]]>([
    [
      'declared grave by another: from the declaration',
      declared({ severity: 'major' }),
      [],
      [[`suspension/${base}`, 0, 2]],
      ['orderSuspension'],
    ],
    ['declared by whom it falls to: ordered with it', declared({ severity: 'major', ...mine }), [], [], []],
    ['a grade that binds nobody', declared(), [measures, grade('larger')], [], []],
    ['ordered', declared({ severity: 'major' }), [suspend], [], []],
    [
      'graded higher, nothing ordered: from that grade',
      declared(),
      [measures, grade('major')],
      [[`suspension/${base + 2 * 60_000}`, 2, 2]],
      ['orderSuspension'],
    ],
    [
      'graded higher while an order stands: ordered further, or found to suffice',
      declared(),
      [suspend, grade('major')],
      [[`suspension/${base + 2 * 60_000}`, 2, 2]],
      ['orderSuspension', 'confirmSuspension'],
    ],
    [
      'higher still before it was done: the hours that run count on',
      declared(),
      [suspend, grade('major'), grade('extraordinary')],
      [[`suspension/${base + 2 * 60_000}`, 2, 1]],
      ['orderSuspension', 'confirmSuspension'],
    ],
    ['a further order', declared(), [suspend, grade('major'), suspend], [], []],
    ['found to suffice', declared(), [suspend, grade('major'), confirm], [], []],
    ['graded down again', declared(), [suspend, grade('major'), grade('general')], [], []],
    [
      'down and up again: a minute of the hours is used, the minute between is not',
      declared(),
      [suspend, grade('major'), grade('general'), grade('major')],
      [[`suspension/${base + 3 * 60_000}`, 3, 2]],
      ['orderSuspension', 'confirmSuspension'],
    ],
    [
      'down, down and up to the gravest: as much',
      declared({ severity: 'major' }),
      [grade('larger'), grade('general'), grade('extraordinary')],
      [[`suspension/${base + 2 * 60_000}`, 2, 1]],
      ['orderSuspension'],
    ],
    [
      'ordered while graded down: graded up again it is asked anew',
      declared({ severity: 'major' }),
      [grade('general'), suspend, grade('major')],
      [[`suspension/${base + 3 * 60_000}`, 3, 2]],
      ['orderSuspension', 'confirmSuspension'],
    ],
    [
      'graded down to a grade that binds too',
      declared({ severity: 'extraordinary', ...mine }),
      [grade('major')],
      [],
      [],
    ],
  ])('%s', (_name, start, list, runs, acts) => {
    const { state, refused, entries } = play(start, list);
    mustBeEvents(entries);
    expect([refused, clock(start, state)]).toEqual([[], runs]);
    const period = (runs[0] as [string] | undefined)?.[0];
    expect(asked(start, state)).toEqual(acts.map((act) => [act, 'bureau', period]));
    expect(clock({ ...start, rules }, play({ ...start, rules }, list).state)).toEqual([]); // a case of before
  });

  it.each<[string, IncidentStart, Move[], string[]]>([
    ['nothing asks for it', declared(), [suspend, confirm], ['suspensionNotAsked']],
    ['no order stands that could suffice', declared({ severity: 'major' }), [confirm], ['suspensionMissing']],
    [
      'by whom it does not fall to',
      declared(),
      [suspend, grade('major'), { ...confirm, role: 'operator' }],
      ['notTheDecider'],
    ],
    [
      'rectification is not ordered before it',
      declared(),
      [measures, suspend, grade('major'), order],
      ['suspensionUnconfirmed'],
    ],
    [
      'nor accepted before it',
      declared(),
      [measures, suspend, order, rectified, grade('major'), accept],
      ['suspensionUnconfirmed'],
    ],
    [
      'nor accepted where nothing was suspended at all',
      declared(),
      [measures, order, grade('major'), rectified, accept],
      ['suspensionMissing'],
    ],
  ])('%s: refused', (_name, start, list, codes) => {
    expect(play(start, list).refused).toEqual(codes);
  });

  it('past its hours it is told to whom the pack names, stays to be done, and nothing is suspended', () => {
    const start = declared();
    const { state } = play(start, [suspend, grade('major')]);
    const key = `suspension/${state.suspension?.since}`;
    const at = base + 3 * hour;
    const ended = incidentMachine.ended(start, state, {
      ...{ key, at, lastDay: businessDateOf(at), provisional: false },
    });
    mustBeEvents(ended.entries);
    expect(ended.entries).toMatchObject([
      { kind: 'suspensionOverdue', data: { severity: 'major', standing: 1, government: true }, rests },
    ]);
    expect(ended.state.orders).toEqual(state.orders);
    expect(clock(start, ended.state)).toEqual([]);
    expect(asked(start, ended.state)).toEqual([
      ['orderSuspension', 'bureau', 'overdue'],
      ['confirmSuspension', 'bureau', 'overdue'],
    ]);
    const own = { ...timed, suspensionOverdueTo: { value: ['authority' as const], rests } };
    const told = incidentMachine.ended({ ...start, rules: own }, state, {
      ...{ key, at, lastDay: businessDateOf(at), provisional: false },
    });
    expect(told.entries).toMatchObject([{ data: { government: false } }]);
    const late = incidentMachine.act(
      start,
      ended.state,
      { ...confirm.act, at: at + 1, receipt: 'SJ', by: { ...start.by, role: 'bureau' } },
      {},
    );
    expect(isRefused(late) || late.entries).toMatchObject([
      { kind: 'suspensionConfirmed', data: { orders: ['AQ-1/1'], severity: 'major', late: true } },
    ]);
  });

  /** However often it is graded down and up, no binding grade gives more than its hours; those that passed stay passed. */
  const hoursOnce = (machine: Ours) =>
    fc.property(
      fc.array(fc.constantFrom<IncidentFacts['severity'][]>('major', 'general', 'larger'), { maxLength: 12 }),
      (grades) => {
        const start = declared({ severity: 'major' });
        let binding = 0;
        let state = machine.begin(start).state;
        let at = base;
        for (const severity of grades) {
          if (severity === state.severity) continue;
          if (state.severity === 'major') binding += hour / 4;
          at += hour / 4;
          const next = machine.act(
            start,
            state,
            { kind: 'gradeIncident', severity, at, receipt: 'SJ', by: { ...start.by, role: 'bureau' } },
            {},
          );
          if (isRefused(next)) throw new Error(next.refused);
          ({ state } = next);
        }
        if (state.severity === 'major') expect(at - state.suspension!.since).toBe(binding);
      },
    );
  it('graded down and up the hours do not begin anew; and sabotage: a grade that forgets them is found', () => {
    expect(() => fc.assert(hoursOnce(incidentMachine), { numRuns: 1_000, seed: 1 })).not.toThrow();
    const forgetting: Ours = {
      ...incidentMachine,
      act: (start, { stopped: _gone, ...state }, act, periods) =>
        incidentMachine.act(start, state, act, periods),
    };
    expect(() => fc.assert(hoursOnce(forgetting), { numRuns: 1_000, seed: 1 })).toThrow('Property failed');
  });
  it('hours that had passed stay passed', () => {
    const start = declared({ severity: 'major' });
    const { state } = play(start, []);
    const overdue = { ...state, suspension: { since: base, overdue: true } };
    const graded = [grade('general'), grade('major')].reduce<IncidentState>((now, { act }, n) => {
      const by = { ...start.by, role: 'bureau' as const };
      const next = incidentMachine.act(
        start,
        now,
        { ...act, at: base + (3 + n) * hour, receipt: 'SJ', by },
        {},
      );
      if (isRefused(next)) throw new Error(next.refused);
      return next.state;
    }, overdue);
    expect(clock(start, graded)).toEqual([]);
    expect(asked(start, graded)).toEqual([['orderSuspension', 'bureau', 'overdue']]);
  });

  /** At a binding grade nothing is accepted that was not suspended, or found suspended enough, since the last graver grade. */
  const neverAcceptedUnasked = (machine: Ours) =>
    fc.property(
      fc.array(
        fc.oneof(
          ...[measures, suspend, confirm, order, rectified, accept, back].map((one) => fc.constant(one)),
          fc.constantFrom('extraordinary', 'major', 'general').map((one) => grade(one as 'major')),
        ),
        { maxLength: 30 },
      ),
      (list) => {
        const { entries } = play(declared(), [measures, order, ...list], machine);
        const accepted = entries.findIndex(({ kind }) => kind === 'rectificationAccepted');
        if (accepted < 0) return;
        const before = entries.slice(0, accepted);
        const last = before.findLastIndex(({ kind }) => kind === 'graded');
        if (last < 0 || before[last]!.data['to'] !== 'major' || before[last]!.data['from'] !== 'general')
          return;
        const since = before.slice(last).map(({ kind }) => kind);
        expect(since.some((kind) => kind === 'suspensionOrdered' || kind === 'suspensionConfirmed')).toBe(
          true,
        );
      },
    );
  it('in any interleaving; and sabotage: a grade that asks for nothing is found', () => {
    expect(() => fc.assert(neverAcceptedUnasked(incidentMachine), { numRuns: 2_000, seed: 1 })).not.toThrow();
    const deaf: Ours = {
      ...incidentMachine,
      act: (start, state, act, periods) =>
        incidentMachine.act(act.kind === 'gradeIncident' ? { ...start, rules } : start, state, act, periods),
    };
    expect(() => fc.assert(neverAcceptedUnasked(deaf), { numRuns: 5_000, seed: 1 })).toThrow(
      'Property failed',
    );
  });
});

type How = { numRuns: number; seed?: number };
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  ...[measures, ...reports, suspend, order, rectified, accept, back, review, dismiss].map((one) =>
    fc.constant(one),
  ),
  fc.constant(order),
  fc.constant(rectified),
  fc.constant(accept),
  fc.subarray(['AQ-1/1', 'AQ-1/2', 'AQ-1/3', 'AQ-2/1'], { minLength: 1 }).map((orders) => restore(...orders)),
  fc
    .constantFrom('major', 'general')
    .map((severity): Move => ({ act: { kind: 'gradeIncident', severity: severity as 'major' } })),
);
const moves = fc.array(anyMove, { maxLength: 40 });
const severities = fc.constantFrom('major' as const, 'general' as const);

const neverRestoredUnmended = (machine: Ours) =>
  fc.property(severities, moves, (severity, list) => {
    play(begun({ severity }), list, machine, (_state, entries) => {
      const kinds = entries.map(({ kind }) => kind);
      const restored = kinds.indexOf('restorationOrdered');
      if (restored < 0 || kinds.includes('dismissed')) return;
      expect(kinds.slice(0, restored)).toContain('rectificationAccepted');
    });
  });
const neverLeftSuspended = (machine: Ours) =>
  fc.property(severities, moves, (severity, list) => {
    const { state, entries } = play(begun({ severity }), list, machine);
    const ids = (kind: string) =>
      entries.filter((one) => one.kind === kind).map(({ data }) => String(data['order']));
    const lifted = ids('restorationOrdered');
    expect(lifted).toEqual([...new Set(lifted)]);
    expect(lifted.filter((one) => !ids('suspensionOrdered').includes(one))).toEqual([]);
    if (state.outcome !== null) expect(lifted.toSorted()).toEqual(ids('suspensionOrdered').toSorted());
  });
const neverClosedUntold = (machine: Ours) =>
  fc.property(severities, moves, (severity, list) => {
    const { state } = play(begun({ severity }), list, machine);
    if (state.outcome !== 'closed') return;
    expect(state.reported.map(({ to }) => to).toSorted()).toEqual(
      rules.reportTo.value.toSorted() as string[],
    );
    expect(state.reviewed).toBe(true);
  });
const neverMendedWhileSupplied = (machine: Ours) =>
  fc.property(moves, (list) => {
    play(begun({ severity: 'major' }), list, machine, ({ severity, stage, orders }) => {
      if (stage === 'rectification' && severity === 'major') expect(orders.length).toBeGreaterThan(0);
    });
  });

describe('any interleaving', () => {
  it.each([
    [
      'supply is restored only after the rectification was accepted, or on a false alarm',
      neverRestoredUnmended,
    ],
    ['what it ordered is lifted once each, all of it by its end, and nothing else', neverLeftSuspended],
    ['it is not closed before everybody was told and it was looked back on', neverClosedUntold],
  ])('%s', (_name, property) => {
    expect(() => fc.assert(property(incidentMachine), { numRuns: 400 })).not.toThrow();
  });
});

describe('sabotage: without its guard each of these fails', () => {
  const twin = (change: Partial<Ours>): Ours => ({ ...incidentMachine, ...change });
  const hasty = twin({
    act: (start, state, act, periods) =>
      incidentMachine.act(
        start,
        act.kind === 'orderRestoration' ? { ...state, stage: 'restoration' } : state,
        act,
        periods,
      ),
  });
  const forgetful = twin({
    act: (start, state, act, periods) => {
      const next = incidentMachine.act(start, state, act, periods);
      return act.kind === 'dismissIncident' && !isRefused(next)
        ? { ...next, entries: next.entries.filter(({ kind }) => kind === 'dismissed') }
        : next;
    },
  });
  const mute = twin({
    act: (start, state, act, periods) => {
      const next = incidentMachine.act(start, state, act, periods);
      return act.kind === 'reviewIncident' && !isRefused(next)
        ? { ...next, state: { ...next.state, stage: 'done', outcome: 'closed' } }
        : next;
    },
  });
  const lenient = twin({
    act: (start, state, act, periods) =>
      incidentMachine.act(
        {
          ...start,
          rules: {
            ...rules,
            suspension: { ...rules.suspension, value: grades<'must' | 'may'>('may', 'may') },
          },
        },
        state,
        act,
        periods,
      ),
  });
  it.each([
    [
      'restoration asks for no rectification',
      (one: Ours, how: How) => fc.assert(neverRestoredUnmended(one), how),
      hasty,
    ],
    [
      'a false alarm forgets its orders',
      (one: Ours, how: How) => fc.assert(neverLeftSuspended(one), how),
      forgetful,
    ],
    [
      'it closes with the review alone',
      (one: Ours, how: How) => fc.assert(neverClosedUntold(one), how),
      mute,
    ],
    [
      'the grade binds nobody',
      (one: Ours, how: How) => fc.assert(neverMendedWhileSupplied(one), how),
      lenient,
    ],
  ])('%s', (_name, fails, machine) => {
    expect(() => fails(machine, { numRuns: 5_000, seed: 1 })).toThrow('Property failed');
  });
  it('and with it: rectification waits for the order that the grade asks for, unless it was graded down', () => {
    const withoutOrder: string[] = [];
    const graded = fc.property(moves, (list) => {
      const steady = list.filter(({ act }) => act.kind !== 'gradeIncident');
      play(begun({ severity: 'major' }), steady, incidentMachine, ({ stage, orders }) => {
        if (stage === 'rectification' && orders.length === 0) withoutOrder.push(stage);
      });
      return withoutOrder.length === 0;
    });
    expect(() => fc.assert(graded, { numRuns: 400 })).not.toThrow();
  });
});
