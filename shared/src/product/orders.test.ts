// D1, X1, X2: a listed product and an agreement rest while one order or a hand holds them, whatever the order of acts.
import fc from 'fast-check';
import { agreementMachine } from '../operating-agreement/machine.ts';
import type { AgreementStart, AgreementState } from '../operating-agreement/types.ts';
import { isRefused, type Machine } from '../procedure/machine.ts';
import { egressMachine } from './machine.ts';
import type { EgressState } from './types.ts';

type Act = { kind: string } & Record<string, unknown>;
type Rested = { stage: string; outcome: string | null };
type Any = Machine<never, never, Rested, Act>;
const by = { account: 'a', organisation: 'bureau', role: 'bureau' };
const start = {
  ...{ caseNo: 'C-1', authority: 'bureau', jurisdiction: 'x' },
  facts: { product: 'CP-1', version: 1, operator: 'operator' },
  rules: { suspendable: true, suspensionRests: null, rests: {} },
} as never;
const kinds = {
  product: {
    machine: egressMachine as unknown as Any,
    state: {
      stage: 'released',
      outcome: null,
      held: false,
      before: null,
      wasListed: true,
    } as unknown as EgressState,
    running: 'released',
    hand: (suspends: boolean): Act =>
      suspends
        ? { kind: 'suspendProduct', ground: 'leakRisk', document: 'h' }
        : { kind: 'restoreProduct', document: 'h' },
  },
  agreement: {
    machine: agreementMachine as unknown as Any,
    state: {
      ...{ stage: 'inForce', outcome: null, signedOn: '2024-01-01', lastDay: '2029-01-01' },
      ...{ inForceAt: 0, signatures: [], amendment: null, terms: { mandate: {} } },
    } as unknown as AgreementState,
    running: 'inForce',
    hand: (suspends: boolean): Act =>
      suspends
        ? { kind: 'suspendAgreement', reasonCodes: ['x'], document: 'h' }
        : { kind: 'restoreAgreement', document: 'h' },
  },
} as const;

type Move = { hand: boolean } | { order: string; lifted: boolean };
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ hand: fc.boolean() }),
  fc.record({ order: fc.constantFrom('AQ-1/1', 'CJ-1/1'), lifted: fc.boolean() }),
);
const moves = fc.array(move, { maxLength: 20 });

/** Plays moves; tells what the thing did and what was really refused. */
const play = (kind: keyof typeof kinds, list: readonly Move[], machine: Any = kinds[kind].machine) => {
  let state = kinds[kind].state as unknown as Rested;
  const refused: string[] = [];
  const told: string[] = [];
  let hand = false;
  const standing = new Set<string>();
  const over = new Set<string>();
  list.forEach((one, n) => {
    const act: Act =
      'hand' in one
        ? kinds[kind].hand(one.hand)
        : {
            ...{ kind: one.lifted ? 'restoreByOrder' : 'suspendByOrder', order: one.order },
            ...{ ground: 'securityIncident', terminates: false },
          };
    const next = machine.act(start, state as never, { ...act, at: n, receipt: `r-${n}`, by } as never, {});
    if (isRefused(next)) refused.push(next.refused);
    else {
      ({ state } = next);
      told.push(...next.entries.map(({ kind: entry }) => entry));
      if ('hand' in one) hand = one.hand;
    }
    if ('hand' in one) return;
    if (one.lifted) {
      over.add(one.order);
      standing.delete(one.order);
    } else if (!over.has(one.order)) standing.add(one.order);
  });
  return { state, refused, told, mustRest: hand || standing.size > 0 };
};

const restsAsItMust = (kind: keyof typeof kinds, machine?: Any) =>
  fc.property(moves, (list) => {
    const { state, mustRest } = play(kind, list, machine);
    expect(state.stage).toBe(mustRest ? 'suspended' : kinds[kind].running);
  });

describe.each(['product', 'agreement'] as const)('%s', (kind) => {
  it('rests as long as an order or a hand holds it, and comes back to where it was', () => {
    expect(() => fc.assert(restsAsItMust(kind), { numRuns: 1_000 })).not.toThrow();
  });

  it('a hand does not lift what an order holds, nor an order what a hand did', () => {
    const order = { order: 'AQ-1/1', lifted: false };
    const lift = { order: 'AQ-1/1', lifted: true };
    expect(play(kind, [order, { hand: false }])).toMatchObject({
      ...{ refused: ['heldByOrder'], told: ['suspended'] },
    });
    expect(play(kind, [{ hand: true }, order, lift])).toMatchObject({
      ...{ state: { stage: 'suspended' }, told: ['suspended', 'heldByOrder', 'orderLifted'] },
    });
    expect(play(kind, [order, { hand: true }, { hand: false }, lift]).told).toEqual([
      ...['suspended', 'suspended', 'suspensionLifted', 'restored'],
    ]);
  });

  it('sabotage: an order that lifts by hand’s way lets go of what another holds', () => {
    const { machine } = kinds[kind];
    const hasty: Any = {
      ...machine,
      act: (given, state, act, periods) => {
        const next = machine.act(given, state, act, periods);
        return act.kind === 'restoreByOrder' && !isRefused(next)
          ? { ...next, state: { ...next.state, stage: kinds[kind].running } }
          : next;
      },
    };
    expect(() => fc.assert(restsAsItMust(kind, hasty), { numRuns: 3_000, seed: 1 })).toThrow(
      'Property failed',
    );
  });
});

it('an agreement that a sanction ends waits for the bureau to terminate it, until the order is lifted', () => {
  const agreement = start as AgreementStart;
  const { state } = kinds.agreement;
  const act = { kind: 'suspendByOrder', order: 'CJ-1/1', ground: 'lawBroken', terminates: true } as const;
  const next = agreementMachine.act(agreement, state, { ...act, at: 1, receipt: 'r', by }, {});
  if (isRefused(next)) throw new Error(next.refused);
  const waits = (one: AgreementState) =>
    agreementMachine.waitsFor(agreement, { ...one, filing: null } as never);
  expect(waits(next.state)).toContainEqual({ act: 'terminateAgreement', role: 'bureau' });
  const lifted = agreementMachine.act(
    agreement,
    next.state,
    { kind: 'restoreByOrder', order: 'CJ-1/1', at: 2, receipt: 'r2', by },
    {},
  );
  if (isRefused(lifted)) throw new Error(lifted.refused);
  expect(waits(lifted.state)).not.toContainEqual({ act: 'terminateAgreement', role: 'bureau' });
});

it('where the rules know no suspension of an agreement, an order finds none', () => {
  const without = { ...(start as object), rules: { suspendable: false } } as unknown as AgreementStart;
  const act = { kind: 'suspendByOrder', order: 'CJ-1/1', ground: 'lawBroken', terminates: false } as const;
  expect(
    agreementMachine.act(without, kinds.agreement.state, { ...act, at: 1, receipt: 'r', by }, {}),
  ).toEqual({
    refused: 'suspensionNotInPack',
  });
});
