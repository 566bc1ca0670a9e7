/** Before it is in force: revised, consulted on, its term confirmed, signed by every party over one hash (O4–O6). */
import { entryOf, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { inForce, mayBeSigned, mustBeParty, partiesOf, rested, signedToday, toConfirm } from './standing.ts';
import type { ActOf, AgreementStart, AgreementState } from './types.ts';

type Result = Step<AgreementState> | Refused;

/** Signing opens when nothing is left to be done before it. */
export const placed = (start: AgreementStart, state: AgreementState): AgreementState => ({
  ...state,
  stage: mayBeSigned(start, state) ? 'signing' : 'drafting',
});

/** Another text: nobody has signed it, and who set another term has not set this one. */
export const revise = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'reviseAgreement'>,
): Result => {
  const { terms } = act;
  const sameTerm = terms.termMonths === state.terms.termMonths;
  const confirmed = sameTerm ? state.confirmed.filter((body) => terms.termSetters.includes(body)) : [];
  const { document, termMonths } = terms;
  return step(
    placed(start, { ...state, terms, confirmed, signatures: [] }),
    entryOf('revised', act, {
      document,
      content: terms.content,
      termMonths,
      signaturesVoid: state.signatures.length,
    }),
  );
};

export const consult = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'recordConsultation'>,
): Result => {
  const { on, document } = act;
  return step(
    placed(start, { ...state, consultation: { on, document } }),
    entryOf('consulted', act, { on, document }, rested(start.rules.consultationRests)),
  );
};

export const confirmTerm = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'confirmTerm'>,
): Result => {
  const body = act.by.organisation ?? '';
  if (!state.terms.termSetters.includes(body)) return refuse('notFound');
  if (act.months !== state.terms.termMonths) return refuse('termDiffers', { months: state.terms.termMonths });
  if (!toConfirm(start, state).includes(body)) return step(state);
  return step(
    placed(start, { ...state, confirmed: [...state.confirmed, body].toSorted() }),
    entryOf('termConfirmed', act, { party: body, months: act.months }, rested(start.rules.termSetByRests)),
  );
};

/** A party signs the text by its hash; with the last signature the agreement stands from that day. */
export const sign = (
  start: AgreementStart,
  state: AgreementState,
  act: ActOf<'signOperatingAgreement'>,
): Result => {
  const { terms } = state;
  const parties = partiesOf(start, terms);
  const party = mustBeParty(parties, act);
  if (party === undefined) return refuse('notFound');
  if (act.hash !== terms.document) return refuse('agreementHashDiffers');
  if (state.signatures.includes(party)) return step(state); // the same signature again
  const signatures = [...state.signatures, party].toSorted();
  const complete = parties.every((one) => signatures.includes(one));
  const signed = entryOf(
    'signed',
    act,
    { party, document: act.hash, version: terms.version, complete },
    rested(start.rules.contentsRest),
  );
  if (!complete) return step({ ...state, signatures }, signed);
  const whole = signedToday(
    { ...state, signatures, toFileSince: start.rules.filing ? act.at : null },
    act.at,
  );
  if (start.rules.filing?.waitsForReceipt) return step({ ...whole, stage: 'filing' }, signed);
  const [next, entry] = inForce(start, whole, act.at);
  return step(next, signed, entry);
};
