/** While it runs: amended by version, suspended and restored (O5; 朔州 十（七）). */
import { byHand } from '../holds.ts';
import { entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { mandateData, mustBeParty, partiesOf, rested, stepNotReached } from './standing.ts';
import type { ActOf, AgreementStart, AgreementState } from './types.ts';

type Result = Step<AgreementState> | Refused;

export const proposeAmendment = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'proposeAmendment'>,
): Result => {
  if (state.amendment) return refuse('amendmentPending');
  // The term is prolonged by renewal alone, which an evaluation decides (O8).
  if (act.terms.termMonths !== state.terms.termMonths) return refuse('amendmentChangesTerm');
  const { version, document, content } = act.terms;
  return step(
    { ...state, amendment: { terms: act.terms, signatures: [] } },
    entryOf(
      'amendmentProposed',
      act,
      { version, document, content, differences: act.differences },
      rested(start.rules.contentsRest),
    ),
  );
};

export const withdrawAmendment = (state: AgreementState, act: ActOf<'withdrawAmendment'>): Result =>
  state.amendment
    ? step(
        { ...state, amendment: null },
        entryOf('amendmentWithdrawn', act, { version: state.amendment.terms.version }),
      )
    : refuse('noAmendment');

/** The new version stands when every one of its parties has signed it; until then the old one does. */
export const signAmendment = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'signOperatingAgreement'>,
): Result => {
  const { amendment } = state;
  if (!amendment) return signedAgain(start, state, act);
  const { terms } = amendment;
  const parties = partiesOf(start, terms);
  const party = mustBeParty(parties, act);
  if (party === undefined) return refuse('notFound');
  if (act.hash !== terms.document) return refuse('agreementHashDiffers');
  if (amendment.signatures.includes(party)) return step(state);
  const signatures = [...amendment.signatures, party].toSorted();
  const complete = parties.every((one) => signatures.includes(one));
  const { contentsRest } = start.rules;
  const { version, document } = terms;
  const signed = entryOf('signed', act, { party, document, version, complete }, rested(contentsRest));
  if (!complete) return step({ ...state, amendment: { terms, signatures } }, signed);
  const next: AgreementState = {
    ...{ ...state, terms, signatures, amendment: null },
    // Every version is filed; one that is on its way has its receipt first.
    toFileSince: start.rules.filing ? act.at : null,
    filingOverdue: false,
  };
  const data = { ...mandateData(start, next), version, document };
  return step(next, signed, entryOf('amended', { at: act.at, receipt: null }, data, rested(contentsRest)));
};

/** A signature that stands already is answered again; for anything else there is nothing to sign. */
const signedAgain = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'signOperatingAgreement'>,
): Result => {
  const party = mustBeParty(partiesOf(start, state.terms), act);
  if (party === undefined) return refuse('notFound');
  if (act.hash !== state.terms.document) return refuse('agreementHashDiffers');
  return state.signatures.includes(party) ? step(state) : stepNotReached(state);
};

export const suspend = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'suspendAgreement'>,
): Result => {
  const { suspendable, suspensionRests } = start.rules;
  if (!suspendable) return refuse('suspensionNotInPack');
  const { holds } = state;
  if (state.stage === 'suspended' && (!holds || holds.byHand)) return refuse('agreementSuspended');
  const { reasonCodes, document } = act;
  return step(
    { ...state, stage: 'suspended', ...(holds && { holds: byHand(holds, true) }) },
    entryOf(
      'suspended',
      act,
      { ...mandateData(start, state), reasonCodes, document },
      rested(suspensionRests),
    ),
  );
};

/** After rectification: the document says how it was rectified. */
export const restore = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'restoreAgreement'>,
): Result => {
  if (state.stage !== 'suspended') return refuse('agreementNotSuspended');
  const { holds } = state;
  const [order] = holds?.orders ?? [];
  if (holds && order !== undefined) {
    if (!holds.byHand) return refuse('heldByOrder', { order });
    const data = { document: act.document, left: holds.orders.length };
    return step({ ...state, holds: byHand(holds, false) }, entryOf('suspensionLifted', act, data));
  }
  return step(
    { ...state, stage: 'inForce', ...(holds && { holds: byHand(holds, false) }) },
    entryOf(
      'restored',
      act,
      { ...mandateData(start, state), document: act.document },
      rested(start.rules.suspensionRests),
    ),
  );
};
