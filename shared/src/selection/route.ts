/** From step to step in the order of the pack (O4): what happens on entering one, on failing, on going back. */
import { entryOf, type Entry, refuse, type Refused, step, type Step } from '../procedure/machine.ts';
import type { ArticleRef } from '../problems.ts';
import type { SelectionRuleKey } from './rules.ts';
import type { SelectionAct, SelectionStage, SelectionStart, SelectionState } from './types.ts';

export const here = ({ rules }: SelectionStart, { at }: SelectionState) => rules.route[at];
/** The article of the present step of the route. */
export const restsHere = (start: SelectionStart, state: SelectionState): ArticleRef | undefined =>
  here(start, state)?.rests ?? undefined;
export const restsOn = ({ rules }: SelectionStart, key: SelectionRuleKey): ArticleRef | undefined =>
  rules.rests[key];

const stages: Readonly<Record<string, SelectionStage>> = {
  consultation: 'consultation',
  selection: 'announcement',
  negotiation: 'negotiation',
  collectiveDecision: 'collectiveDecision',
  governmentApproval: 'governmentApproval',
  publicNotice: 'publicNotice',
};

/** The case stands at the step of an index; at signing it has selected, once the annex is there. */
export const arrive = (
  start: SelectionStart,
  state: SelectionState,
  index: number,
  at: number,
): Step<SelectionState> => {
  const { rules, facts, caseNo } = start;
  const next: SelectionState = { ...state, at: index, noticeAt: null, noticeEnded: false };
  const there = rules.route[index];
  const stage = stages[there?.step ?? 'signing'];
  if (stage) return step({ ...next, stage });
  if (rules.coreAnnex !== 'none' && next.annex === null) return step({ ...next, stage: 'coreAnnex' });
  const { plan, mandate } = facts;
  return step(
    { ...next, stage: 'done', outcome: 'selected' },
    entryOf(
      'selected',
      { at, receipt: null },
      {
        ...{ selection: caseNo, winner: state.winner, plan, mode: mandate.mode, fields: mandate.fields },
        ...{ scenarios: mandate.scenarios, termMonths: mandate.termMonths },
        ...{ annex: next.annex, signedBy: rules.signedBy },
      },
      there?.rests ?? undefined,
    ),
  );
};

/** The step after the present one. */
export const advance = (
  start: SelectionStart,
  state: SelectionState,
  at: number,
  ...entries: Entry[]
): Step<SelectionState> => {
  const there = arrive(start, state, state.at + 1, at);
  return step(there.state, ...entries, ...there.entries);
};

/** Failed: recorded with its reason; it is run again as a new case that names this one. */
export const fail = (
  state: SelectionState,
  at: number,
  reason: string,
  before: readonly Entry[],
  rests?: ArticleRef,
  counts: Record<string, number> = {},
): Step<SelectionState> =>
  step(
    { ...state, stage: 'done', outcome: 'failed' },
    ...before,
    entryOf('failed', { at, receipt: null }, { reason, ...counts }, rests),
  );

/** The assessment begins anew, with the same panel: nothing of the one before counts. */
export const reassess = (
  start: SelectionStart,
  state: SelectionState,
  at: number,
  before: readonly Entry[],
): Step<SelectionState> => {
  const round = state.round + 1;
  return step(
    {
      ...state,
      ...{ stage: 'assessment', at: start.rules.route.findIndex(({ step }) => step === 'selection'), round },
      ...{ sheets: [], tied: null, tieRound: 0, voted: [], feasible: null, ranking: [], winner: null },
      ...{ annex: null, noticeAt: null, noticeEnded: false },
    },
    ...before,
    entryOf('reassessed', { at, receipt: null }, { round }, restsOn(start, 'objections')),
  );
};

/** Not carried or not approved: what was negotiated or consulted on is taken up again, where the route has that. */
export const backToTerms = (
  start: SelectionStart,
  state: SelectionState,
  at: number,
  entry: Entry,
): Step<SelectionState> => {
  const { route } = start.rules;
  const chosen = route.findIndex(({ step }) => step === 'selection');
  const terms = route.findLastIndex(
    ({ step }, index) =>
      index > chosen && index < state.at && (step === 'negotiation' || step === 'consultation'),
  );
  if (terms < 0) return step(state, entry);
  const there = arrive(start, { ...state, annex: null }, terms, at);
  return step(there.state, entry, ...there.entries);
};

export const openObjections = ({ objections }: SelectionState) =>
  objections.filter(({ state }) => state === 'open');

/** Where an act has no place: what is in the way, or the stage the case stands at. */
export const outOfPlace = (state: SelectionState): Refused => {
  const open = openObjections(state);
  return open.length > 0
    ? refuse('objectionsOpen', { count: open.length })
    : refuse('stepNotReached', { stage: state.stage });
};

/** Where each act has its place. */
export const places: Record<SelectionAct['kind'], readonly SelectionStage[]> = {
  recordConsultation: ['consultation'],
  announceSelection: ['announcement'],
  inviteBidders: ['announcement'],
  commitSeed: ['announcement', 'bidding', 'opening'],
  drawCommittee: ['bidding', 'opening'],
  openBids: ['bidding', 'opening'],
  examineBids: ['examination'],
  declareConflict: ['examination', 'assessment', 'tieVote'],
  submitSheet: ['assessment'],
  recordFeasibility: ['assessment'],
  rankBids: ['assessment'],
  voteOnTie: ['tieVote'],
  decideTie: ['tieVote'],
  recordNegotiation: ['negotiation'],
  fileCoreAnnex: ['negotiation', 'collectiveDecision', 'governmentApproval', 'publicNotice', 'coreAnnex'],
  deliberateSelection: ['collectiveDecision'],
  approveSelection: ['governmentApproval'],
  publishResult: ['publicNotice'],
  raiseObjection: ['publicNotice'],
  answerObjection: ['publicNotice'],
  withdrawSelection: [
    ...['consultation', 'announcement', 'bidding', 'opening', 'examination', 'assessment', 'tieVote'],
    ...['negotiation', 'collectiveDecision', 'governmentApproval', 'publicNotice', 'coreAnnex'],
  ] as SelectionStage[],
};
