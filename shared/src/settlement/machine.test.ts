import { isEventType, eventTypes } from '../events.ts';
import { type Given, isRefused, type ProcedureStart } from '../procedure/machine.ts';
import type { SettlementRules } from '../pricing/rules.ts';
import {
  type SettlementAct,
  type SettlementFacts,
  settlementMachine,
  type SettlementState,
} from './machine.ts';
import type { SettlementFigures } from './types.ts';

const hash = (n: number) => `sha256:${String(n).repeat(64)}`;
const rests = { instrument: '某办法', article: '九（三）' };
const figures = (change: Partial<SettlementFigures> = {}): SettlementFigures => ({
  ...{ hash: hash(1), revenueFen: 100, revenueByKind: {}, permittedFen: 90, permittedBy: 'ZS-1' },
  ...{ withinCapFen: 90, excessFen: 10, consumedFen: 0, carriedFen: 10, acceptedCostFen: 50, netCostFen: 50 },
  ...{ taxFen: 0, resourceFeeRate: '0.03', resourceFeeFen: 3, surplusFen: 37, terms: 'FP-1' },
  shares: [
    { party: 'operator', kind: 'operator', factor: '1', fen: 37 },
    { party: 'dept', kind: 'sourceDepartment', factor: '0', fen: 0 },
  ],
  ...change,
});
const rules = {
  ...{ sharing: { rests }, excess: { rests }, resourceFee: { rests: null } },
  settlementLimit: { value: { workingDays: 20 }, rests: null },
} as unknown as SettlementRules;
const begun = (
  given = figures(),
  financeBody: string | null = 'finance',
): ProcedureStart<SettlementRules, SettlementFacts> => ({
  ...{ procedure: 'settlement', caseNo: 'JS-1', jurisdiction: 'wuhai', jurisdictionTitle: '乌海市' },
  ...{ authority: 'bureau', packVersion: '1', rules, startedAt: 0, receipt: 'r' },
  facts: { operator: 'operator', year: 2025, financeBody, endedOn: null, figures: given },
  by: { account: 'a', organisation: 'operator', role: 'operator' },
});

/** Plays acts; a refusal ends the play. Every entry is held to the schema of its event. */
const play = (start: ReturnType<typeof begun>, ...acts: SettlementAct[]) => {
  const first = settlementMachine.begin(start);
  let state: SettlementState = first.state;
  const entries = [...first.entries];
  let refused: string | undefined;
  acts.forEach((act, n) => {
    if (refused) return;
    const given = {
      ...act,
      at: 86_400_000 * (n + 1),
      receipt: `r-${n}`,
      by: start.by,
    } as Given<SettlementAct>;
    const next = settlementMachine.act(start, state, given, {});
    if (isRefused(next)) refused = next.refused;
    else {
      state = next.state;
      entries.push(...next.entries);
    }
  });
  for (const { kind, data } of entries) {
    const type = `settlement.${kind}.v1`;
    if (!isEventType(type)) throw new Error(`no event ${type}`);
    const told = { caseNo: 'JS-1', packVersion: '1', at: '2026-01-05T09:00:00+08:00', ...data };
    expect(eventTypes[type].schema.strict().safeParse(told).error).toBeUndefined();
  }
  return { state, refused, kinds: entries.map(({ kind }) => kind) };
};
const mine: SettlementAct = { kind: 'confirmSettlementAsOperator', figures: hash(1) };
const theirs: SettlementAct = { kind: 'confirmSettlement', figures: hash(1) };
const back = (side: 'operator' | 'finance'): SettlementAct => ({
  ...{ kind: 'returnSettlement', side, figures: hash(1), reasonCodes: ['costMissing'] },
});
const anew = (n: number): SettlementAct => ({
  kind: 'refreezeSettlement',
  figures: figures({ hash: hash(n) }),
});
const paid = (change: object): SettlementAct => ({
  ...{
    kind: 'paySettlement',
    what: 'share',
    party: 'operator',
    fen: 37,
    paidOn: '1970-01-02',
    document: hash(9),
  },
  ...change,
});
const fee = { what: 'resourceFee', party: null, fen: 3 };

it.each([
  [
    'paid in any order it closes',
    [mine, theirs, paid({}), paid(fee)],
    'opened operatorConfirmed confirmed paid paid closed',
  ],
  ['returned by the operator', [back('operator'), anew(2)], 'opened returned refrozen'],
  [
    'returned by the finance office',
    [mine, back('finance'), anew(2)],
    'opened operatorConfirmed returned refrozen',
  ],
] as const)('%s', (_name, acts, story) => {
  const played = play(begun(), ...acts);
  expect(played).toMatchObject({ refused: undefined, kinds: story.split(' ') });
});

it.each([
  ['the finance office before the operator', [theirs], 'stepNotReached'],
  ['figures that do not stand', [{ ...mine, figures: hash(2) }], 'settlementFiguresMoved'],
  ['a return by whose turn it is not', [back('finance')], 'stepNotReached'],
  ['figures that nobody changed', [back('operator'), anew(1)], 'settlementUnchanged'],
  ['a payment before the figures stand', [mine, paid({})], 'stepNotReached'],
  ['another amount', [mine, theirs, paid({ fen: 36 })], 'paymentDiffers'],
  ['a share of nought', [mine, theirs, paid({ party: 'dept', fen: 1 })], 'paymentNotDue'],
  ['a share that was paid', [mine, theirs, paid({}), paid({})], 'paymentNotDue'],
  ['a day ahead', [mine, theirs, paid({ paidOn: '1980-01-01' })], 'dateOutside'],
] as const)('%s is refused', (_name, acts, code) => {
  expect(play(begun(), ...(acts as readonly SettlementAct[])).refused).toBe(code);
});

it('where nothing is to be paid it closes as it is confirmed', () => {
  const none = begun(figures({ resourceFeeFen: 0, surplusFen: 0, shares: [] }));
  expect(play(none, mine, theirs)).toMatchObject({ state: { stage: 'done', outcome: 'closed' } });
});

it('waits for the finance office, in its stead for the bureau, and is overdue once', () => {
  for (const [body, waits] of [
    ['finance', { role: 'finance', body: 'finance' }],
    [null, { role: 'bureau' }],
  ] as const) {
    const start = begun(figures(), body);
    const { state } = play(start, mine);
    expect(settlementMachine.waitsFor(start, state)[0]).toMatchObject({ act: 'confirmSettlement', ...waits });
    const [period] = settlementMachine.periods(start, state);
    const ended = settlementMachine.ended(start, state, {
      ...period!,
      lastDay: '2026-02-02',
      at: 1,
      provisional: false,
    });
    expect(ended.entries).toMatchObject([{ kind: 'overdue', data: { step: 'financeConfirmation' } }]);
    expect(settlementMachine.periods(start, ended.state)).toEqual([]);
    expect(settlementMachine.words(ended.state)).toContain('逾期');
  }
});
