/** The panel at work: conflicts and substitutes, sheets, ranking, the vote on a tie (O3). */
import { type Entry, entryOf, refuse, type Refused, step, type Step } from '../procedure/machine.ts';
import { advance, fail, restsOn } from './route.ts';
import type { GivenAct, Seated, SelectionStart, SelectionState } from './types.ts';

type Outcome = Step<SelectionState> | Refused;
const isOn = (list: readonly Seated[], id: string): boolean => list.some((one) => one.id === id);

/**
 * A conflicted expert leaves the whole panel, with the sheet and vote given; the next in the order drawn takes the seat:
 * of the same kind, an expert where no department is left. Without one the selection has failed.
 */
export const leave = (
  start: SelectionStart,
  state: SelectionState,
  { at, receipt }: { at: number; receipt: string },
  conflicted: readonly string[],
  source: 'declared' | 'ownership',
): Step<SelectionState> => {
  const rests = restsOn(start, 'conflictedExpert') ?? restsOn(start, 'assessment');
  const out = new Set(conflicted);
  let substitutes = state.substitutes.filter(({ id }) => !out.has(id));
  const entries: Entry[] = [];
  const panel: Seated[] = [];
  let short = false;
  for (const member of state.panel) {
    if (!out.has(member.id)) {
      panel.push(member);
      continue;
    }
    entries.push(entryOf('expertLeft', { at, receipt }, { expert: member.id, source }, rests));
    const next =
      substitutes.find(({ seat }) => seat === member.seat) ??
      (member.seat === 'department' ? substitutes[0] : undefined);
    if (!next) {
      short = true;
      continue;
    }
    substitutes = substitutes.filter(({ id }) => id !== next.id);
    panel.push(next);
    entries.push(entryOf('substituteDrawn', { at, receipt }, { expert: next.id, seat: next.seat }, rests));
  }
  const stays = (id: string): boolean => isOn(panel, id);
  const changed = entries.length > 0;
  const next: SelectionState = {
    ...state,
    ...{ panel, substitutes, sheets: state.sheets.filter(stays), voted: state.voted.filter(stays) },
    // A vote on a tie rests on sheets of this panel: with another, the bids are scored and ranked again.
    ...(changed && state.stage === 'tieVote'
      ? { stage: 'assessment' as const, tied: null, voted: [], ranking: [] }
      : {}),
  };
  return short
    ? fail(next, at, 'panelTooSmall', entries, rests, {
        members: panel.length,
        needed: start.rules.committee.size,
      })
    : step(next, ...entries);
};

export const declare = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'declareConflict'>,
): Outcome => {
  if (!act.experts.every((id) => isOn(state.panel, id))) return refuse('notOnPanel');
  return leave(start, state, act, act.experts, act.source);
};

export const takeSheet = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'submitSheet'>,
): Outcome => {
  const { expert, sheetHash } = act;
  if (!isOn(state.panel, expert)) return refuse('notOnPanel');
  if (state.sheets.includes(expert)) return refuse('sheetGiven');
  return step(
    { ...state, sheets: [...state.sheets, expert] },
    entryOf('sheetReceived', act, { expert, sheetHash, round: state.round }, restsOn(start, 'assessment')),
  );
};

export const takeOpinion = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'recordFeasibility'>,
): Outcome => {
  if (!start.rules.assessment.feasibilityOpinion) return refuse('feasibilityNotAsked');
  if (state.feasible !== null) return refuse('feasibilityGiven');
  const entry = entryOf(
    'feasibilityRecorded',
    act,
    { document: act.document, feasible: act.feasible },
    restsOn(start, 'assessment'),
  );
  return act.feasible
    ? step({ ...state, feasible: true }, entry)
    : fail({ ...state, feasible: false }, act.at, 'notFeasible', [entry], restsOn(start, 'assessment'));
};

export const everySheet = ({ panel, sheets }: SelectionState): boolean =>
  panel.length > 0 && panel.every(({ id }) => sheets.includes(id));

/** Ranked on exact values once every sheet is in; a tie for the first place is the panel's to decide. */
export const rank = (start: SelectionStart, state: SelectionState, act: GivenAct<'rankBids'>): Outcome => {
  const missing = state.panel.filter(({ id }) => !state.sheets.includes(id)).length;
  if (missing > 0) return refuse('sheetsMissing', { count: missing });
  if (start.rules.assessment.feasibilityOpinion && state.feasible === null)
    return refuse('feasibilityMissing');
  const { scores, ranking } = act;
  const first = ranking[0] ?? [];
  const entry = entryOf('ranked', act, { scores, ranking, round: state.round }, restsOn(start, 'assessment'));
  const ranked: SelectionState = { ...state, ranking };
  const [winner] = first;
  if (winner === undefined) return refuse('sheetsMissing', { count: 0 });
  return first.length > 1
    ? step({ ...ranked, stage: 'tieVote', tied: [...first], tieRound: state.tieRound + 1, voted: [] }, entry)
    : advance(start, { ...ranked, winner }, act.at, entry, chosen(start, state, act, winner));
};

const chosen = (
  start: SelectionStart,
  { round }: SelectionState,
  { at, receipt }: { at: number; receipt: string },
  winner: string,
): Entry => entryOf('assessed', { at, receipt }, { winner, round }, restsOn(start, 'assessment'));

export const vote = (start: SelectionStart, state: SelectionState, act: GivenAct<'voteOnTie'>): Outcome => {
  if (!isOn(state.panel, act.expert)) return refuse('notOnPanel');
  if (state.voted.includes(act.expert)) return refuse('voteGiven');
  return step(
    { ...state, voted: [...state.voted, act.expert] },
    entryOf('tieVoted', act, { expert: act.expert, tieRound: state.tieRound }, restsOn(start, 'lastTie')),
  );
};

/** Most votes carry it; equal ones are voted on again, among themselves. The system never decides. */
export const decideTie = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'decideTie'>,
): Outcome => {
  const missing = state.panel.filter(({ id }) => !state.voted.includes(id)).length;
  if (missing > 0) return refuse('votesMissing', { count: missing });
  const most = Math.max(...act.votes.map(({ votes }) => votes));
  const leading = act.votes.filter(({ votes }) => votes === most).map(({ bidder }) => bidder);
  const data = { votes: act.votes, tieRound: state.tieRound };
  const [winner] = leading;
  if (leading.length !== 1 || winner === undefined)
    return step(
      { ...state, tied: leading, tieRound: state.tieRound + 1, voted: [] },
      entryOf('tieRepeated', act, data, restsOn(start, 'lastTie')),
    );
  return advance(
    start,
    { ...state, tied: null, winner },
    act.at,
    entryOf('tieDecided', act, { ...data, winner }, restsOn(start, 'lastTie')),
    chosen(start, state, act, winner),
  );
};
