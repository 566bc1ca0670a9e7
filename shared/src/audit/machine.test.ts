// X5: whatever comes in whatever order, a finding that stands is closed by its acceptance alone, and never lost.
import fc from 'fast-check';
import { businessDateOf } from '../business-date.ts';
import type { FindingGrade } from '../packs/topics/audit.ts';
import { type Entry, type Given, isRefused, type Machine } from '../procedure/machine.ts';
import { auditMachine } from './machine.ts';
import { auditPeriod } from './period.ts';
import type { AuditRules } from './rules.ts';
import type { AuditAct, AuditFacts, AuditStart, AuditState } from './types.ts';

type Audits = Machine<AuditRules, AuditFacts, AuditState, AuditAct>;
const begunAt = Date.parse('2025-03-03T09:00:00+08:00');
const rests = { instrument: '某办法', article: '二十七' };
const silent = <V>(value: V) => ({ value, rests: null });
const begun: AuditStart = {
  ...{ procedure: 'audit', caseNo: '640500-SN-2025-000001', jurisdiction: 'zhongwei', packVersion: 'p' },
  ...{ jurisdictionTitle: '中卫市', authority: 'city-bureau', startedAt: begunAt, receipt: 'SJ-0' },
  by: { account: 'b', organisation: 'city-bureau', role: 'bureau' },
  rules: {
    kinds: { value: [{ kind: 'riskAssessment', by: 'authority', article: '二十七' }], rests },
    with: silent([]),
    of: silent(['operator']),
    reply: silent({ workingDays: 5 }),
    findingsLimit: silent({ workingDays: 40 }),
    settlingLimit: silent({ workingDays: 10 }),
    acceptanceLimit: { value: { workingDays: 4 }, rests },
    rectification: silent({
      high: { workingDays: 10 },
      medium: { workingDays: 20 },
      low: { workingDays: 40 },
    }),
    escalation: silent('government'),
  },
  facts: {
    ...{ audit: 'riskAssessment', operator: 'operator', from: '2024-01-01', until: '2024-12-31' },
    scheduled: true,
  },
};

type Move = { act: AuditAct; by: string } | { ends: number };
const bodies: Record<string, string> = { bureau: 'city-bureau', operator: 'operator', department: 'dept' };
const play = (machine: Audits, moves: readonly Move[], start = begun) => {
  let { state, entries } = machine.begin(start);
  let at = begunAt;
  const refused: string[] = [];
  for (const move of moves) {
    at += 3_600_000;
    if (state.outcome !== null) break;
    if ('ends' in move) {
      const periods = machine.periods(start, state);
      const period = periods[move.ends % Math.max(1, periods.length)];
      if (!period) continue;
      const reading = { key: period.key, lastDay: businessDateOf(at), at, provisional: false };
      const next = machine.ended(start, state, reading);
      expect(machine.periods(start, next.state).map(({ key }) => key)).not.toContain(period.key);
      [state, entries] = [next.state, [...entries, ...next.entries]];
      continue;
    }
    const role = move.by === 'department' ? 'sourceDepartment' : move.by;
    const by = { account: 'x', organisation: bodies[move.by] ?? null, role };
    const next = machine.act(start, state, { ...move.act, at, receipt: 'SJ-1', by } as Given<AuditAct>, {});
    if (isRefused(next)) refused.push(next.refused);
    else [state, entries] = [next.state, [...entries, ...next.entries]];
  }
  return { state, entries, refused };
};

const grades: FindingGrade[] = ['high', 'medium', 'low'];
const on = '2025-03-03';
const plan: Move = { by: 'bureau', act: { kind: 'planAudit', document: 'h', on, participants: [] } };
const carriedOut: Move = { by: 'bureau', act: { kind: 'carryOutAudit', document: 'h', on } };
const finding = (grade: FindingGrade, responsible: string, role: string) => ({ grade, responsible, role });
const found: Move = {
  by: 'bureau',
  act: {
    kind: 'recordFindings',
    findings: [finding('high', 'operator', 'operator'), finding('low', 'dept', 'sourceDepartment')],
  },
};

const no = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(1, 2) },
  { weight: 1, arbitrary: fc.constant(4) },
);
const by = fc.constantFrom('bureau', 'operator', 'department');
const act: fc.Arbitrary<AuditAct> = fc.oneof(
  fc.constant(plan.act as AuditAct),
  fc.constant(carriedOut.act as AuditAct),
  fc.array(fc.tuple(fc.constantFrom(...grades), fc.boolean()), { maxLength: 3 }).map((all) => ({
    kind: 'recordFindings' as const,
    findings: all.map(([grade, own]) =>
      own ? finding(grade, 'operator', 'operator') : finding(grade, 'dept', 'sourceDepartment'),
    ),
  })),
  fc.constant({ kind: 'replyToFindings' as const, document: 'h' }),
  fc
    .array(no, { maxLength: 2 })
    .map((dropped) => ({ kind: 'settleFindings' as const, dropped, reasonCodes: [] })),
  no.map((n) => ({ kind: 'rectifyFinding' as const, finding: n, document: 'h' })),
  no.map((n) => ({ kind: 'acceptRectification' as const, finding: n })),
  no.map((n) => ({ kind: 'returnRectification' as const, finding: n, reasonCodes: ['x'] })),
  fc.constant({ kind: 'withdrawAudit' as const }),
);
const moves = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(act, by).map(([one, who]): Move => ({ act: one, by: who })) },
    { weight: 1, arbitrary: fc.nat({ max: 5 }).map((ends): Move => ({ ends })) },
  ),
  { maxLength: 40 },
);

const kindsOf = (entries: readonly Entry[], kind: string) => entries.filter((one) => one.kind === kind);
const holds = (machine: Audits): void =>
  fc.assert(
    fc.property(moves, fc.boolean(), (more, unanswered) => {
      const before = [plan, carriedOut, found, ...(unanswered ? [{ ends: 0 }] : [])];
      const { state, entries } = play(machine, [...before, ...more]);
      const [stood] = kindsOf(entries, 'findingsStand');
      const standing = (stood?.data['standing'] as { no: number }[] | undefined) ?? [];
      const accepted = kindsOf(entries, 'rectificationAccepted').map(({ data }) => data['finding']);
      // Closed: each that stood was accepted, once; open: some was not.
      expect(new Set(accepted).size).toBe(accepted.length);
      if (state.outcome === 'closed')
        expect(new Set(accepted)).toEqual(new Set(standing.map((one) => one.no)));
      else if (stood) expect(accepted.length).toBeLessThan(standing.length);
      // Nobody but who answers for it puts it right.
      for (const { data } of kindsOf(entries, 'rectified'))
        expect(data['responsible']).toBe(data['finding'] === 1 ? 'operator' : 'dept');
      // Once late, late to the end.
      for (const { data } of kindsOf(entries, 'escalated'))
        expect(state.findings.find((one) => one.no === data['finding'])?.overIn).not.toBeNull();
    }),
    { numRuns: 400 },
  );

describe('findings are put right, each by who answers for it, and closed by acceptance alone', () => {
  it('whatever comes in whatever order', () => expect(() => holds(auditMachine)).not.toThrow());

  it('sabotage: one that closes with the first accepted, and one that lets anybody put right, are caught', () => {
    const hasty: Audits = {
      ...auditMachine,
      act: (of, state, given, periods) => {
        const next = auditMachine.act(of, state, given, periods);
        return !isRefused(next) && given.kind === 'acceptRectification'
          ? { ...next, state: { ...next.state, stage: 'done', outcome: 'closed' } }
          : next;
      },
    };
    const open: Audits = {
      ...auditMachine,
      act: (of, state, given, periods) => {
        const asked = 'finding' in given ? state.findings.find((one) => one.no === given.finding) : undefined;
        const as = given.kind === 'rectifyFinding' && asked ? asked.responsible : given.by.organisation;
        const next = auditMachine.act(
          of,
          state,
          { ...given, by: { ...given.by, organisation: as } },
          periods,
        );
        if (isRefused(next) || given.kind !== 'rectifyFinding') return next;
        const entries = next.entries.map((one) => ({
          ...one,
          data: { ...one.data, responsible: given.by.organisation },
        }));
        return { ...next, entries };
      },
    };
    expect(() => holds(hasty)).toThrow('Property failed');
    expect(() => holds(open)).toThrow('Property failed');
  });

  it('its limit passed before the timer fired, a rectification is told as late, and goes up first', () => {
    const { state } = play(auditMachine, [plan, carriedOut, found, { ends: 0 }]);
    const at = begunAt + 30 * 86_400_000;
    const readings = {
      'finding/1/0': { key: 'finding/1/0', lastDay: '2025-03-17', at: at - 1, provisional: false },
    };
    const given = { kind: 'rectifyFinding', finding: 1, document: 'h', at, receipt: 'SJ-9' } as const;
    const who = { account: 'o', organisation: 'operator', role: 'operator' };
    const next = auditMachine.act(begun, state, { ...given, by: who }, readings);
    if (isRefused(next)) throw new Error(next.refused);
    expect(next.entries.map(({ kind, data }) => [kind, data['late']])).toEqual([
      ['escalated', true],
      ['rectified', true],
    ]);
  });
});

describe('what the bureau owes has a limit too; past it, it is told and nothing is settled or accepted by silence', () => {
  const replied: Move = { by: 'operator', act: { kind: 'replyToFindings', document: 'h' } };
  const settled: Move = { by: 'bureau', act: { kind: 'settleFindings', dropped: [], reasonCodes: [] } };
  const rectified: Move = { by: 'operator', act: { kind: 'rectifyFinding', finding: 1, document: 'h' } };
  const accept: Move = { by: 'bureau', act: { kind: 'acceptRectification', finding: 1 } };
  const back: Move = {
    by: 'bureau',
    act: { kind: 'returnRectification', finding: 1, reasonCodes: ['x'] },
  };
  const settling = [plan, carriedOut, found, replied];
  const stands = [...settling, settled];
  const keys = ({ state }: { state: AuditState }, start = begun) =>
    auditMachine.periods(start, state).map(({ key }) => key);
  const waits = ({ state }: { state: AuditState }, start = begun) => auditMachine.waitsFor(start, state)[0];

  it('settling: from the reply', () => {
    const { state } = play(auditMachine, settling);
    expect(auditMachine.periods(begun, state)).toMatchObject([
      { key: 'settling', from: state.repliedAt, limit: { workingDays: 10 } },
    ]);
    expect(waits({ state })).toMatchObject({ act: 'settleFindings', role: 'bureau', period: 'settling' });
    const late = play(auditMachine, [...settling, { ends: 0 }]);
    expect(late.entries.at(-1)).toMatchObject({ kind: 'overdue', data: { step: 'settling' } });
    expect([late.state.stage, late.state.overdue, keys(late)]).toEqual(['settling', true, []]);
    expect(waits(late)).toMatchObject({ act: 'settleFindings', overdue: true });
    const done = play(auditMachine, [...settling, { ends: 0 }, settled]);
    expect([done.state.stage, done.state.overdue]).toEqual(['rectifying', false]);
  });

  it('acceptance: from each report, anew after a return', () => {
    const reported = play(auditMachine, [...stands, rectified]);
    expect(keys(reported)).toEqual(['acceptance/1/0', 'finding/2/0']);
    const wait = (one: typeof reported) =>
      auditMachine.waitsFor(begun, one.state).find(({ act: what }) => what === 'acceptRectification');
    expect(wait(reported)).toMatchObject({ role: 'bureau', period: 'acceptance/1/0' });
    const late = play(auditMachine, [...stands, rectified, { ends: 0 }]);
    expect(late.entries.at(-1)).toMatchObject({ kind: 'overdue', data: { step: 'acceptance/1' }, rests });
    expect(late.state.findings[0]).toMatchObject({ state: 'reported', acceptanceOver: true, overIn: null });
    expect([keys(late), wait(late)]).toEqual([['finding/2/0'], expect.objectContaining({ overdue: true })]);
    const again = play(auditMachine, [...stands, rectified, { ends: 0 }, back, rectified]);
    expect(keys(again)).toEqual(['acceptance/1/1', 'finding/2/0']);
    const done = play(auditMachine, [...stands, rectified, { ends: 0 }, accept]);
    expect([done.refused, keys(done)]).toEqual([[], ['finding/2/0']]);
  });

  it('a case opened before such rules has none', () => {
    const { settlingLimit: _s, acceptanceLimit: _a, ...older } = begun.rules;
    const start = { ...begun, rules: older };
    const replying = play(auditMachine, settling, start);
    expect([keys(replying, start), waits(replying, start)]).toEqual([
      [],
      { act: 'settleFindings', role: 'bureau' },
    ]);
    expect(keys(play(auditMachine, [...stands, rectified], start), start)).toEqual(['finding/2/0']);
  });

  it('a body that assesses itself does not settle what was found of it', () => {
    const kinds = {
      value: [{ kind: 'riskAssessment' as const, by: 'operator' as const, article: '二十七' }],
      rests,
    };
    const own = { ...begun, rules: { ...begun.rules, kinds } };
    const by = (one: Move): Move => ({ ...one, by: 'operator' });
    const mine = [by(plan), by(carriedOut), by(found), replied];
    expect(play(auditMachine, [...mine, by(settled)], own).refused).toEqual(['notTheDecider']);
    expect(play(auditMachine, [...mine, settled], own).refused).toEqual([]);
  });
});

describe('periods follow one another from the first day of the mandate', () => {
  it.each([
    ['2024-04-01', 12, '2024-04-01', '2024-04-01', '2025-03-31'],
    ['2024-04-01', 12, '2025-03-31', '2024-04-01', '2025-03-31'],
    ['2024-04-01', 12, '2025-04-01', '2025-04-01', '2026-03-31'],
    ['2024-02-29', 12, '2025-03-01', '2025-02-28', '2026-02-27'],
    ['2024-01-31', 6, '2024-07-31', '2024-07-31', '2025-01-30'],
    ['2024-04-01', 12, '2023-01-01', '2024-04-01', '2025-03-31'],
  ])('from %s, every %i months, on %s: %s to %s', (first, months, day, from, until) => {
    expect(auditPeriod(first, months, day)).toMatchObject({ from, until });
  });
});
