/**
 * The selection of the operator (运营机构遴选, O1–O4): one machine, narrowed by the pack's route. A bid never reaches it
 * before the opening; votes and scores never do.
 */
import { entryOf, type Machine, refuse, step } from '../procedure/machine.ts';
import { commitSeed, drawn, examine, issue, open } from './bidding.ts';
import {
  afterNotice,
  answer,
  approve,
  consult,
  deliberate,
  fileAnnex,
  negotiate,
  object,
  publishResult,
} from './deciding.ts';
import { decideTie, declare, rank, takeOpinion, takeSheet, vote } from './panel.ts';
import { arrive, outOfPlace, places, restsHere, restsOn } from './route.ts';
import type { SelectionRules } from './rules.ts';
import type { SelectionAct, SelectionFacts, SelectionState } from './types.ts';
import { periodsOf, waitsFor } from './waits.ts';

const fresh: SelectionState = {
  ...{
    stage: 'announcement',
    outcome: null,
    at: 0,
    announcedAt: null,
    closesOn: null,
    announcementEnded: false,
  },
  ...{
    closedAt: null,
    seedHash: null,
    poolHash: null,
    panel: [],
    substitutes: [],
    bids: [],
    round: 1,
    sheets: [],
    tied: null,
  },
  ...{ tieRound: 0, voted: [], feasible: null, ranking: [], winner: null, annex: null, noticeAt: null },
  ...{ noticeEnded: false, notices: 0, objections: [] },
};

const words: Readonly<Record<SelectionState['stage'], string>> = {
  ...{
    consultation: '征求意见',
    announcement: '待发布公告或邀请',
    bidding: '接收申报（密封）',
    opening: '待开启',
  },
  ...{ examination: '资格审查', assessment: '评审', tieVote: '并列表决', negotiation: '谈判' },
  ...{ collectiveDecision: '集体决策', governmentApproval: '政府批准', publicNotice: '公示' },
  ...{ coreAnnex: '待核心附件', done: '已办结' },
};
const outcomes = { selected: '已选定', failed: '选择失败', withdrawn: '已撤回' } as const;

export const selectionMachine: Machine<SelectionRules, SelectionFacts, SelectionState, SelectionAct> = {
  procedure: 'selection',
  acts: Object.keys(places) as SelectionAct['kind'][],

  begin: (start) => {
    const { startedAt: at, receipt, facts } = start;
    const there = arrive(start, fresh, 0, at);
    const { plan, mode, by, mandate, rerunOf } = facts;
    const data = {
      ...{ plan, mode, by, rerunOf, mandate: mandate.mode, fields: mandate.fields },
      ...{ scenarios: mandate.scenarios, termMonths: mandate.termMonths },
    };
    return step(
      there.state,
      entryOf('opened', { at, receipt }, data, restsOn(start, 'modes')),
      ...there.entries,
    );
  },

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return outOfPlace(state);
    switch (act.kind) {
      case 'recordConsultation':
        return consult(start, state, act);
      case 'announceSelection':
      case 'inviteBidders':
        return issue(start, state, act);
      case 'commitSeed':
        return commitSeed(start, state, act);
      case 'drawCommittee':
        return drawn(start, state, act);
      case 'openBids':
        return open(start, state, act, periods);
      case 'examineBids':
        return examine(start, state, act);
      case 'declareConflict':
        return declare(start, state, act);
      case 'submitSheet':
        return takeSheet(start, state, act);
      case 'recordFeasibility':
        return takeOpinion(start, state, act);
      case 'rankBids':
        return rank(start, state, act);
      case 'voteOnTie':
        return vote(start, state, act);
      case 'decideTie':
        return decideTie(start, state, act);
      case 'recordNegotiation':
        return negotiate(start, state, act);
      case 'fileCoreAnnex':
        return state.winner === null
          ? refuse('stepNotReached', { stage: state.stage })
          : fileAnnex(start, state, act);
      case 'deliberateSelection':
        return deliberate(start, state, act);
      case 'approveSelection':
        return approve(start, state, act);
      case 'publishResult':
        return publishResult(start, state, act);
      case 'raiseObjection':
        return object(start, state, act, periods);
      case 'answerObjection':
        return answer(start, state, act);
      case 'withdrawSelection':
        return step(
          { ...state, stage: 'done', outcome: 'withdrawn' },
          entryOf('withdrawn', act, { reasonCodes: act.reasonCodes }),
        );
    }
  },

  periods: periodsOf,

  ended: (start, state, { key, at, lastDay }) => {
    const when = { at, receipt: null };
    const [name, no] = key.split('/');
    if (name === 'announcement' || name === 'bids') {
      const next: SelectionState = {
        ...state,
        ...(name === 'bids' ? { closedAt: at } : { announcementEnded: true }),
      };
      const both = next.closedAt !== null && next.announcementEnded;
      const kind = name === 'bids' ? 'biddingClosed' : 'announcementEnded';
      return step({ ...next, stage: both ? 'opening' : 'bidding' }, entryOf(kind, when, { lastDay }));
    }
    if (name === 'notice') {
      const next = { ...state, noticeEnded: true };
      const entry = entryOf('noticeEnded', when, { lastDay, notice: state.notices }, restsHere(start, state));
      return afterNotice(start, next, at, step(next, entry));
    }
    const objections = state.objections.map((one) =>
      String(one.no) === no ? { ...one, overdue: true } : one,
    );
    return step(
      { ...state, objections },
      entryOf('objectionOverdue', when, { objection: Number(no), lastDay }, restsOn(start, 'objections')),
    );
  },

  waitsFor,
  words: ({ stage, outcome }) => (outcome === null ? words[stage] : outcomes[outcome]),
};
