// O5–O9, O12: whatever comes in whatever order, and twins that show that each guard is needed.
import fc from 'fast-check';
import { businessDateOf, endOfDay } from '../business-date.ts';
import { isRefused, type Machine, type Periods } from '../procedure/machine.ts';
import { agreementMachine } from './machine.ts';
import { type Mandate, mandatesOverlap, whyNoMandate } from './overlap.ts';
import type { AgreementRules } from './rules.ts';
import { partiesOf } from './standing.ts';
import type {
  AgreementAct,
  AgreementFacts,
  AgreementStart,
  AgreementState,
  AgreementVersion,
} from './types.ts';

const hash = (digit: string): string => `sha256:${digit.repeat(64)}`;
const at = Date.parse('2024-03-01T09:00:00+08:00');
const day = 86_400_000;

const rules: AgreementRules = {
  ...{ renewalWindow: { from: { monthsBefore: 6 }, until: { monthsBefore: 3 } }, renewalMaterial: 'none' },
  ...{ handOver: ['keysRevoked', 'recordsHandedOver'], runningGrantsOnExit: 'passToSuccessor' },
  ...{ contentsRest: null, termRests: null, termConfirmed: true, termSetByRests: null },
  ...{ consulted: true, consultationRests: null, coSigned: true, filing: null },
  renewal: { outcomes: ['renewed', 'reauthorised', 'ended'], rests: null },
  ...{ windowRests: null, materialRests: null, exitRests: null, handOverRests: null },
  exit: [
    { ground: 'earlyRequest', kind: 'voluntary', rests: null },
    { ground: 'breach', kind: 'involuntary', rests: null },
  ],
  ...{ suspendable: true, suspensionRests: null },
};
const version = (document: string, change: Partial<AgreementVersion> = {}): AgreementVersion => ({
  ...{ version: 1, content: hash('c'), document, termMonths: 12, ground: null },
  mandate: { mode: 'whole', fields: [], scenarios: [] },
  ...{ coSignatories: ['dept-1'], termSetters: ['dept-2'] },
  ...change,
});
const facts: AgreementFacts = {
  ...{ origin: 'selection', selection: 'LX-1', predecessor: null, plan: 'FA-1', operator: 'operator' },
  ...{ terms: version(hash('1')), broughtIn: null },
};
const start: AgreementStart = {
  ...{ procedure: 'operatingAgreement', caseNo: 'YY-1', jurisdiction: 'x', jurisdictionTitle: 'X' },
  ...{ authority: 'bureau', packVersion: 'v', rules, facts, startedAt: at, receipt: null },
  by: { account: 'a', organisation: 'bureau', role: 'bureau' },
};

const documents = [hash('1'), hash('2'), hash('3')];
const bodies = ['bureau', 'operator', 'dept-1', 'dept-2', 'stranger'];
type Move = { act: AgreementAct; body: string; wait: number };
const actOf: fc.Arbitrary<AgreementAct> = fc.oneof(
  fc.record({
    kind: fc.constant('reviseAgreement' as const),
    terms: fc.constantFrom(...documents).map((one) => version(one)),
  }),
  fc.record({ kind: fc.constant('signOperatingAgreement' as const), hash: fc.constantFrom(...documents) }),
  fc.record({ kind: fc.constant('signOperatingAgreement' as const), hash: fc.constant(hash('1')) }),
  fc.constant({ kind: 'recordConsultation', on: '2024-03-01', document: hash('d') } as const),
  fc.constant({ kind: 'confirmTerm', months: 12 } as const),
  fc.record({
    kind: fc.constant('proposeAmendment' as const),
    terms: fc.constantFrom(...documents).map((one) => version(one, { version: 2 })),
    differences: fc.constant<string[]>(['title']),
  }),
  fc.constant({ kind: 'withdrawAmendment' } as const),
  fc.constant({ kind: 'suspendAgreement', reasonCodes: [], document: hash('d') } as AgreementAct),
  fc.constant({ kind: 'restoreAgreement', document: hash('d') } as const),
  fc.constant({
    kind: 'terminateAgreement',
    ground: 'breach',
    document: hash('d'),
    evaluation: null,
  } as const),
  fc.constant({ kind: 'requestExit', ground: 'earlyRequest', document: hash('d') } as const),
  fc.constant({
    kind: 'decideExit',
    outcome: 'approve',
    document: hash('d'),
    reasonCodes: [],
  } as AgreementAct),
  fc.record({
    kind: fc.constant('handOverItem' as const),
    item: fc.constantFrom('keysRevoked' as const, 'recordsHandedOver' as const),
    document: fc.constant(hash('e')),
  }),
  fc.constant({ kind: 'succeedAgreement', successor: 'YY-2', origin: 'renewal' } as const),
);
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ act: actOf, body: fc.constantFrom(...bodies), wait: fc.integer({ min: 0, max: 90 }) }),
  { maxLength: 40 },
);

type Ours = Machine<AgreementRules, AgreementFacts, AgreementState, AgreementAct>;
type Seen = {
  state: AgreementState;
  signed: Map<string, Set<string>>;
  ticked: Set<string>;
  expired: boolean;
};

/** Plays moves from a state where signing is open, and shows every state with what was really signed and ticked. */
const play = (machine: Ours, list: readonly Move[], look: (seen: Seen) => void, ready = true): void => {
  let { state } = machine.begin(start);
  if (ready)
    state = {
      ...state,
      stage: 'signing',
      consultation: { on: '2024-03-01', document: hash('d') },
      confirmed: ['dept-2'],
    };
  let now = at;
  const seen = { signed: new Map<string, Set<string>>(), ticked: new Set<string>(), expired: false };
  for (const { act, body, wait } of list) {
    now += wait * day;
    const term = state.lastDay === null ? null : endOfDay(state.lastDay);
    const running = state.stage === 'inForce' || state.stage === 'suspended';
    if (running && term !== null && now >= term) {
      state = machine.ended(start, state, {
        key: 'term',
        at: term,
        lastDay: state.lastDay,
        provisional: false,
      }).state;
      seen.expired = true;
      look({ state, ...seen });
    }
    const periods: Periods = {};
    const by = { account: body, organisation: body, role: 'x' };
    const next = machine.act(start, state, { ...act, at: now, receipt: `SJ-${now}`, by }, periods);
    if (isRefused(next)) continue;
    if (act.kind === 'signOperatingAgreement')
      seen.signed.set(act.hash, (seen.signed.get(act.hash) ?? new Set()).add(body));
    if (act.kind === 'reviseAgreement' || act.kind === 'proposeAmendment')
      seen.signed = new Map([[state.terms.document, seen.signed.get(state.terms.document) ?? new Set()]]);
    if (act.kind === 'reviseAgreement') seen.signed.delete(act.terms.document);
    if (act.kind === 'handOverItem') seen.ticked.add(act.item);
    state = next.state;
    look({ state, ...seen });
    if (state.outcome !== null) return;
  }
};

const bound: readonly AgreementState['stage'][] = ['inForce', 'suspended', 'handOver'];
const neverUnsigned = (machine: Ours) =>
  fc.property(moves, (list) => {
    play(machine, list, ({ state, signed }) => {
      if (!bound.includes(state.stage)) return;
      const by = signed.get(state.terms.document) ?? new Set();
      expect(partiesOf(start, state.terms).filter((party) => !by.has(party))).toEqual([]);
    });
  });
const neverWithoutHandOver = (machine: Ours) =>
  fc.property(moves, (list) => {
    // Both sign first, so that there is something to leave.
    const sign = ['bureau', 'operator', 'dept-1'].map((body) => ({
      ...{ act: { kind: 'signOperatingAgreement', hash: hash('1') } as const, body, wait: 0 },
    }));
    play(machine, [...sign, ...list], ({ state, ticked }) => {
      if (!['expired', 'exited', 'terminated'].includes(state.outcome ?? '')) return;
      expect([...ticked].toSorted()).toEqual([...rules.handOver].toSorted());
    });
  });

describe('any interleaving', () => {
  it('never in force without every signature over the same text', () => {
    expect(() => fc.assert(neverUnsigned(agreementMachine), { numRuns: 400 })).not.toThrow();
  });

  it('never closed without the whole hand-over, unless the next agreement has followed', () => {
    expect(() => fc.assert(neverWithoutHandOver(agreementMachine), { numRuns: 400 })).not.toThrow();
  });

  it('never signed before it was consulted on and its term was set', () => {
    const property = fc.property(moves, (list) => {
      play(
        agreementMachine,
        list,
        ({ state }) => {
          const ready = state.consultation !== null && state.confirmed.includes('dept-2');
          expect(state.signatures.length === 0 || state.outcome === 'withdrawn' || ready).toBe(true);
        },
        false,
      );
    });
    expect(() => fc.assert(property, { numRuns: 400 })).not.toThrow();
  });
});

describe('sabotage: without its guard each of these fails', () => {
  const twin = (act: Ours['act']): Ours => ({ ...agreementMachine, act });
  it('signatures that outlive a revision put an unsigned text in force', () => {
    const blind = twin((given, state, act, periods) => {
      const next = agreementMachine.act(given, state, act, periods);
      return act.kind === 'reviseAgreement' && !isRefused(next)
        ? { ...next, state: { ...next.state, signatures: state.signatures } }
        : next;
    });
    expect(() => fc.assert(neverUnsigned(blind), { numRuns: 3_000, seed: 1 })).toThrow('Property failed');
  });

  it('a hash that is not compared puts a text in force that somebody never saw', () => {
    const blind = twin((given, state, act, periods) =>
      agreementMachine.act(
        given,
        state,
        act.kind === 'signOperatingAgreement'
          ? { ...act, hash: (state.amendment?.terms ?? state.terms).document }
          : act,
        periods,
      ),
    );
    expect(() => fc.assert(neverUnsigned(blind), { numRuns: 3_000, seed: 1 })).toThrow('Property failed');
  });

  it('a list that closes with its first item lets data stay behind', () => {
    const hasty = twin((given, state, act, periods) => {
      const next = agreementMachine.act(given, state, act, periods);
      return act.kind === 'handOverItem' && !isRefused(next)
        ? { ...next, state: { ...next.state, stage: 'done', outcome: 'terminated' } }
        : next;
    });
    expect(() => fc.assert(neverWithoutHandOver(hasty), { numRuns: 3_000, seed: 1 })).toThrow(
      'Property failed',
    );
  });
});

describe('mandates beside one another (O12)', () => {
  const codes = fc.uniqueArray(fc.constantFrom('transport', 'health', 'credit', 'energy'), { maxLength: 3 });
  const mandate: fc.Arbitrary<Mandate> = fc.oneof(
    fc.constant<Mandate>({ mode: 'whole', fields: [], scenarios: [] }),
    codes.map((fields): Mandate => ({ mode: 'byField', fields, scenarios: [] })),
    codes.map((scenarios): Mandate => ({ mode: 'byScenario', fields: [], scenarios })),
  );
  const asked = fc.array(fc.record({ mandate, ends: fc.boolean() }), { maxLength: 30 });
  const law = {
    allowed: ['whole', 'byField', 'byScenario'] as Mandate['mode'][],
    combined: true,
    atMost: 'none' as const,
  };
  const neverTwo = (may: typeof whyNoMandate) =>
    fc.property(asked, (list) => {
      let standing: (Mandate & { agreement: string })[] = [];
      for (const [index, { mandate: one, ends }] of list.entries()) {
        if (ends) standing = standing.slice(1);
        if (!may(law, one, standing)) standing = [...standing, { ...one, agreement: `YY-${index}` }];
        const pairs = standing.flatMap((a, n) => standing.slice(n + 1).map((b) => mandatesOverlap(a, b)));
        expect(pairs).not.toContain(true);
      }
    });
  it('never two that overlap, however they are asked for', () => {
    expect(() => fc.assert(neverTwo(whyNoMandate), { numRuns: 300 })).not.toThrow();
  });
  it('sabotage: asked of the newest alone, two overlap', () => {
    const blind: typeof whyNoMandate = (rulesOf, one, others) => whyNoMandate(rulesOf, one, others.slice(-1));
    expect(() => fc.assert(neverTwo(blind), { numRuns: 3_000, seed: 1 })).toThrow('Property failed');
  });
});

it('the term ends on the corresponding day of the last signature, by the day in Asia/Shanghai', () => {
  const late = Date.parse('2024-03-01T23:59:59+08:00');
  let { state } = agreementMachine.begin({
    ...start,
    rules: { ...rules, consulted: false, termConfirmed: false },
  });
  for (const body of ['bureau', 'operator', 'dept-1']) {
    const by = { account: body, organisation: body, role: 'x' };
    const next = agreementMachine.act(
      start,
      state,
      { kind: 'signOperatingAgreement', hash: hash('1'), at: late, receipt: body, by },
      {},
    );
    if (isRefused(next)) throw new Error(next.refused);
    ({ state } = next);
  }
  expect(state).toMatchObject({ stage: 'inForce', signedOn: businessDateOf(late), lastDay: '2025-03-01' });
});
