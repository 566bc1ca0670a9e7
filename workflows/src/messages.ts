/** All that clients may import of the workflows: the messages and their shapes. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { signalNames, updateNames } from '@gongshu/shared/application/messages';
import type { Delivered, Succession } from '@gongshu/shared/application/types';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import type { TurnAct, TurnState } from '@gongshu/shared/clock/turn';

type Of<K extends TurnAct['kind']> = Delivered<Extract<TurnAct, { kind: K }>>;

/** A body decides: accepts, passes, approves, or refuses with reasons. */
export const recordDecisionUpdate = defineUpdate<TurnState, [Of<'decide'>]>(updateNames.recordDecision);
/** A body returns the file for correction. */
export const returnForCorrectionUpdate = defineUpdate<TurnState, [Of<'return'>]>(
  updateNames.returnForCorrection,
);
/** The applicant answers a return. */
export const resubmitUpdate = defineUpdate<TurnState, [Of<'resubmit'>]>(updateNames.resubmit);
/** A body files a formal extension request (A6, 中卫 21). */
export const requestExtensionUpdate = defineUpdate<TurnState, [Of<'requestExtension'>]>(
  updateNames.requestExtension,
);
/** The authority grants it, in whole or in part. */
export const grantExtensionUpdate = defineUpdate<TurnState, [Of<'grantExtension'>]>(
  updateNames.grantExtension,
);
/** The authority refuses it; the old clock revives. */
export const refuseExtensionUpdate = defineUpdate<TurnState, [Of<'refuseExtension'>]>(
  updateNames.refuseExtension,
);
/** The applicant withdraws the application, at any point before the case closes. */
export const withdrawUpdate = defineUpdate<void, [Of<'withdraw'>]>(updateNames.withdrawApplication);

/** From the case to its open turns: the application was withdrawn or lapsed. */
export const caseEndedSignal = defineSignal<[Of<'withdraw'>]>('caseEnded');
/** A new or corrected calendar was loaded. */
export const calendarChangedSignal = defineSignal<[{ at: number; calendarVersion: string }]>(
  signalNames.calendarChanged,
);
/** To a case, and from it to its turns: a body's work went to its successor (merged, abolished). */
export const bodySucceededSignal = defineSignal<[Succession]>(signalNames.bodySucceeded);
/** A grant was ended, suspended or restored by an act: its row says how. */
export const grantChangedSignal = defineSignal(signalNames.grantChanged);
/** The sandbox's clock moved: look again. */
export const lawTimeMovedSignal = defineSignal(signalNames.lawTimeMoved);

export type TurnStanding = { state: TurnState; clock: ClockReading | null };
export const turnStandingQuery = defineQuery<TurnStanding>('turnStanding');
