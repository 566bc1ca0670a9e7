/**
 * A sanction (惩戒, X1; 中卫 27, 朔州 十（七）, 乌海 八（六）): opened on grounds, heard, decided by whom the pack says, lifted at
 * its end or by decision. Nobody is decided on before the reply has passed (陈述申辩, our reading).
 */
import {
  entryOf,
  hasEnded,
  type Machine,
  type Period,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import { roleOfBody } from '../incident/rules.ts';
import { dateOutside } from '../plan/machine.ts';
import { closing, decide, ending, lift, standing } from './decision.ts';
import { askReview, review, reviewPeriods, reviewRequestKey } from './review.ts';
import { type FrozenSanctionRules, mayAskReview } from './rules.ts';
import type { SanctionAct, SanctionActOf, SanctionFacts, SanctionStart, SanctionState } from './types.ts';

export type { SanctionAct, SanctionFacts, SanctionState } from './types.ts';

type Stage = SanctionState['stage'];
const undecided: readonly Stage[] = ['reply', 'decision'];

/** Where each act has its place. */
const places: Record<SanctionAct['kind'], readonly Stage[]> = {
  replyToSanction: ['reply'],
  recordHearing: undecided,
  decideSanction: ['decision'],
  dropSanction: undecided,
  liftSanction: ['standing'],
  recordTermination: ['standing'],
  requestSanctionReview: ['standing'],
  decideSanctionReview: ['standing'],
};
/** What the body it is against does; everything else is the authority's. */
const ofTarget: readonly string[] = ['replyToSanction', 'requestSanctionReview'];

const toDecision = (state: SanctionState, since: number): SanctionState => ({
  ...{ ...state, stage: 'decision', since, overdue: false },
});

const reply = ({ rules }: SanctionStart, state: SanctionState, act: SanctionActOf<'replyToSanction'>) => {
  const next = { ...state, replies: state.replies + 1 };
  return step<SanctionState>(
    act.final ? toDecision(next, act.at) : next,
    entryOf(
      'replied',
      act,
      { document: act.document, final: act.final, number: next.replies },
      rules.reply.rests ?? undefined,
    ),
  );
};

const taken = (
  start: SanctionStart,
  state: SanctionState,
  act: SanctionActOf<SanctionAct['kind']>,
  periods: Periods,
): Step<SanctionState> | Refused => {
  switch (act.kind) {
    case 'replyToSanction':
      return reply(start, state, act);
    case 'recordHearing': {
      const outside = dateOutside(act.on, { since: start.startedAt, at: act.at });
      if (outside) return refuse('dateOutside', outside);
      return step(
        { ...state, hearings: state.hearings + 1 },
        entryOf('heard', act, { on: act.on, document: act.document }),
      );
    }
    case 'decideSanction':
      return decide(start, state, act);
    case 'dropSanction':
      return step(
        { ...state, stage: 'done', outcome: 'dropped' },
        entryOf('dropped', act, { reasonCodes: act.reasonCodes, document: act.document }),
      );
    case 'liftSanction':
      return lift(start, state, act);
    case 'recordTermination': {
      const due = standing(state).some(({ measure }) => measure === 'termination');
      if (!due) return refuse('measureNotStanding', { measure: 'termination' });
      // What was to end has ended: the order holds nothing that comes after it.
      const { state: next, entries } = ending(
        start,
        state,
        ({ measure }) => measure === 'termination',
        { at: act.at, receipt: null },
        'terminationRecorded',
      );
      return closing(
        start,
        next,
        act.at,
        entryOf('terminationRecorded', act, { document: act.document }),
        ...entries,
      );
    }
    case 'requestSanctionReview':
      return askReview(start, state, act, periods);
    case 'decideSanctionReview':
      return review(start, state, act);
  }
};

export const sanctionMachine: Machine<FrozenSanctionRules, SanctionFacts, SanctionState, SanctionAct> = {
  procedure: 'sanction',
  acts: Object.keys(places) as SanctionAct['kind'][],

  begin: ({ startedAt: at, receipt, facts: { target, targetRole, grounds }, rules }) =>
    step(
      {
        ...{ stage: 'reply', outcome: null, since: at, overdue: false, replies: 0, hearings: 0 },
        ...{ decidedAt: null, measures: [], reviewAsked: false },
      },
      entryOf(
        'opened',
        { at, receipt },
        { target, targetRole, grounds: grounds.map(({ code, caseNo }) => ({ code, case: caseNo })) },
        rules.grounds.rests ?? undefined,
      ),
    ),

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    if (ofTarget.includes(act.kind) && act.by.organisation !== start.facts.target) return refuse('notFound');
    // The instant decides: what comes after its end finds the reply closed, told or not.
    if (act.kind === 'replyToSanction' && hasEnded(periods[`reply/${state.since}`], act.at))
      return refuse('stepNotReached', { stage: 'decision' });
    return taken(start, state, act, periods);
  },

  periods: (start, state): Period[] => {
    const { rules } = start;
    const { stage, since, overdue } = state;
    const days = (
      key: 'reply' | 'decision',
      { value, rests }: FrozenSanctionRules['reply' | 'decisionLimit'],
    ): Period => ({
      ...{ key: `${key}/${since}`, from: since, limit: value, reminders: [2, 1, 0] },
      article: rests ?? undefined,
    });
    if (stage === 'reply') return [days('reply', rules.reply)];
    if (stage === 'decision') return overdue ? [] : [days('decision', rules.decisionLimit)];
    if (stage === 'done') return [];
    const terms = standing(state).flatMap(({ measure, lastDay }): Period[] =>
      lastDay === null
        ? []
        : [
            {
              ...{ key: `term/${measure}`, from: state.decidedAt ?? since, limit: { on: lastDay } },
              ...{ reminders: [5, 1], article: rules.kinds.rests ?? undefined },
            },
          ],
    );
    return [...reviewPeriods(start, state), ...terms];
  },

  ended: (start, state, { key, at, lastDay }) => {
    const { rules } = start;
    const by = { at, receipt: null };
    if (key.startsWith('reply/'))
      return step(
        toDecision(state, at),
        entryOf('replyClosed', by, { replies: state.replies }, rules.reply.rests ?? undefined),
      );
    if (key.startsWith('decision/'))
      return step(
        { ...state, overdue: true },
        entryOf('overdue', by, { step: 'decision', lastDay }, rules.decisionLimit.rests ?? undefined),
      );
    if (key === reviewRequestKey) return closing(start, { ...state, reviewOver: 'passed' }, at);
    if (key === 'review')
      return step(
        { ...state, reviewOverdue: true },
        entryOf('overdue', by, { step: 'review', lastDay }, rules.reviewLimit?.rests ?? undefined),
      );
    const measure = key.slice('term/'.length);
    const next = ending(start, state, (one) => one.measure === measure, by, 'term');
    return closing(start, next.state, at, ...next.entries);
  },

  waitsFor: (start, state): Waiting[] => {
    const { rules, facts } = start;
    const { stage, since, overdue } = state;
    const optional = true as const;
    const decider = { role: roleOfBody(rules.decidedBy.value) };
    const target = { role: facts.targetRole, body: facts.target };
    if (stage === 'reply')
      return [
        { act: 'replyToSanction', ...target, period: `reply/${since}` },
        { act: 'dropSanction', role: 'bureau', optional },
      ];
    if (stage === 'decision')
      return [
        {
          ...{ act: 'decideSanction', ...decider },
          ...(overdue ? { overdue: true as const } : { period: `decision/${since}` }),
        },
        { act: 'dropSanction', role: 'bureau', optional },
      ];
    if (stage === 'done') return [];
    const lifter = { role: roleOfBody(rules.liftedBy.value) };
    return [
      ...(state.reviewAsked
        ? [
            {
              ...{ act: 'decideSanctionReview', ...lifter },
              ...(state.reviewOverdue
                ? { overdue: true as const }
                : rules.reviewLimit && state.reviewAskedAt !== undefined && { period: 'review' }),
            },
          ]
        : []),
      ...(standing(state).some((one) => one.measure === 'termination')
        ? [{ act: 'recordTermination', role: 'bureau' }]
        : []),
      ...(standing(state).length > 0 ? [{ act: 'liftSanction', ...lifter, optional }] : []),
      ...(mayAskReview(start, state)
        ? [
            {
              ...{ act: 'requestSanctionReview', ...target, optional },
              ...(rules.reviewRequest && { period: reviewRequestKey, right: true as const }),
            },
          ]
        : []),
    ];
  },

  words: (state) => {
    const { stage, outcome, overdue, reviewAsked, reviewOverdue } = state;
    if (outcome === 'dropped') return '不予惩戒，已办结';
    const standingWords = standing(state).length > 0 ? '惩戒执行中' : '可申请复核';
    const words = {
      ...{ reply: '陈述申辩期', decision: '待决定', done: '已办结' },
      standing: reviewAsked ? '复核中' : standingWords,
    }[stage];
    return overdue || (reviewAsked && reviewOverdue) ? `${words}（逾期）` : words;
  },
};
