/** Refusing an act: told to the person who acted, the case goes on. */
import { ApplicationFailure } from '@temporalio/common';
import type { ClockReading, ClockRules } from '@gongshu/shared/clock/ledger';
import { type TurnAct, type TurnState, whyClosed, whyRefused } from '@gongshu/shared/clock/turn';

const refuse = (code: string): ApplicationFailure => ApplicationFailure.nonRetryable(code, code);

/** Synchronous, so that a validator may call it: throws the code for which a closed turn takes no act. */
export const mustBeOpen = (state: TurnState): void => {
  const code = whyClosed(state);
  if (code) throw refuse(code);
};

/** Throws the code for which the act does not count under the clock as it stands; returns that clock. */
export const mustCount = (
  rules: ClockRules,
  state: TurnState,
  clock: ClockReading | undefined,
  act: TurnAct,
): ClockReading => {
  mustBeOpen(state);
  if (!clock) throw refuse('clockNotReady');
  const code = whyRefused(rules, state, clock, act);
  if (code) throw refuse(code);
  return clock;
};
