/**
 * The egress of one version of a product (E1–E5; 国家 十六、十九、二十一, 中卫 二十三、二十八, 朔州 六（三）、九, 乌海 八（二）、八（八）):
 * evidence of the engine, two checkers blind to each other (first lock), filing or agreement (second lock), registration
 * code, public list, release; then suspension, recall, retirement. Nothing is released but through both locks.
 */
import { entryOf, type Machine, refuse, step } from '../procedure/machine.ts';
import * as check from './check-steps.ts';
import * as list from './list-steps.ts';
import * as orders from './orders.ts';
import type { EgressRules } from './rules.ts';
import { beforeList, facts, listedStages, stepOn, unlocked } from './steps.ts';
import type { EgressAct, EgressFacts, EgressStage, EgressState } from './types.ts';
import { ended, periods, waitsFor, words } from './waits.ts';

export type { EgressAct, EgressFacts, EgressState } from './types.ts';

/** Where each act has its place. */
const places: Record<EgressAct['kind'], readonly EgressStage[]> = {
  replaceArtefact: beforeList,
  recordEvidence: ['evidence'],
  requestException: ['egressCheck', 'returned'],
  nameCheckers: ['evidence', 'egressCheck'],
  castVote: ['egressCheck'],
  fileProduct: ['filing'],
  agreeProduct: ['filing'],
  returnProduct: ['filing'],
  releaseProduct: ['listed'],
  suspendProduct: listedStages,
  restoreProduct: ['suspended'],
  suspendByOrder: [...beforeList, ...listedStages],
  restoreByOrder: [...beforeList, ...listedStages],
  recallProduct: listedStages,
  retireProduct: listedStages,
  reopenForLink: [...beforeList, ...listedStages],
  withdrawProduct: beforeList,
};

/** What is off the list again has its users still: it can be recalled and retired from wherever it stands. */
const hasItsPlace = ({ stage, wasListed }: EgressState, kind: EgressAct['kind']): boolean =>
  places[kind].includes(stage) || (wasListed && (kind === 'recallProduct' || kind === 'retireProduct'));

export const egressMachine: Machine<EgressRules, EgressFacts, EgressState, EgressAct> = {
  procedure: 'productEgress',
  acts: Object.keys(places) as EgressAct['kind'][],

  begin: ({ startedAt: at, facts: { artefact, contents, author, ...of }, receipt }) =>
    step(
      {
        ...unlocked,
        ...{ stage: 'evidence', outcome: null, artefact, contents, authors: [author], attempt: 1 },
        ...{ evidence: null, exceptions: [], checkers: [], round: 1, registrationCode: null },
        ...{ held: false, wasListed: false, since: at, overdue: false },
      },
      entryOf(
        'submitted',
        { at, receipt },
        {
          ...{ product: of.product, version: of.version, owner: of.owner, class: of.class },
          ...{ purpose: of.purpose, grants: of.grants, artefact, contents },
        },
      ),
    ),

  act: (start, state, act) => {
    if (state.outcome !== null) return refuse('alreadyDecided');
    const late = check.hearLate(state, act);
    if (late) return late;
    if (!hasItsPlace(state, act.kind)) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'replaceArtefact':
        return state.filed ? refuse('filingPending', { filing: start.caseNo }) : check.replace(state, act);
      case 'recordEvidence':
        return check.recordEvidence(start, state, act);
      case 'requestException':
        return check.requestException(start, state, act);
      case 'nameCheckers':
        return check.nameCheckers(start, state, act);
      case 'castVote':
        return check.castVote(start, state, act);
      case 'fileProduct':
        return list.file(start, state, act);
      case 'agreeProduct':
        return list.agree(start, state, act);
      case 'returnProduct':
        if (!state.filed) return refuse('noFilingPending');
        return step(
          { ...stepOn(state, 'returned', act.at), ...unlocked },
          entryOf(
            'filingReturned',
            act,
            { reasonCodes: act.reasonCodes, document: act.document },
            start.rules.rests.secondLock,
          ),
        );
      case 'releaseProduct':
        return list.release(start, state, act);
      case 'suspendProduct':
        return orders.suspend(start, state, act);
      case 'restoreProduct':
        return orders.restoreByHand(start, state, act);
      case 'suspendByOrder':
        return orders.suspendByOrder(start, state, act);
      case 'restoreByOrder':
        return orders.restoreByOrder(start, state, act);
      case 'recallProduct':
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'recalled' },
          entryOf('recalled', act, {
            ...facts(start),
            ...{ reasonCodes: act.reasonCodes, document: act.document },
          }),
        );
      case 'retireProduct':
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'retired' },
          entryOf('retired', act, { ...facts(start), ground: act.ground }),
        );
      case 'reopenForLink':
        return check.reopen(start, state, act);
      case 'withdrawProduct':
        if (state.wasListed) return refuse('retireInstead');
        return step(
          { ...stepOn(state, 'done', act.at), outcome: 'withdrawn' },
          entryOf('withdrawn', act, facts(start)),
        );
    }
  },

  periods,
  ended,
  waitsFor,
  words,
  work: (_start, { stage, attempt }) => (stage === 'evidence' ? { key: `evidence/${attempt}` } : null),
};
