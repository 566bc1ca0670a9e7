/** What a product's egress waits for, by when, and how its stage is called. */
import {
  entryOf,
  type Period,
  type PeriodReading,
  type Step,
  step,
  type Waiting,
} from '../procedure/machine.ts';
import { facts, type Start, stepOn } from './steps.ts';
import type { EgressState } from './types.ts';

export const periods = (
  { rules }: Start,
  { stage, since, overdue, round, attempt }: EgressState,
): Period[] => {
  if (overdue) return [];
  const reminders = [5, 2, 1, 0];
  const article = rules.rests.checkLimit;
  if (stage === 'egressCheck')
    return [
      { key: `egressCheck/${attempt}/${round}`, from: since, limit: rules.checkLimit, reminders, article },
    ];
  if (stage === 'returned')
    return [{ key: `returned/${since}`, from: since, limit: rules.correctionLimit, reminders }];
  if (stage === 'filing')
    return [
      {
        ...{ key: `filing/${since}`, from: since, limit: rules.filingLimit, reminders },
        article: rules.rests.secondLock,
      },
    ];
  return [];
};

export const ended = (
  start: Start,
  state: EgressState,
  { at, lastDay }: PeriodReading & { at: number },
): Step<EgressState> => {
  const data = { step: state.stage, lastDay };
  if (state.stage === 'returned')
    return step(
      { ...stepOn(state, 'done', at), outcome: 'lapsed' },
      entryOf('lapsed', { at, receipt: null }, { ...facts(start), lastDay }),
    );
  const rests = state.stage === 'filing' ? start.rules.rests.secondLock : start.rules.rests.checkLimit;
  return step({ ...state, overdue: true }, entryOf('overdue', { at, receipt: null }, data, rests));
};

export const waitsFor = (start: Start, state: EgressState): Waiting[] => {
  const { stage, overdue, since, round, attempt, filed } = state;
  const { owner, operator } = start.facts;
  const own = { role: owner === operator ? 'operator' : 'merchant', body: owner };
  const period = (key: string) => (overdue ? { overdue } : { period: key });
  const optional = true as const;
  const withdraw: Waiting = {
    act: state.wasListed ? 'retireProduct' : 'withdrawProduct',
    ...own,
    optional,
  };
  switch (stage) {
    case 'evidence':
      return [{ act: 'replaceArtefact', ...own, optional }, withdraw];
    case 'egressCheck': {
      const due = { role: 'operator', body: operator, ...period(`egressCheck/${attempt}/${round}`) };
      return [
        { act: state.checkers.length < start.rules.checkers.number ? 'nameCheckers' : 'castVote', ...due },
        { act: 'requestException', ...own, optional },
        { act: 'replaceArtefact', ...own, optional },
        withdraw,
      ];
    }
    case 'returned':
      return [{ act: 'replaceArtefact', ...own, ...period(`returned/${since}`) }, withdraw];
    case 'filing':
      return filed
        ? [
            { act: 'agreeProduct', role: 'bureau', ...period(`filing/${since}`) },
            { act: 'returnProduct', role: 'bureau' },
            withdraw,
          ]
        : [{ act: 'fileProduct', role: 'operator', body: operator, ...period(`filing/${since}`) }, withdraw];
    case 'listed':
      return [{ act: 'releaseProduct', role: 'operator', body: operator }];
    case 'suspended':
      return state.holds && !state.holds.byHand ? [] : [{ act: 'restoreProduct', role: 'bureau' }];
    case 'released':
    case 'done':
      return [];
  }
};

export const words = ({ stage, outcome, overdue, filed }: EgressState): string => {
  if (outcome)
    return { recalled: '已召回', retired: '已下架', withdrawn: '已撤回', lapsed: '逾期未补正，已终结' }[
      outcome
    ];
  const words = {
    evidence: '自动检测中',
    egressCheck: '出域核查',
    returned: '退回待修改',
    filing: filed ? '备案待同意' : '待报送备案',
    listed: '已列入清单，待发布',
    released: '已发布',
    suspended: '已暂停',
    done: '已办结',
  }[stage];
  return overdue ? `${words}（逾期）` : words;
};
