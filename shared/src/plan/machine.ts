/**
 * The implementation plan (实施方案, P1, P2): compiled, decided on collectively, approved by the government, filed with the
 * province, in the order of the pack. A material change is a new version that takes the same route; the version
 * before stays in force until the new one is.
 */
import { type BusinessDate, businessDateOf } from '../business-date.ts';
import { nextFiling } from '../procedure/filing.ts';
import { judgeVotes } from '../procedure/deliberation.ts';
import {
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
import type { PlanRules } from './rules.ts';
import type { PlanAct, PlanFacts, PlanState } from './types.ts';

export type { PlanAct, PlanFacts, PlanState } from './types.ts';

type Start = ProcedureStart<PlanRules, PlanFacts>;

const here = ({ rules }: Start, { at }: PlanState) => rules.route[at];
const rests = (start: Start, state: PlanState) => here(start, state)?.rests ?? undefined;

/** The step after, with what happens on entering it: the plan is in force when it waits for no receipt. */
const advance = (start: Start, state: PlanState, at: number, entry: Entry): Step<PlanState> => {
  const next: PlanState = { ...state, at: state.at + 1, since: at, overdue: false };
  const there = here(start, next);
  const entries = [entry];
  const effective =
    next.inForceAt === null &&
    (!there || (there.step === 'filing' && !start.rules.filingLimit.waitsForReceipt));
  if (effective) {
    next.inForceAt = at;
    entries.push(inForce(start, next, at));
  }
  if (!there) return step({ ...next, stage: 'done', outcome: 'inForce' }, ...entries);
  return step({ ...next, stage: there.step }, ...entries);
};

/** A date that an act names: not after the act, and not before what it answers. */
export const dateOutside = (
  on: BusinessDate,
  { since, at }: { since: number; at: number },
): { from: BusinessDate; until: BusinessDate } | undefined => {
  const [from, until] = [businessDateOf(since), businessDateOf(at)];
  return on < from || on > until ? { from, until } : undefined;
};

const inForce = ({ facts }: Start, { contentHash }: PlanState, at: number): Entry =>
  entryOf(
    'inForce',
    { at, receipt: null },
    { version: facts.version, replaces: facts.replaces, contentHash },
  );

/** Not carried or not approved: the plan goes back to its compiler and takes the route again from its first step. */
const back = (start: Start, state: PlanState, at: number, entry: Entry): Step<PlanState> => {
  const first = start.rules.route[0]?.step ?? 'done';
  return step({ ...state, at: 0, stage: first, since: at, overdue: false }, entry);
};

/** Before the first decision alone: what was decided on is what comes into force. */
const revise = (
  state: PlanState,
  act: Given<Extract<PlanAct, { kind: 'revisePlan' }>>,
): Step<PlanState> | Refused => {
  if (state.at !== 0) return refuse('stepNotReached', { stage: state.stage });
  if (act.contentHash === state.contentHash) return refuse('planUnchanged');
  return step(
    { ...state, contentHash: act.contentHash, since: act.at, overdue: false },
    entryOf('revised', act, { contentHash: act.contentHash }),
  );
};

const deliberate = (
  start: Start,
  state: PlanState,
  act: Given<Extract<PlanAct, { kind: 'deliberatePlan' }>>,
): Step<PlanState> | Refused => {
  const outside = dateOutside(act.heldOn, { since: state.since, at: act.at });
  if (outside) return refuse('dateOutside', outside);
  const { quorate, carried, ...counts } = judgeVotes(start.rules.collectiveVote, act.votes);
  if (!quorate) return refuse('quorumNotMet', { present: counts.present, members: counts.members });
  const data = { ...counts, heldOn: act.heldOn, minutes: act.minutes, late: state.overdue };
  return carried
    ? advance(start, state, act.at, entryOf('deliberated', act, data, rests(start, state)))
    : back(start, state, act.at, entryOf('notCarried', act, data, rests(start, state)));
};

const approve = (
  start: Start,
  state: PlanState,
  act: Given<Extract<PlanAct, { kind: 'approvePlan' }>>,
): Step<PlanState> => {
  const data = { document: act.document, late: state.overdue };
  return act.outcome === 'approve'
    ? advance(start, state, act.at, entryOf('approved', act, data, rests(start, state)))
    : back(
        start,
        state,
        act.at,
        entryOf('notApproved', act, { ...data, reasonCodes: act.reasonCodes }, rests(start, state)),
      );
};

const file = (
  start: Start,
  state: PlanState,
  act: Given<Extract<PlanAct, { kind: 'filePlan' }>>,
): Step<PlanState> | Refused => {
  if (state.filing?.state === 'sent') return refuse('filingPending', { filing: state.filing.filing });
  const filing = nextFiling(start.caseNo, state.filings);
  return step(
    { ...state, filings: state.filings + 1, filing: { filing, sentAt: act.at, state: 'sent' } },
    entryOf(
      'filed',
      act,
      { filing, to: here(start, state)?.to ?? null, late: state.overdue },
      rests(start, state),
    ),
  );
};

const answerFiling = (
  start: Start,
  state: PlanState,
  act: Given<Extract<PlanAct, { kind: 'receiptPlanFiling' | 'returnPlanFiling' }>>,
): Step<PlanState> | Refused => {
  if (state.filing?.state !== 'sent') return refuse('noFilingPending');
  const { filing, sentAt } = state.filing;
  const outside = dateOutside(act.on, { since: sentAt, at: act.at });
  if (outside) return refuse('dateOutside', outside);
  const data = { filing, on: act.on, document: act.document };
  if (act.kind === 'returnPlanFiling')
    return step(
      // To be sent again, on a limit of its own.
      { ...state, filing: { ...state.filing, state: 'returned' }, since: act.at, overdue: false },
      entryOf('filingReturned', act, { ...data, reasonCodes: act.reasonCodes }, rests(start, state)),
    );
  const receipted: PlanState = { ...state, filing: { ...state.filing, state: 'receipted' } };
  return advance(start, receipted, act.at, entryOf('filingReceipted', act, data, rests(start, state)));
};

/** Where each act has its place. */
const places: Record<PlanAct['kind'], readonly PlanState['stage'][]> = {
  revisePlan: ['collectiveDecision', 'governmentApproval'],
  deliberatePlan: ['collectiveDecision'],
  approvePlan: ['governmentApproval'],
  filePlan: ['filing'],
  receiptPlanFiling: ['filing'],
  returnPlanFiling: ['filing'],
  withdrawPlan: ['collectiveDecision', 'governmentApproval'],
};

export const planMachine: Machine<PlanRules, PlanFacts, PlanState, PlanAct> = {
  procedure: 'plan',
  acts: Object.keys(places) as PlanAct['kind'][],

  begin: (start) => {
    const { startedAt: at, facts, receipt } = start;
    const state: PlanState = {
      stage: start.rules.route[0]?.step ?? 'done',
      ...{ outcome: null, contentHash: facts.contentHash, at: 0, since: at, overdue: false },
      ...{ inForceAt: null, filing: null, filings: 0 },
    };
    return step(
      state,
      entryOf(
        'opened',
        { at, receipt },
        { version: facts.version, replaces: facts.replaces, contentHash: facts.contentHash },
        rests(start, state),
      ),
    );
  },

  act: (start, state, act) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'revisePlan':
        return revise(state, act);
      case 'deliberatePlan':
        return deliberate(start, state, act);
      case 'approvePlan':
        return approve(start, state, act);
      case 'filePlan':
        return file(start, state, act);
      case 'receiptPlanFiling':
      case 'returnPlanFiling':
        return answerFiling(start, state, act);
      case 'withdrawPlan':
        return step({ ...state, stage: 'done', outcome: 'withdrawn' }, entryOf('withdrawn', act));
    }
  },

  periods: ({ rules }, { stage, since, overdue, filing, at }): Period[] => {
    if (overdue || stage === 'done' || filing?.state === 'sent') return [];
    const limit = stage === 'filing' ? rules.filingLimit : rules.deliberationLimit;
    const article = rules.route[at]?.rests ?? undefined;
    return [
      {
        key: `${stage}/${since}`,
        from: since,
        limit: { workingDays: limit.workingDays },
        reminders: [5, 2, 1, 0],
        article,
      },
    ];
  },

  ended: (start, state, { at, lastDay }) =>
    step(
      { ...state, overdue: true },
      entryOf('overdue', { at, receipt: null }, { step: state.stage, lastDay }, rests(start, state)),
    ),

  waitsFor: (_start, { stage, at, since, filing, overdue }): Waiting[] => {
    if (stage === 'done') return [];
    const period = overdue ? {} : { period: `${stage}/${since}` };
    if (stage === 'filing')
      return filing?.state === 'sent'
        ? [
            { act: 'receiptPlanFiling', role: 'bureau' },
            { act: 'returnPlanFiling', role: 'bureau' },
          ]
        : [{ act: 'filePlan', role: 'bureau', ...period }];
    return [
      stage === 'collectiveDecision'
        ? { act: 'deliberatePlan', role: 'bureau', ...period }
        : { act: 'approvePlan', role: 'government', ...period },
      ...(at === 0 ? [{ act: 'revisePlan', role: 'bureau' }] : []),
      { act: 'withdrawPlan', role: 'bureau' },
    ];
  },

  words: ({ stage, outcome, filing, overdue }) => {
    if (outcome === 'withdrawn') return '已撤回';
    if (outcome === 'inForce') return '已生效';
    const words = {
      collectiveDecision: '集体决策',
      governmentApproval: '政府审定',
      filing: '备案',
      done: '已办结',
    }[stage];
    if (filing?.state === 'sent') return '备案待回执';
    return overdue ? `${words}逾期` : `${words}中`;
  },
};
