/** Where a demand stands: the limits that run, who it waits for, and its words in the Temporal UI (C7). */
import type { Given, Period, ProcedureStart, Refused, Step, Waiting } from '../procedure/machine.ts';
import { roleOf, type Ruled } from '../procedure/ruled.ts';
import type { DemandResponseRules } from './rules.ts';
import type { Asked, DemandResponseAct, DemandResponseFacts, DemandResponseState } from './types.ts';

export type Start = ProcedureStart<DemandResponseRules, DemandResponseFacts>;
export type State = DemandResponseState;
export type Act<K extends DemandResponseAct['kind']> = Given<Extract<DemandResponseAct, { kind: K }>>;
export type Answer = Step<State> | Refused;

export const rests = ({ rules }: Start, rule?: Ruled<unknown>) =>
  rule?.rests ?? rules.coordinatedBy.rests ?? undefined;
/** What every event says of it. */
export const what = ({ facts }: Start, { asker }: State) => ({ asker, need: facts.need });

export const askedKey = (body: string): string => `asked/${body}`;
export const promiseKey = (body: string): string => `promise/${body}`;
const reminders = [2, 1, 0];

/** A body whose word is still to be kept. */
export const isOwed = ({ answer, satisfied }: Asked): boolean => answer === 'can' && !satisfied;

export const periods = (
  start: Start,
  { stage, overdue, asked, acceptedAt, concludedAt }: State,
): Period[] => {
  const { rules, startedAt } = start;
  switch (stage) {
    case 'filed':
      return overdue
        ? []
        : [
            {
              ...{ key: 'acceptance', from: startedAt, limit: rules.acceptanceLimit.value, reminders },
              article: rests(start, rules.acceptanceLimit),
            },
          ];
    case 'coordinating':
      return [
        ...(overdue
          ? []
          : [
              {
                ...{ key: 'result', from: acceptedAt ?? startedAt, limit: rules.resultLimit.value },
                ...{ reminders, article: rests(start, rules.resultLimit) },
              },
            ]),
        ...asked
          .filter((one) => one.answer === null && !one.overdue)
          .map(({ body, at }) => ({
            ...{ key: askedKey(body), from: at, limit: rules.answerLimit.value, reminders },
            article: rests(start, rules.answerLimit),
          })),
      ];
    case 'promised':
      return asked.flatMap((one): Period[] =>
        isOwed(one) && !one.overdue && one.due !== null
          ? [
              {
                ...{ key: promiseKey(one.body), from: concludedAt ?? startedAt, limit: { on: one.due } },
                ...{ reminders: [5, 1, 0], article: rests(start) },
              },
            ]
          : [],
      );
    case 'done':
      return [];
  }
};

export const waitsFor = ({ facts, rules }: Start, state: State): Waiting[] => {
  const { stage, overdue, asked, asker } = state;
  const due = (period: string) => (overdue ? { overdue: true as const } : { period });
  const bureau = roleOf(rules.coordinatedBy.value);
  const withdraw: Waiting = { act: 'withdrawDemand', role: facts.askerRole, body: asker, optional: true };
  switch (stage) {
    case 'filed':
      return [
        { act: 'acceptDemand', role: bureau, ...due('acceptance') },
        { act: 'declineDemand', role: bureau, ...due('acceptance') },
        withdraw,
      ];
    case 'coordinating':
      return [
        { act: 'concludeDemand', role: bureau, ...due('result') },
        { act: 'askSupply', role: bureau, optional: true },
        ...asked
          .filter(({ answer }) => answer === null)
          .map(({ body, role, overdue: late }) => ({
            ...{ act: 'answerDemand', role, body },
            ...(late ? { overdue: true as const } : { period: askedKey(body) }),
          })),
        withdraw,
      ];
    case 'promised':
      return [
        ...asked.filter(isOwed).map(({ body, role, overdue: late }) => ({
          ...{ act: 'nameEntry', role, body },
          ...(late ? { overdue: true as const } : { period: promiseKey(body) }),
        })),
        { act: 'dropPromise', role: bureau, optional: true },
      ];
    case 'done':
      return [];
  }
};

const results: Record<NonNullable<State['outcome']>, string> = {
  supplied: '已供数',
  partly: '已部分供数',
  notHeld: '未持有',
  refused: '不予供数',
  declined: '不予协调',
  withdrawn: '已撤回',
};

export const words = ({ stage, outcome, overdue }: State): string => {
  if (outcome !== null) return results[outcome];
  const late = overdue ? '（逾期）' : '';
  if (stage === 'filed') return `待判断是否合理${late}`;
  return stage === 'coordinating' ? `协调中${late}` : '已答复，待公布资源';
};
