// D1, X1, X2: whatever is ordered, lifted and done by hand, in whatever order and however often told.
import fc from 'fast-check';
import { byHand, heldBy, type Holds, liftedBy, noHolds, rests } from './holds.ts';
import { orderMove } from './supply-order.ts';

type Move = { kind: 'ordered' | 'lifted'; order: string } | { kind: 'hand'; suspended: boolean };
const orders = ['AQ-1/1', 'AQ-2/1', 'CJ-1/1'];
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('ordered' as const, 'lifted' as const),
    order: fc.constantFrom(...orders),
  }),
  fc.record({ kind: fc.constant('hand' as const), suspended: fc.boolean() }),
);
const moves = fc.array(move, { maxLength: 24 });

type Rules = { held: typeof heldBy; lifted: typeof liftedBy };
const ours: Rules = { held: heldBy, lifted: liftedBy };
const play = (list: readonly Move[], { held, lifted }: Rules): Holds =>
  list.reduce<Holds>((holds, one) => {
    if (one.kind === 'hand') return byHand(holds, one.suspended);
    return one.kind === 'ordered' ? held(holds, one.order) : lifted(holds, one.order);
  }, noHolds);

/** Said without the machinery: an order holds if it was told and never lifted; the hand counts by its last word. */
const mustRest = (list: readonly Move[]): boolean => {
  const told = (kind: Move['kind']) =>
    new Set(list.flatMap((one) => (one.kind === kind && 'order' in one ? [one.order] : [])));
  const hand = list.findLast((one) => one.kind === 'hand');
  const lifted = told('lifted');
  return (hand?.kind === 'hand' && hand.suspended) || [...told('ordered')].some((one) => !lifted.has(one));
};
const restsAsItMust = (rules: Rules) =>
  fc.property(moves, (list) => {
    expect(rests(play(list, rules))).toBe(mustRest(list));
  });

it('a thing rests while one order stands or a hand suspended it, and not a moment longer', () => {
  expect(() => fc.assert(restsAsItMust(ours), { numRuns: 1_000 })).not.toThrow();
});

it('told twice is told once', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const twice = list.flatMap((one) => [one, one]);
      expect(play(twice, ours)).toEqual(play(list, ours));
    }),
  );
});

describe('sabotage: without its guard each of these fails', () => {
  it.each([
    [
      'the first lifting lets go of all',
      { ...ours, lifted: (holds: Holds, order: string) => ({ ...liftedBy(holds, order), orders: [] }) },
    ],
    [
      'a lifting lifts what a hand did',
      { ...ours, lifted: (holds: Holds, order: string) => ({ ...liftedBy(holds, order), byHand: false }) },
    ],
    [
      'an order that comes after its lifting holds for ever',
      { ...ours, held: (holds: Holds, order: string) => heldBy({ ...holds, lifted: [] }, order) },
    ],
    ['a lifting is forgotten', { ...ours, lifted: (holds: Holds) => holds }],
  ])('%s', (_name, rules) => {
    expect(() => fc.assert(restsAsItMust(rules), { numRuns: 3_000, seed: 1 })).toThrow('Property failed');
  });
});

it('knows the events of orders, and no other', () => {
  expect(orderMove('sanction.applied.v1')).toBe('ordered');
  expect(orderMove('incident.restorationOrdered.v1')).toBe('lifted');
  expect(orderMove('incident.closed.v1')).toBeUndefined();
  expect(orderMove(undefined)).toBeUndefined();
});
