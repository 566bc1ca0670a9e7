/** What a selection waits for: the periods that run, the acts that may come next and whose they are. */
import type { Period, Waiting } from '../procedure/machine.ts';
import { noticeKey } from './deciding.ts';
import { everySheet } from './panel.ts';
import { openObjections, restsHere, restsOn } from './route.ts';
import type { SelectionAct, SelectionStart, SelectionState } from './types.ts';

export const periodsOf = (start: SelectionStart, state: SelectionState): Period[] => {
  const { rules, facts } = start;
  if (state.stage === 'bidding' && state.announcedAt !== null) {
    const { announcedAt: from, closesOn, closedAt, announcementEnded } = state;
    const byCall = facts.by === 'announcement';
    const periods: Period[] = [];
    if (!announcementEnded)
      periods.push({
        key: 'announcement',
        from,
        limit: byCall ? rules.announcementPeriod : rules.invitationPeriod,
        article: restsOn(start, byCall ? 'announcementPeriod' : 'invitationPeriod'),
      });
    if (closedAt === null)
      periods.push({
        key: 'bids',
        from,
        limit: closesOn === null ? rules.bidPeriod : { on: closesOn },
        reminders: [5, 2, 1, 0],
        article: restsOn(start, 'bidPeriod'),
      });
    return periods;
  }
  if (state.stage !== 'publicNotice') return [];
  const notice: Period[] =
    state.noticeAt === null || state.noticeEnded
      ? []
      : [
          {
            key: noticeKey(state),
            from: state.noticeAt,
            limit: rules.publicNotice,
            article: restsHere(start, state),
          },
        ];
  return [
    ...notice,
    ...openObjections(state)
      .filter(({ overdue }) => !overdue)
      .map(({ no, at }) => ({
        ...{ key: `objection/${no}`, from: at, limit: rules.objections.answeredWithin, reminders: [1, 0] },
        article: restsOn(start, 'objections'),
      })),
  ];
};

const bureau = (...acts: SelectionAct['kind'][]): Waiting[] => acts.map((act) => ({ act, role: 'bureau' }));

export const waitsFor = (start: SelectionStart, state: SelectionState): Waiting[] => {
  const { rules, facts } = start;
  const withdraw = bureau('withdrawSelection');
  const draw: Waiting[] =
    state.seedHash === null ? bureau('commitSeed') : state.panel.length === 0 ? bureau('drawCommittee') : [];
  switch (state.stage) {
    case 'consultation':
      return [...bureau('recordConsultation'), ...withdraw];
    case 'announcement':
      return [
        ...bureau(facts.by === 'announcement' ? 'announceSelection' : 'inviteBidders'),
        ...(state.seedHash === null ? bureau('commitSeed') : []),
        ...withdraw,
      ];
    case 'bidding':
      return [...draw, ...withdraw];
    case 'opening':
      return [...draw, ...bureau('openBids'), ...withdraw];
    case 'examination':
      return [...bureau('examineBids'), ...withdraw];
    case 'assessment':
      return [
        ...(everySheet(state) ? bureau('rankBids') : [{ act: 'submitSheet', role: 'expert' }]),
        ...(rules.assessment.feasibilityOpinion && state.feasible === null
          ? bureau('recordFeasibility')
          : []),
        ...withdraw,
      ];
    case 'tieVote':
      return [
        ...(state.panel.every(({ id }) => state.voted.includes(id))
          ? bureau('decideTie')
          : [{ act: 'voteOnTie', role: 'expert' }]),
        ...withdraw,
      ];
    case 'negotiation':
      return [...bureau('recordNegotiation'), ...withdraw];
    case 'collectiveDecision':
      return [...bureau('deliberateSelection'), ...withdraw];
    case 'governmentApproval':
      return [{ act: 'approveSelection', role: 'government' }, ...withdraw];
    case 'publicNotice':
      return [
        ...(state.noticeAt === null ? bureau('publishResult') : []),
        ...openObjections(state).map(({ no, overdue }) => ({
          ...{ act: 'answerObjection', role: 'bureau' },
          ...(overdue ? {} : { period: `objection/${no}` }),
        })),
        ...withdraw,
      ];
    case 'coreAnnex':
      return [...bureau('fileCoreAnnex'), ...withdraw];
    case 'done':
      return [];
  }
};
