/**
 * A ceiling price (上限收费标准, F3): the implementing body sets it for one product and its charging units, and reports it in
 * writing to the price authority, which receipts it. It stands from when it is set, whatever becomes of the report.
 */
import { type BusinessDate, businessDateOf } from '../business-date.ts';
import type { CeilingRules } from '../pricing/rules.ts';
import {
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
import type { CeilingAct, CeilingFacts, CeilingState } from './types.ts';

export type { CeilingAct, CeilingFacts, CeilingState } from './types.ts';

type Start = ProcedureStart<CeilingRules, CeilingFacts>;
type Act<K extends CeilingAct['kind']> = Given<Extract<CeilingAct, { kind: K }>>;

const rests = ({ rules }: Start) => rules.ceilings.rests ?? undefined;

/** A ceiling is set for today or later: what was charged is not forbidden afterwards. */
const set = (start: Start, state: CeilingState, act: Act<'setCeiling'>): Step<CeilingState> | Refused => {
  const { product, operator, ceilings } = start.facts;
  const today = businessDateOf(act.at);
  const passed = ceilings.find(({ from }) => from < today);
  if (passed) return refuse('ceilingDayPassed', { from: passed.from, today });
  return step(
    { ...state, stage: 'set', setAt: act.at },
    entryOf('set', act, { product, operator, ceilings, forecast: act.forecast }, rests(start)),
  );
};

const report = (start: Start, state: CeilingState, act: Act<'reportCeiling'>): Step<CeilingState> =>
  step(
    { ...state, stage: 'reported', reportedAt: act.at },
    entryOf(
      'reported',
      act,
      { to: start.rules.ceilings.value.reportedTo, document: act.document, late: state.overdue },
      rests(start),
    ),
  );

/** By the office it was reported to, or by the bureau that records its paper. The date lies since the report. */
const receipt = (
  start: Start,
  state: CeilingState,
  act: Act<'receiptCeiling'>,
): Step<CeilingState> | Refused => {
  const { reportedTo } = start.rules.ceilings.value;
  if (![reportedTo, 'bureau'].includes(act.by.role)) return refuse('notTheDecider', { by: reportedTo });
  const outside = receiptOutside(act.on, { reportedAt: state.reportedAt ?? act.at, at: act.at });
  if (outside) return refuse('dateOutside', outside);
  return step(
    { ...state, stage: 'done', outcome: 'closed' },
    entryOf('receipted', act, { on: act.on, document: act.document, recordedBy: act.by.role }, rests(start)),
  );
};

/** The days between which a receipt may be dated, where its date is outside them. */
export const receiptOutside = (
  on: BusinessDate,
  { reportedAt, at }: { reportedAt: number; at: number },
): { from: BusinessDate; until: BusinessDate } | undefined => {
  const [from, until] = [businessDateOf(reportedAt), businessDateOf(at)];
  return on < from || on > until ? { from, until } : undefined;
};

const places: Record<CeilingAct['kind'], CeilingState['stage']> = {
  setCeiling: 'drafted',
  withdrawCeiling: 'drafted',
  reportCeiling: 'set',
  receiptCeiling: 'reported',
};

export const ceilingMachine: Machine<CeilingRules, CeilingFacts, CeilingState, CeilingAct> = {
  procedure: 'ceilingPrice',
  acts: Object.keys(places) as CeilingAct['kind'][],

  begin: (start) => {
    const { startedAt: at, receipt: opened, facts } = start;
    const { product, operator, ceilings, forecast } = facts;
    return step(
      { stage: 'drafted', outcome: null, setAt: null, reportedAt: null, overdue: false },
      entryOf('opened', { at, receipt: opened }, { product, operator, ceilings, forecast }, rests(start)),
    );
  },

  act: (start, state, act) => {
    if (places[act.kind] !== state.stage) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'setCeiling':
        return set(start, state, act);
      case 'reportCeiling':
        return report(start, state, act);
      case 'receiptCeiling':
        return receipt(start, state, act);
      case 'withdrawCeiling':
        return step({ ...state, stage: 'done', outcome: 'withdrawn' }, entryOf('withdrawn', act));
    }
  },

  periods: ({ rules }, { stage, setAt, overdue }): Period[] => {
    if (stage !== 'set' || setAt === null || overdue) return [];
    const { value, rests: article } = rules.ceilingReportLimit;
    const on = article ?? rules.ceilings.rests ?? undefined;
    return [{ key: 'report', from: setAt, limit: value, reminders: [2, 1, 0], article: on }];
  },

  ended: (start, state, { at, lastDay }) =>
    step(
      { ...state, overdue: true },
      entryOf('overdue', { at, receipt: null }, { step: 'report', lastDay }, rests(start)),
    ),

  waitsFor: (start, { stage, overdue }): Waiting[] => {
    const { reportBody } = start.facts;
    switch (stage) {
      case 'drafted':
        return [
          { act: 'setCeiling', role: 'bureau' },
          { act: 'withdrawCeiling', role: 'bureau', optional: true },
        ];
      case 'set':
        return [
          {
            act: 'reportCeiling',
            role: 'bureau',
            ...(overdue ? { overdue: true as const } : { period: 'report' }),
          },
        ];
      case 'reported':
        return reportBody === null
          ? [{ act: 'receiptCeiling', role: 'bureau' }]
          : [
              { act: 'receiptCeiling', role: start.rules.ceilings.value.reportedTo, body: reportBody },
              { act: 'receiptCeiling', role: 'bureau', optional: true },
            ];
      case 'done':
        return [];
    }
  },

  words: ({ stage, outcome, overdue }) => {
    if (outcome === 'withdrawn') return '已撤回';
    if (outcome === 'closed') return '已报告';
    if (stage === 'set') return overdue ? '书面报告逾期' : '已制定，待书面报告';
    return stage === 'reported' ? '已报告，待回执' : '拟制中';
  },
};
