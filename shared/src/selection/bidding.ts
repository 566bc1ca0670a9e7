/** Announcement or invitations, the committee's draw, the opening, the examination of conditions (O1–O3). */
import { addDays, businessDateOf, toInstantText } from '../business-date.ts';
import {
  entryOf,
  hasEnded,
  type Periods,
  refuse,
  type Refused,
  step,
  type Step,
} from '../procedure/machine.ts';
import { seedCommitment } from './draw.ts';
import { leave } from './panel.ts';
import { fail, restsHere, restsOn } from './route.ts';
import type { GivenAct, SelectionStart, SelectionState } from './types.ts';

type Outcome = Step<SelectionState> | Refused;

/** The papers go out; bids may come in until the close. Throws nothing: `closeTooEarly` where the day named is. */
export const issue = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'announceSelection' | 'inviteBidders'>,
): Outcome => {
  const { by, mode } = start.facts;
  const announces = act.kind === 'announceSelection';
  if (announces !== (by === 'announcement')) return refuse('selectionModeOtherwise', { mode });
  const earliest = addDays(businessDateOf(act.at), start.rules.bidPeriod.calendarDays);
  if (act.closesOn !== null && act.closesOn < earliest) return refuse('closeTooEarly', { earliest });
  const { contentHash, closesOn } = act;
  return step(
    { ...state, stage: 'bidding', announcedAt: act.at, closesOn },
    entryOf(
      announces ? 'announced' : 'invited',
      act,
      { contentHash, closesOn, mode },
      restsOn(start, announces ? 'announcementContents' : 'minInvitees') ?? restsHere(start, state),
    ),
  );
};

export const commitSeed = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'commitSeed'>,
): Outcome =>
  state.seedHash === null
    ? step(
        { ...state, seedHash: act.seedHash },
        entryOf('seedCommitted', act, { seedHash: act.seedHash }, restsOn(start, 'committee')),
      )
    : refuse('seedCommittedAlready');

export const drawn = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'drawCommittee'>,
): Outcome => {
  const { members, substitutes, poolHash } = act;
  if (state.seedHash === null) return refuse('seedNotCommitted');
  if (state.panel.length > 0) return refuse('committeeDrawnAlready');
  const counts = { members: members.length, substitutes: substitutes.length };
  return step(
    { ...state, panel: members, substitutes, poolHash },
    entryOf(
      'committeeDrawn',
      act,
      { ...counts, poolHash, seedHash: state.seedHash },
      restsOn(start, 'committee') ?? restsOn(start, 'assessment'),
    ),
  );
};

/** Bids have closed by an instant, and what was announced has stood its time: by the calendar, not by the timer. */
const closedBy = (state: SelectionState, at: number, periods: Periods): boolean =>
  (state.closedAt !== null || hasEnded(periods['bids'], at)) &&
  (state.announcementEnded || hasEnded(periods['announcement'], at));

/** The opening: what was sealed is unsealed and listed, and the seed told. Too few bids: failed. */
export const open = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'openBids'>,
  periods: Periods,
): Outcome => {
  if (!closedBy(state, act.at, periods)) return refuse('bidsNotClosed');
  if (state.panel.length === 0) return refuse('committeeNotDrawn');
  if (state.seedHash !== seedCommitment(act.seed)) return refuse('seedDiffers');
  const closedAt = state.closedAt ?? periods['bids']?.at ?? act.at;
  const inTime = act.bids.filter(({ receivedAt }) => receivedAt < closedAt);
  const entry = entryOf(
    'bidsOpened',
    act,
    {
      seed: act.seed,
      closedAt: toInstantText(closedAt),
      bids: inTime.map((bid) => ({ ...bid, receivedAt: toInstantText(bid.receivedAt) })),
    },
    restsOn(start, 'bidsSealedUntil') ?? restsHere(start, state),
  );
  const bids = inTime.map(({ bidder, receivedAt }) => ({ bidder, receivedAt, valid: null }));
  const next: SelectionState = { ...state, stage: 'examination', closedAt, announcementEnded: true, bids };
  const needed = start.rules.minValidBids;
  return bids.length < needed ? tooFew(start, next, act.at, [entry], bids.length) : step(next, entry);
};

const tooFew = (
  start: SelectionStart,
  state: SelectionState,
  at: number,
  before: Parameters<typeof fail>[3],
  valid: number,
): Step<SelectionState> =>
  fail(
    state,
    at,
    'tooFewValidBids',
    before,
    restsOn(start, 'tooFewValidBids') ?? restsOn(start, 'minInvitees') ?? restsHere(start, state),
    { valid, needed: start.rules.minValidBids },
  );

/** Conditions judged bid by bid (O2); who is in conflict by ownership leaves the panel before anybody scores. */
export const examine = (
  start: SelectionStart,
  state: SelectionState,
  act: GivenAct<'examineBids'>,
): Outcome => {
  const found = new Map(act.findings.map((one) => [one.bidder, one]));
  if (state.bids.some(({ bidder }) => !found.has(bidder)) || found.size !== state.bids.length)
    return refuse('bidFindingsIncomplete');
  const bids = state.bids.map((bid) => ({ ...bid, valid: found.get(bid.bidder)?.valid ?? false }));
  const valid = bids.filter((bid) => bid.valid).length;
  const entry = entryOf(
    'bidsExamined',
    act,
    { findings: act.findings, findingsHash: act.findingsHash, valid, needed: start.rules.minValidBids },
    restsOn(start, 'conditions'),
  );
  const next: SelectionState = { ...state, stage: 'assessment', bids };
  if (valid < start.rules.minValidBids) return tooFew(start, next, act.at, [entry], valid);
  const left = leave(start, next, act, act.conflicted, 'ownership');
  return step(left.state, entry, ...left.entries);
};
