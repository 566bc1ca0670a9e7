/**
 * A demand for data (数据需求响应, C7; 中卫 九, 朔州 十一（一）4): taken up as reasonable or not, put to the departments that
 * hold such data, answered by each, and told to who asked; followed until the entry that satisfies it is published.
 */
import { businessDateOf, daysBetween } from '../business-date.ts';
import { entryOf, type Machine, type PeriodReading, refuse, type Step, step } from '../procedure/machine.ts';
import { answer, ask, conclude, dropPromise, nameEntry, published, settle, succeed } from './acts.ts';
import { roleOf } from '../procedure/ruled.ts';
import type { DemandResponseRules } from './rules.ts';
import {
  type Act,
  type Answer,
  askedKey,
  periods,
  promiseKey,
  rests,
  type Start,
  type State,
  waitsFor,
  what,
  words,
} from './standing.ts';
import type { DemandResponseAct, DemandResponseFacts } from './types.ts';

export type { DemandResponseAct, DemandResponseFacts, DemandResponseState } from './types.ts';

const decline = (start: Start, state: State, act: Act<'declineDemand'>): Answer => {
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(act.at));
  const data = { ...what(start, state), ground: act.ground, days, late: state.overdue };
  return step(
    { ...state, stage: 'done', outcome: 'declined' },
    entryOf('declined', act, data, rests(start, start.rules.acceptanceLimit)),
  );
};

const places: Record<DemandResponseAct['kind'], readonly State['stage'][]> = {
  acceptDemand: ['filed'],
  declineDemand: ['filed'],
  askSupply: ['coordinating'],
  answerDemand: ['coordinating'],
  concludeDemand: ['coordinating'],
  nameEntry: ['coordinating', 'promised'],
  entryPublished: ['coordinating', 'promised'],
  dropPromise: ['promised'],
  withdrawDemand: ['filed', 'coordinating'],
  succeedBody: ['filed', 'coordinating', 'promised'],
};

/** Of the body that co-ordinates alone, whoever asks. */
const coordinators: readonly DemandResponseAct['kind'][] = [
  ...(['acceptDemand', 'declineDemand', 'askSupply', 'concludeDemand', 'dropPromise'] as const),
];

/** What passed without a word: a body's time, a promised day, or a step of the co-ordinator. */
const ended = (
  start: Start,
  state: State,
  { key, at, lastDay }: PeriodReading & { at: number },
): Step<State> => {
  const by = { at, receipt: null };
  const asked = state.asked.find(({ body }) => [askedKey(body), promiseKey(body)].includes(key));
  if (!asked)
    return step({ ...state, overdue: true }, entryOf('overdue', by, { step: key, lastDay }, rests(start)));
  const kind = key === askedKey(asked.body) ? 'answerOverdue' : 'promiseOverdue';
  return step(
    { ...state, asked: state.asked.map((one) => (one === asked ? { ...one, overdue: true } : one)) },
    entryOf(
      kind,
      by,
      { ...what(start, state), body: asked.body, lastDay },
      rests(start, start.rules.answerLimit),
    ),
  );
};

export const demandResponseMachine: Machine<
  DemandResponseRules,
  DemandResponseFacts,
  State,
  DemandResponseAct
> = {
  procedure: 'demandResponse',
  acts: Object.keys(places) as DemandResponseAct['kind'][],

  begin: (start) => {
    const state: State = {
      ...{ stage: 'filed', outcome: null, asker: start.facts.asker, acceptedAt: null, asked: [] },
      ...{ result: null, concludedAt: null, overdue: false },
    };
    const { need, scenario, resource } = start.facts;
    const of = { at: start.startedAt, receipt: start.receipt };
    return step(state, entryOf('opened', of, { asker: state.asker, need, scenario, resource }, rests(start)));
  },

  act: (start, state, act) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    const by = roleOf(start.rules.coordinatedBy.value);
    if (coordinators.includes(act.kind) && act.by.role !== by) return refuse('notTheDecider', { by });
    switch (act.kind) {
      case 'acceptDemand':
        return step(
          { ...state, stage: 'coordinating', acceptedAt: act.at, overdue: false },
          entryOf(
            'accepted',
            act,
            { ...what(start, state), late: state.overdue },
            rests(start, start.rules.acceptanceLimit),
          ),
        );
      case 'declineDemand':
        return decline(start, state, act);
      case 'askSupply':
        return ask(start, state, act);
      case 'answerDemand':
        return answer(start, state, act);
      case 'concludeDemand':
        return conclude(start, state, act);
      case 'nameEntry':
        return nameEntry(start, state, act);
      case 'entryPublished':
        return published(start, state, act);
      case 'dropPromise':
        return dropPromise(start, state, act);
      case 'withdrawDemand':
        if (act.by.organisation !== state.asker) return refuse('notAskedForAnswer');
        return step(
          { ...state, stage: 'done', outcome: 'withdrawn' },
          entryOf('withdrawn', act, what(start, state), rests(start)),
        );
      case 'succeedBody': {
        const moved = succeed(start, state, act);
        return settle(start, moved.state, act, moved.entries);
      }
    }
  },

  periods,
  ended,
  waitsFor,
  words,
};
