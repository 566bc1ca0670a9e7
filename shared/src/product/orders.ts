/** Orders that take a listed product out of use (D1, X1, X2): beside suspension by hand, and never lifting that. */
import { byHand, heldBy, type Holds, liftedBy, noHolds, rests } from '../holds.ts';
import { entryOf, refuse, step } from '../procedure/machine.ts';
import { restore } from './list-steps.ts';
import { type Answer, beforeList, facts, type Of, type Start, stepOn } from './steps.ts';
import type { EgressState } from './types.ts';

/** Why it rests; without orders it can only have been a hand. */
export const holdsOf = ({ holds, stage, held }: EgressState): Holds =>
  holds ?? { ...noHolds, byHand: stage === 'suspended' || held };

/** What is not on the list yet is told again when it comes onto it; until then there is nothing to suspend. */
export const suspendByOrder = (start: Start, state: EgressState, act: Of<'suspendByOrder'>): Answer => {
  if (beforeList.includes(state.stage)) return step(state);
  const before = holdsOf(state);
  const holds = heldBy(before, act.order);
  if (holds === before) return step(state);
  const { order, ground } = act;
  if (state.stage === 'suspended')
    return step({ ...state, holds }, entryOf('heldByOrder', act, { ...facts(start), order, ground }));
  return step(
    {
      ...stepOn(state, 'suspended', act.at),
      ...{ holds, before: state.stage === 'released' ? 'released' : 'listed' },
    },
    entryOf('suspended', act, { ...facts(start), ground, document: null, order }),
  );
};

/** Back to where it was once nothing holds it any more. */
export const restoreByOrder = (start: Start, state: EgressState, act: Of<'restoreByOrder'>): Answer => {
  const before = holdsOf(state);
  const holds = liftedBy(before, act.order);
  const next = { ...state, holds };
  if (!before.orders.includes(act.order)) return step(next);
  if (rests(holds))
    return step(
      next,
      entryOf('orderLifted', act, { ...facts(start), order: act.order, left: holds.orders.length }),
    );
  if (state.stage !== 'suspended')
    return step(
      { ...next, held: false },
      entryOf('orderLifted', act, { ...facts(start), order: act.order, left: 0 }),
    );
  return restore(start, next, { ...act, document: null }, act.order);
};

/** By hand, on a risk; what orders alone hold may be suspended by hand beside them. */
export const suspend = (start: Start, state: EgressState, act: Of<'suspendProduct'>): Answer => {
  const before = holdsOf(state);
  if (before.byHand) return refuse('stepNotReached', { stage: state.stage });
  const { ground, document } = act;
  const entry = entryOf('suspended', act, { ...facts(start), ground, document });
  const holds = state.holds && { holds: byHand(state.holds, true) };
  if (state.stage === 'suspended') return step({ ...state, ...holds }, entry);
  return step(
    {
      ...stepOn(state, 'suspended', act.at),
      ...{ ...holds, before: state.stage === 'released' ? ('released' as const) : ('listed' as const) },
    },
    entry,
  );
};

/** By hand, once rectified; what an order holds, who made the order lifts. */
export const restoreByHand = (start: Start, state: EgressState, act: Of<'restoreProduct'>): Answer => {
  const { orders, byHand: hand } = holdsOf(state);
  const [order] = orders;
  if (order === undefined) return restore(start, state, act);
  if (!hand) return refuse('heldByOrder', { order });
  return step<EgressState>(
    { ...state, holds: byHand(holdsOf(state), false) },
    entryOf('suspensionLifted', act, { ...facts(start), document: act.document, left: orders.length }),
  );
};
