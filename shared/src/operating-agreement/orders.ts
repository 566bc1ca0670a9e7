/** Orders that rest an operator's agreement (X1, X2; decision 0031), beside suspension by hand. */
import { heldBy, type Holds, liftedBy, noHolds, rests } from '../holds.ts';
import { entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { mandateData, rested } from './standing.ts';
import type { ActOf, AgreementStart, AgreementState } from './types.ts';

type Result = Step<AgreementState> | Refused;

const holdsOf = ({ holds, stage }: AgreementState): Holds =>
  holds ?? { ...noHolds, byHand: stage === 'suspended' };

/** `terminates`: the sanction ends the mandate; the bureau ends it here, on a ground of these rules. */
export const suspendByOrder = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'suspendByOrder'>,
): Result => {
  const { suspendable, suspensionRests } = start.rules;
  const { order, ground } = act;
  // A text that knows the end of a mandate and no suspension of it (乌海 八（六）): the end alone is opened.
  if (!suspendable)
    return act.terminates
      ? step({ ...state, terminateFor: order }, entryOf('terminationOrdered', act, { order, ground }))
      : refuse('suspensionNotInPack');
  const before = holdsOf(state);
  const holds = heldBy(before, act.order);
  if (holds === before) return step(state);
  const next = { ...state, holds, ...(act.terminates && { terminateFor: order }) };
  if (state.stage === 'suspended') return step(next, entryOf('heldByOrder', act, { order, ground }));
  return step(
    { ...next, stage: 'suspended' },
    entryOf(
      'suspended',
      act,
      { ...mandateData(start, state), reasonCodes: [ground], document: null, order },
      rested(suspensionRests),
    ),
  );
};

export const restoreByOrder = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'restoreByOrder'>,
): Result => {
  const { order } = act;
  const before = holdsOf(state);
  const holds = liftedBy(before, order);
  const { terminateFor, ...without } = state;
  const next: AgreementState = { ...(terminateFor === order ? without : state), holds };
  if (!before.orders.includes(order)) return step(next);
  if (rests(holds) || state.stage !== 'suspended')
    return step(next, entryOf('orderLifted', act, { order, left: holds.orders.length }));
  return step(
    { ...next, stage: 'inForce' },
    entryOf(
      'restored',
      act,
      { ...mandateData(start, state), document: null, order },
      rested(start.rules.suspensionRests),
    ),
  );
};
