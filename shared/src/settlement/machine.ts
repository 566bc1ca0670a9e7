/**
 * The settlement of a year (结算, F2, F5): figures frozen by the engine, confirmed by the operator, then by the finance
 * office; returned with reasons they are frozen anew; closed when the resource fee and every share are paid.
 */
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
import type { SettlementRules } from '../pricing/rules.ts';
import { dateOutside } from '../plan/machine.ts';
import type { Payment, SettlementAct, SettlementFacts, SettlementFigures, SettlementState } from './types.ts';

export type { SettlementAct, SettlementFacts, SettlementFigures, SettlementState } from './types.ts';

type Start = ProcedureStart<SettlementRules, SettlementFacts>;
type Of<K extends SettlementAct['kind']> = Given<Extract<SettlementAct, { kind: K }>>;

const rests = ({ rules }: Start) => rules.sharing.rests ?? undefined;
const owed = ({ rules }: Start) => rules.excess.rests ?? undefined;

const told = ({ facts: { operator, year } }: Start, attempt: number, figures: SettlementFigures) => {
  const { hash, revenueFen, permittedFen, excessFen, pooledFen, carriedFen, terms } = figures;
  const { resourceFeeFen, surplusFen } = figures;
  return {
    ...{ operator, year, attempt, figures: hash, revenueFen, permittedFen, excessFen, carriedFen },
    ...{ resourceFeeFen, surplusFen, terms, ...(pooledFen !== undefined && { pooledFen }) },
  };
};

/** What is to be paid: nothing where there is nothing. */
const dueOf = ({ resourceFeeFen, shares }: SettlementFigures): Payment[] => [
  ...(resourceFeeFen > 0 ? [{ what: 'resourceFee', party: null, fen: resourceFeeFen } as const] : []),
  ...shares.flatMap(({ party, fen }): Payment[] => (fen > 0 ? [{ what: 'share', party, fen }] : [])),
];

const closing = (
  start: Start,
  state: SettlementState,
  at: number,
  ...before: Entry[]
): Step<SettlementState> =>
  state.due.length > 0
    ? step(state, ...before)
    : step(
        { ...state, stage: 'done', outcome: 'closed' },
        ...before,
        entryOf('closed', { at, receipt: null }, { figures: state.figures.hash }, rests(start)),
      );

const moved = (state: SettlementState, figures: string): Refused | undefined =>
  figures === state.figures.hash ? undefined : refuse('settlementFiguresMoved');

const confirmAsOperator = (start: Start, state: SettlementState, act: Of<'confirmSettlementAsOperator'>) =>
  moved(state, act.figures) ??
  step<SettlementState>(
    { ...state, stage: 'financeConfirmation', since: act.at, overdue: false },
    entryOf('operatorConfirmed', act, { figures: act.figures, late: state.overdue }, rests(start)),
  );

const confirm = (start: Start, state: SettlementState, act: Of<'confirmSettlement'>) => {
  const parties = [...new Set(state.figures.shares.map(({ party }) => party))];
  return (
    moved(state, act.figures) ??
    closing(
      start,
      { ...state, stage: 'payment', since: act.at, overdue: false, due: dueOf(state.figures) },
      act.at,
      entryOf(
        'confirmed',
        act,
        { ...told(start, state.attempt, state.figures), parties, late: state.overdue },
        rests(start),
      ),
    )
  );
};

const giveBack = (start: Start, state: SettlementState, act: Of<'returnSettlement'>) => {
  const stage = act.side === 'operator' ? 'operatorConfirmation' : 'financeConfirmation';
  if (state.stage !== stage) return refuse('stepNotReached', { stage: state.stage });
  return (
    moved(state, act.figures) ??
    step<SettlementState>(
      { ...state, stage: 'returned', since: act.at, overdue: false },
      entryOf(
        'returned',
        act,
        { side: act.side, figures: act.figures, reasonCodes: act.reasonCodes, late: state.overdue },
        rests(start),
      ),
    )
  );
};

const refreeze = (start: Start, state: SettlementState, act: Of<'refreezeSettlement'>) => {
  if (act.figures.hash === state.figures.hash) return refuse('settlementUnchanged');
  const attempt = state.attempt + 1;
  return step<SettlementState>(
    {
      ...{ ...state, stage: 'operatorConfirmation', attempt, figures: act.figures },
      ...{ since: act.at, overdue: false },
    },
    entryOf('refrozen', act, { ...told(start, attempt, act.figures), late: state.overdue }, owed(start)),
  );
};

const pay = (
  start: Start,
  state: SettlementState,
  act: Of<'paySettlement'>,
): Step<SettlementState> | Refused => {
  const { what, party, fen, paidOn, document } = act;
  const asked = state.due.find((one) => one.what === what && one.party === party);
  if (!asked) return refuse('paymentNotDue');
  if (asked.fen !== fen) return refuse('paymentDiffers', { fen: asked.fen });
  const outside = dateOutside(paidOn, { since: start.startedAt, at: act.at });
  if (outside) return refuse('dateOutside', outside);
  const { rules } = start;
  const article = (what === 'resourceFee' ? rules.resourceFee : rules.sharing).rests ?? undefined;
  return closing(
    start,
    { ...state, due: state.due.filter((one) => one !== asked) },
    act.at,
    entryOf('paid', act, { what, party, fen, paidOn, document, late: state.overdue }, article),
  );
};

/** Where each act has its place. */
const places: Record<SettlementAct['kind'], readonly SettlementState['stage'][]> = {
  confirmSettlementAsOperator: ['operatorConfirmation'],
  confirmSettlement: ['financeConfirmation'],
  returnSettlement: ['operatorConfirmation', 'financeConfirmation'],
  refreezeSettlement: ['returned'],
  paySettlement: ['payment'],
};

export const settlementMachine: Machine<SettlementRules, SettlementFacts, SettlementState, SettlementAct> = {
  procedure: 'settlement',
  acts: Object.keys(places) as SettlementAct['kind'][],

  begin: (start) => {
    const { startedAt: at, facts, receipt } = start;
    const state: SettlementState = {
      ...{ stage: 'operatorConfirmation', outcome: null, attempt: 1, figures: facts.figures },
      ...{ since: at, overdue: false, due: [] },
    };
    return step(state, entryOf('opened', { at, receipt }, told(start, 1, facts.figures), owed(start)));
  },

  act: (start, state, act) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'confirmSettlementAsOperator':
        return confirmAsOperator(start, state, act);
      case 'confirmSettlement':
        return confirm(start, state, act);
      case 'returnSettlement':
        return giveBack(start, state, act);
      case 'refreezeSettlement':
        return refreeze(start, state, act);
      case 'paySettlement':
        return pay(start, state, act);
    }
  },

  periods: ({ rules }, { stage, since, overdue }): Period[] =>
    overdue || stage === 'done'
      ? []
      : [
          {
            key: `${stage}/${since}`,
            from: since,
            limit: { workingDays: rules.settlementLimit.value.workingDays },
            reminders: [5, 2, 1, 0],
            article: rules.settlementLimit.rests ?? undefined,
          },
        ],

  ended: (start, state, { at, lastDay }) =>
    step(
      { ...state, overdue: true },
      entryOf('overdue', { at, receipt: null }, { step: state.stage, lastDay }, rests(start)),
    ),

  waitsFor: ({ facts: { operator, financeBody } }, { stage, since, overdue }): Waiting[] => {
    const due = overdue ? { overdue } : { period: `${stage}/${since}` };
    const operators = { role: 'operator', body: operator };
    const finance = financeBody === null ? { role: 'bureau' } : { role: 'finance', body: financeBody };
    switch (stage) {
      case 'operatorConfirmation':
        return [
          { act: 'confirmSettlementAsOperator', ...operators, ...due },
          { act: 'returnSettlement', ...operators, optional: true },
        ];
      case 'financeConfirmation':
        return [
          { act: 'confirmSettlement', ...finance, ...due },
          { act: 'returnSettlement', ...finance, optional: true },
        ];
      case 'returned':
        return [{ act: 'refreezeSettlement', ...operators, ...due }];
      case 'payment':
        return [{ act: 'paySettlement', ...operators, ...due }];
      case 'done':
        return [];
    }
  },

  words: ({ stage, outcome, overdue }) => {
    if (outcome) return '已办结';
    const words = {
      operatorConfirmation: '待运营机构确认',
      financeConfirmation: '待财政部门确认',
      returned: '已退回，待重新核定',
      payment: '待支付',
      done: '已办结',
    }[stage];
    return overdue ? `${words}（逾期）` : words;
  },
};
