/** Renewal and exit (O8, O9): asked for in the window, decided by evaluation; left by a ground of the pack, handed over. */
import { businessDateOf } from '../business-date.ts';
import { renewalStanding } from '../mandate/term.ts';
import { entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { ended, mandateData, rested, stepNotReached, windowOf } from './standing.ts';
import type { ActOf, AgreementStart, AgreementState } from './types.ts';

type Result = Step<AgreementState> | Refused;

/** Material counts on the days of the window, both inclusive, by the day it was taken in. */
export const requestRenewal = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'requestRenewal'>,
): Result => {
  const { rules } = start;
  if (state.renewal) return refuse('renewalRequested');
  const window = windowOf(start, state);
  const standing = renewalStanding(window, state.lastDay ?? '', businessDateOf(act.at));
  const params = { from: window?.from ?? state.signedOn ?? '', until: window?.until ?? state.lastDay ?? '' };
  if (standing === 'tooEarly') return refuse('renewalTooEarly', params);
  if (standing === 'tooLate') return refuse('renewalTooLate', params);
  const needed = rules.renewalMaterial === 'none' ? [] : rules.renewalMaterial;
  const missing = needed.filter((item) => act.material[item] === undefined);
  if (missing.length > 0) return refuse('renewalMaterialMissing', { items: missing.join(' ') });
  return step(
    { ...state, renewal: { submittedAt: act.at, outcome: null, evaluation: null } },
    entryOf(
      'renewalRequested',
      act,
      { material: Object.keys(act.material), ...params },
      rested(rules.windowRests),
    ),
  );
};

/** What an evaluation decided; renewal is not refused for want of a window where the pack names none. */
export const decideRenewal = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'decideRenewal'>,
): Result => {
  const { outcomes, rests } = start.rules.renewal;
  if (!state.renewal) return refuse('renewalNotRequested');
  if (state.renewal.outcome) return refuse('renewalDecided');
  if (!outcomes.includes(act.outcome)) return refuse('renewalOutcomeNotInPack', { outcome: act.outcome });
  const { outcome, evaluation } = act;
  return step(
    { ...state, renewal: { ...state.renewal, outcome, evaluation } },
    entryOf('renewalDecided', act, { result: outcome, evaluation }, rested(rests)),
  );
};

const groundOf = ({ rules }: AgreementStart, ground: string) =>
  rules.exit.find((one) => one.ground === ground);

export const requestExit = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'requestExit'>,
): Result => {
  const ground = groundOf(start, act.ground);
  if (!ground || ground.kind !== 'voluntary' || ground.ground === 'expiry')
    return refuse('exitGroundNotInPack', { ground: act.ground });
  if (state.exitRequest) return refuse('exitRequested');
  return step(
    { ...state, exitRequest: { ground: act.ground, at: act.at } },
    entryOf('exitRequested', act, { ground: act.ground, document: act.document }, rested(ground.rests)),
  );
};

export const decideExit = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'decideExit'>,
): Result => {
  if (!state.exitRequest) return refuse('exitNotRequested');
  const { ground } = state.exitRequest;
  if (act.outcome === 'refuse')
    return step(
      { ...state, exitRequest: null },
      entryOf(
        'exitRefused',
        act,
        { ground, document: act.document, reasonCodes: act.reasonCodes },
        rested(groundOf(start, ground)?.rests ?? null),
      ),
    );
  const [next, entry] = ended(start, state, { ground, kind: 'voluntary', evaluation: null }, act);
  return step(next, entry);
};

export const terminate = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'terminateAgreement'>,
): Result => {
  const ground = groundOf(start, act.ground);
  if (!ground || ground.kind !== 'involuntary') return refuse('exitGroundNotInPack', { ground: act.ground });
  if (act.ground === 'failedEvaluation' && act.evaluation === null) return refuse('evaluationNotNamed');
  const { evaluation } = act;
  const [next, entry] = ended(start, state, { ground: act.ground, kind: 'involuntary', evaluation }, act);
  return step(next, entry);
};

/** An item of the list is ticked off with its evidence; with the last one the case closes. */
export const handOver = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'handOverItem'>,
): Result => {
  const { rules } = start;
  const { item, document } = act;
  if (!rules.handOver.includes(item)) return refuse('handOverItemUnknown', { item });
  if (state.handedOver[item] !== undefined) return refuse('handedOver', { item });
  const handedOver = { ...state.handedOver, [item]: document };
  const left = rules.handOver.filter((one) => handedOver[one] === undefined).length;
  const ticked = entryOf(
    'handedOver',
    act,
    { item, document, party: act.by.organisation, left },
    rested(rules.handOverRests),
  );
  if (left > 0) return step({ ...state, handedOver }, ticked);
  const outcome = outcomeOf(state);
  return step(
    { ...state, handedOver, stage: 'done', outcome },
    ticked,
    entryOf('closed', { at: act.at, receipt: null }, { result: outcome, successor: state.successor }),
  );
};

const outcomeOf = ({ exit }: AgreementState): 'expired' | 'exited' | 'terminated' => {
  if (exit?.ground === 'expiry') return 'expired';
  return exit?.kind === 'voluntary' ? 'exited' : 'terminated';
};

/**
 * The agreement that follows came into force: this one is over without a day between, and nothing is handed over, for
 * the same operator goes on. One that had ended before stays with its hand-over; it only learns who follows.
 */
export const succeed = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'succeedAgreement'>,
): Result => {
  const { successor } = act;
  const rests = rested(start.rules.renewal.rests);
  if (state.stage === 'handOver')
    return step({ ...state, successor }, entryOf('succeeded', act, { successor }, rests));
  if (state.stage !== 'inForce' && state.stage !== 'suspended') return stepNotReached(state);
  const outcome = act.origin === 'renewal' ? 'renewed' : 'reauthorised';
  return step(
    { ...state, successor, stage: 'done', outcome, amendment: null },
    entryOf(
      'ended',
      act,
      {
        ...mandateData(start, state),
        ...{ ground: outcome, kind: 'voluntary', evaluation: state.renewal?.evaluation ?? null },
        ...{ runningGrants: 'passToSuccessor', successor },
      },
      rests,
    ),
    entryOf('closed', { at: act.at, receipt: null }, { result: outcome, successor }),
  );
};
