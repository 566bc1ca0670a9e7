/**
 * The permitted revenue of a year (最高准许收入, F2): figures from the cost ledger, decided on step by step in the order of
 * the pack. A figure in force is adjusted by a new case that takes the same route; the one before stays until then.
 */
import {
  type By,
  type Entry,
  entryOf,
  type Given,
  type Machine,
  type Period,
  type ProcedureStart,
  type Refused,
  refuse,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import type { RevenueRules } from './rules.ts';
import type { RevenueAct, RevenueFacts, RevenueState } from './types.ts';

export type { RevenueAct, RevenueFacts, RevenueState } from './types.ts';

type Start = ProcedureStart<RevenueRules, RevenueFacts>;
type Act<K extends RevenueAct['kind']> = Given<Extract<RevenueAct, { kind: K }>>;

const here = ({ rules }: Start, { at }: RevenueState) => rules.route[at];
const rests = ({ rules }: Start) => rules.rests ?? undefined;

/** Who decides at a step: the price office itself where the city has one; what the government decides the bureau may record. */
const deciders = ({ facts }: Start, by: string | undefined): readonly string[] => {
  if (by === 'price') return facts.priceBody === null ? ['bureau'] : ['price'];
  return by === 'government' ? ['government', 'bureau'] : ['bureau'];
};
const mayDecide = (start: Start, state: RevenueState, by: By): boolean =>
  deciders(start, here(start, state)?.by).includes(by.role);

const revise = (
  start: Start,
  state: RevenueState,
  act: Act<'reviseRevenue'>,
): Step<RevenueState> | Refused => {
  // What was decided on is what comes into force: after the first decision it goes back before it changes.
  if (state.at !== 0) return refuse('stepNotReached', { stage: state.stage });
  if (act.figures.hash === state.figures.hash) return refuse('figuresUnchanged');
  return step(
    { ...state, figures: act.figures, since: act.at, overdue: false },
    entryOf('revised', act, { figures: act.figures.hash, fen: act.figures.fen }, rests(start)),
  );
};

const inForce = (start: Start, { figures }: RevenueState, at: number): Entry => {
  const { operator, year, trial, replaces } = start.facts;
  const { hash, fen, consumedFen, carriedOnFen } = figures;
  return entryOf(
    'inForce',
    { at, receipt: null },
    { operator, year, trial, replaces, figures: hash, fen, consumedFen, carriedOnFen },
    rests(start),
  );
};

const decide = (
  start: Start,
  state: RevenueState,
  act: Act<'decideRevenue'>,
): Step<RevenueState> | Refused => {
  const there = here(start, state);
  if (!mayDecide(start, state, act.by)) return refuse('notTheDecider', { by: there?.by ?? '' });
  // Decided on figures that were revised meanwhile is decided on nothing.
  if (act.figures !== state.figures.hash) return refuse('figuresChanged');
  const missing = there?.with.find((body) => !act.joint.some((one) => one.with === body));
  if (missing !== undefined) return refuse('jointOpinionMissing', { with: missing });
  const decided = entryOf(
    'decided',
    act,
    {
      ...{ step: state.stage, by: there?.by ?? '', recordedBy: act.by.role, document: act.document },
      ...{ joint: act.joint, figures: state.figures.hash, fen: state.figures.fen, late: state.overdue },
    },
    rests(start),
  );
  const next = start.rules.route[state.at + 1];
  const on: RevenueState = { ...state, at: state.at + 1, since: act.at, overdue: false };
  return next
    ? step({ ...on, stage: next.step }, decided)
    : step({ ...on, stage: 'done', outcome: 'inForce' }, decided, inForce(start, state, act.at));
};

const sendBack = (
  start: Start,
  state: RevenueState,
  act: Act<'returnRevenue'>,
): Step<RevenueState> | Refused => {
  const there = here(start, state);
  if (!mayDecide(start, state, act.by)) return refuse('notTheDecider', { by: there?.by ?? '' });
  const first = start.rules.route[0]?.step ?? 'done';
  return step(
    { ...state, at: 0, stage: first, since: act.at, overdue: false },
    entryOf(
      'returned',
      act,
      { step: state.stage, document: act.document, reasonCodes: act.reasonCodes, late: state.overdue },
      rests(start),
    ),
  );
};

export const revenueMachine: Machine<RevenueRules, RevenueFacts, RevenueState, RevenueAct> = {
  procedure: 'permittedRevenue',
  acts: ['reviseRevenue', 'decideRevenue', 'returnRevenue', 'withdrawRevenue'],

  begin: (start) => {
    const { startedAt: at, facts, receipt } = start;
    const { hash, fen, consumedFen, carriedOnFen } = facts;
    const state: RevenueState = {
      stage: start.rules.route[0]?.step ?? 'done',
      ...{
        outcome: null,
        figures: { hash, fen, consumedFen, carriedOnFen },
        at: 0,
        since: at,
        overdue: false,
      },
    };
    const { operator, year, trial, replaces } = facts;
    return step(
      state,
      entryOf(
        'opened',
        { at, receipt },
        { operator, year, trial, replaces, figures: hash, fen },
        rests(start),
      ),
    );
  },

  act: (start, state, act) => {
    if (state.stage === 'done') return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'reviseRevenue':
        return revise(start, state, act);
      case 'decideRevenue':
        return decide(start, state, act);
      case 'returnRevenue':
        return sendBack(start, state, act);
      case 'withdrawRevenue':
        return step({ ...state, stage: 'done', outcome: 'withdrawn' }, entryOf('withdrawn', act));
    }
  },

  periods: ({ rules }, { stage, since, overdue }): Period[] =>
    overdue || stage === 'done'
      ? []
      : [
          {
            ...{ key: `${stage}/${since}`, from: since, limit: rules.stepLimit, reminders: [5, 2, 1, 0] },
            article: rules.rests ?? undefined,
          },
        ],

  ended: (start, state, { at, lastDay }) =>
    step(
      { ...state, overdue: true },
      entryOf('overdue', { at, receipt: null }, { step: state.stage, lastDay }, rests(start)),
    ),

  waitsFor: (start, state): Waiting[] => {
    const { stage, since, overdue } = state;
    if (stage === 'done') return [];
    const [role = 'bureau'] = deciders(start, here(start, state)?.by);
    const who = {
      ...{ role, ...(role === 'price' && { body: start.facts.priceBody }) },
      ...(overdue ? { overdue: true as const } : { period: `${stage}/${since}` }),
    };
    return [
      { act: 'decideRevenue', ...who },
      ...(state.at === 0 ? [{ act: 'reviseRevenue', role: 'bureau', optional: true as const }] : []),
      { act: 'withdrawRevenue', role: 'bureau', optional: true as const },
    ];
  },

  words: ({ stage, outcome, overdue }) => {
    if (outcome === 'withdrawn') return '已撤回';
    if (outcome === 'inForce') return '已核定';
    const words = { review: '审核', determination: '核定', approval: '审批', done: '已办结' }[stage];
    return overdue ? `${words}逾期` : `${words}中`;
  },
};
