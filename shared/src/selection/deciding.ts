/** After the assessment: negotiation, decision, approval, public notice and its objections, each where the route has it. */
import { judgeVotes } from '../procedure/deliberation.ts';
import {
  entryOf,
  hasEnded,
  type Periods,
  refuse,
  type Refused,
  step,
  type Step,
} from '../procedure/machine.ts';
import {
  advance,
  arrive,
  backToTerms,
  fail,
  here,
  openObjections,
  reassess,
  restsHere,
  restsOn,
} from './route.ts';
import type { GivenAct, SelectionStart, SelectionState } from './types.ts';

type Outcome = Step<SelectionState> | Refused;

export const consult = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'recordConsultation'>,
): Outcome => {
  const data = { document: act.document, on: here(start, state)?.on ?? null };
  return advance(start, state, act.at, entryOf('consulted', act, data, restsHere(start, state)));
};

/** Agreed, with the plan that becomes the agreement's core annex where the pack has one; or failed. */
export const negotiate = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'recordNegotiation'>,
): Outcome => {
  const { document, outcome, annex } = act;
  const rests = restsHere(start, state);
  if (outcome === 'agreed' && annex === null && state.annex === null && start.rules.coreAnnex !== 'none')
    return refuse('coreAnnexMissing');
  const entry = entryOf('negotiated', act, { document, outcome, annex }, rests);
  return outcome === 'failed'
    ? fail(state, act.at, 'negotiationFailed', [entry], rests)
    : advance(start, { ...state, annex: annex ?? state.annex }, act.at, entry);
};

export const fileAnnex = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'fileCoreAnnex'>,
): Outcome => {
  if (start.rules.coreAnnex === 'none') return refuse('coreAnnexNotAsked');
  const entry = entryOf('coreAnnexFiled', act, { document: act.document }, restsOn(start, 'coreAnnex'));
  const next = { ...state, annex: act.document };
  if (state.stage !== 'coreAnnex') return step(next, entry);
  const there = arrive(start, next, state.at, act.at);
  return step(there.state, entry, ...there.entries);
};

export const deliberate = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'deliberateSelection'>,
): Outcome => {
  const { collectiveVote } = start.rules;
  if (collectiveVote === null) return refuse('stepNotReached', { stage: state.stage });
  const { quorate, carried, ...counts } = judgeVotes(collectiveVote, act.votes);
  if (!quorate) return refuse('quorumNotMet', { present: counts.present, members: counts.members });
  const data = { ...counts, heldOn: act.heldOn, minutes: act.minutes };
  const rests = restsHere(start, state);
  return carried
    ? advance(start, state, act.at, entryOf('deliberated', act, data, rests))
    : backToTerms(start, state, act.at, entryOf('notCarried', act, data, rests));
};

export const approve = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'approveSelection'>,
): Outcome => {
  const { document, reasonCodes } = act;
  const rests = restsHere(start, state);
  return act.outcome === 'approve'
    ? advance(start, state, act.at, entryOf('approved', act, { document }, rests))
    : backToTerms(start, state, act.at, entryOf('notApproved', act, { document, reasonCodes }, rests));
};

export const noticeKey = ({ notices }: Pick<SelectionState, 'notices'>): string => `notice/${notices}`;

export const publishResult = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'publishResult'>,
): Outcome => {
  if (state.noticeAt !== null) return refuse('noticeRunning');
  const notices = state.notices + 1;
  return step(
    { ...state, noticeAt: act.at, noticeEnded: false, notices },
    entryOf(
      'noticePublished',
      act,
      { winner: state.winner, notice: notices, workingDays: start.rules.publicNotice.workingDays },
      restsHere(start, state),
    ),
  );
};

export const object = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'raiseObjection'>,
  periods: Periods,
): Outcome => {
  if (state.noticeAt === null) return refuse('stepNotReached', { stage: state.stage });
  if (state.noticeEnded || hasEnded(periods[noticeKey(state)], act.at)) return refuse('objectionsClosed');
  const no = state.objections.length + 1;
  if (no > 200) return refuse('objectionsTooMany');
  return step(
    { ...state, objections: [...state.objections, { no, at: act.at, state: 'open', overdue: false }] },
    entryOf(
      'objectionRaised',
      act,
      { objection: no },
      restsOn(start, 'publicNotice') ?? restsHere(start, state),
    ),
  );
};

export const answer = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'answerObjection'>,
): Outcome => {
  const one = openObjections(state).find(({ no }) => no === act.objection);
  if (!one) return refuse('objectionNotOpen', { objection: act.objection });
  if ((act.outcome === 'upheld') !== (act.then !== null)) return refuse('upheldNeedsConsequence');
  const { outcome, then, reasonCodes } = act;
  const objections = state.objections.map((each) =>
    each.no === one.no ? { ...each, state: outcome } : each,
  );
  const answered = { ...state, objections };
  const rests = restsOn(start, 'objections');
  const entry = entryOf(
    'objectionAnswered',
    act,
    { objection: one.no, outcome, then, reasonCodes, late: one.overdue },
    rests,
  );
  if (then === null) return afterNotice(start, answered, act.at, step(answered, entry));
  // What else is open goes with the result that it was raised against.
  const settled = {
    ...answered,
    objections: objections.map((each) => ({
      ...each,
      state: each.state === 'open' ? ('upheld' as const) : each.state,
    })),
  };
  return then === 'fail'
    ? fail(settled, act.at, 'objectionUpheld', [entry], rests)
    : reassess(start, settled, act.at, [entry]);
};

/** The notice has run and every objection is answered: the next step. */
export const afterNotice = (
  start: SelectionStart,
  state: SelectionState,
  at: number,
  otherwise: Step<SelectionState>,
): Step<SelectionState> =>
  state.noticeEnded && openObjections(state).length === 0
    ? advance(start, state, at, ...otherwise.entries)
    : otherwise;
