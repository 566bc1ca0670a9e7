/** What acts of every stage share: parties, the mandate as events tell it, who rests on which article. */
import { businessDateOf, type BusinessDate } from '../business-date.ts';
import { lastDayOfTerm, renewalWindow } from '../mandate/term.ts';
import { type Entry, entryOf, type Given, type Refused, refuse } from '../procedure/machine.ts';
import type { ArticleRef } from '../problems.ts';
import type { AgreementAct, AgreementStart, AgreementState, AgreementVersion } from './types.ts';

export const rested = (rests: ArticleRef | null): ArticleRef | undefined => rests ?? undefined;

/** Every body that signs a text, the authority first. */
export const partiesOf = (
  { authority, facts }: Pick<AgreementStart, 'authority' | 'facts'>,
  { coSignatories }: AgreementVersion,
): string[] => [...new Set([authority, facts.operator, ...coSignatories])];

/** Source departments whose word the term still needs. */
export const toConfirm = ({ rules }: AgreementStart, { terms, confirmed }: AgreementState): string[] =>
  rules.termConfirmed ? terms.termSetters.filter((body) => !confirmed.includes(body)) : [];

/** Whether nothing is left to be done before it is signed. */
export const mayBeSigned = (start: AgreementStart, state: AgreementState): boolean =>
  (!start.rules.consulted || state.consultation !== null) && toConfirm(start, state).length === 0;

/** The mandate as every event of its standing tells it. */
export const mandateData = (
  { caseNo, facts }: AgreementStart,
  { terms, signedOn, lastDay }: AgreementState,
) => ({
  agreement: caseNo,
  operator: facts.operator,
  mode: terms.mandate.mode,
  fields: terms.mandate.fields,
  scenarios: terms.mandate.scenarios,
  from: signedOn,
  until: lastDay,
});

/** The term from the day of signature: its corresponding day is the last (民法典 二百零一、二百零二). */
export const signedToday = (state: AgreementState, at: number): AgreementState => {
  const signedOn = businessDateOf(at);
  return { ...state, signedOn, lastDay: lastDayOfTerm(signedOn, state.terms.termMonths) };
};

/** In force from now on; what is to be filed begins to run. */
export const inForce = (
  start: AgreementStart,
  state: AgreementState,
  at: number,
): [AgreementState, Entry] => {
  const next: AgreementState = { ...state, stage: 'inForce', inForceAt: at };
  const { origin, predecessor } = start.facts;
  const data = {
    ...mandateData(start, next),
    ...{ version: next.terms.version, document: next.terms.document, origin, predecessor },
  };
  return [next, entryOf('inForce', { at, receipt: null }, data, rested(start.rules.contentsRest))];
};

/** The days for renewal material, both inclusive; null where the pack names none. */
export const windowOf = (
  { rules }: AgreementStart,
  { lastDay }: AgreementState,
): { from: BusinessDate; until: BusinessDate } | null =>
  lastDay === null ? null : renewalWindow(lastDay, rules.renewalWindow);

/** Leaves the mandate: the hand-over begins, and the case stays open until it is whole. */
export const ended = (
  start: AgreementStart,
  state: AgreementState,
  exit: NonNullable<AgreementState['exit']>,
  given: { at: number; receipt: string | null; document?: string },
): [AgreementState, Entry] => {
  const { rules } = start;
  const rests = rules.exit.find(({ ground }) => ground === exit.ground)?.rests ?? rules.exitRests;
  const next: AgreementState = { ...state, stage: 'handOver', exit, amendment: null, exitRequest: null };
  const data = {
    ...mandateData(start, next),
    ...exit,
    runningGrants: rules.runningGrantsOnExit,
    successor: null,
    ...(given.document !== undefined && { document: given.document }),
  };
  return [next, entryOf('ended', given, data, rested(rests))];
};

export const stepNotReached = ({ stage }: AgreementState): Refused => refuse('stepNotReached', { stage });

/** A body that is no party of a text has nothing to sign: to it the agreement is not there. */
export const mustBeParty = (parties: readonly string[], { by }: Given<AgreementAct>): string | undefined =>
  parties.find((party) => party === by.organisation);
