/** The acts of a demand: whom it is put to, what each says, what is told to who asked, and what keeps the word (C7). */
import { businessDateOf, daysBetween } from '../business-date.ts';
import { type Entry, entryOf, refuse, type Step, step } from '../procedure/machine.ts';
import { type Act, type Answer, isOwed, rests, type Start, type State, what } from './standing.ts';
import type { Asked } from './types.ts';

const of = (state: State, body: string | null): Asked | undefined =>
  state.asked.find((one) => one.body === body);
const change = (state: State, body: string, to: Partial<Asked>): State => ({
  ...state,
  asked: state.asked.map((one) => (one.body === body ? { ...one, ...to } : one)),
});

export const ask = (start: Start, state: State, act: Act<'askSupply'>): Answer => {
  const { body, role, at } = act;
  if (of(state, body)) return refuse('bodyAskedAlready');
  const fresh: Asked = {
    ...{ body, role, at, answer: null, due: null, resource: null, satisfied: false, overdue: false },
  };
  return step(
    { ...state, asked: [...state.asked, fresh] },
    entryOf('bodyAsked', act, { ...what(start, state), body, role }, rests(start, start.rules.answerLimit)),
  );
};

const satisfied = (
  start: Start,
  state: State,
  by: { at: number; receipt: string | null },
  { body, resource }: { body: string; resource: string },
): Entry => entryOf('satisfied', by, { ...what(start, state), body, resource }, rests(start));

export const answer = (start: Start, state: State, act: Act<'answerDemand'>): Answer => {
  const body = act.by.organisation ?? '';
  const asked = of(state, body);
  if (!asked) return refuse('notAskedForAnswer');
  if (asked.answer !== null) return refuse('inquiryAnswered');
  const base = { ...what(start, state), body, answer: act.answer, late: asked.overdue };
  const article = rests(start, start.rules.answerLimit);
  if (act.answer === 'cannot')
    return step(
      change(state, body, { answer: 'cannot', overdue: false }),
      entryOf('bodyAnswered', act, { ...base, ground: act.ground }, article),
    );
  const { due, resource } = act;
  const today = businessDateOf(act.at);
  if (due < today) return refuse('supplyDayPassed', { due, today });
  return step(
    change(state, body, { answer: 'can', due, resource, overdue: false }),
    entryOf('bodyAnswered', act, { ...base, due, resource }, article),
  );
};

/** Who was asked has its time; the result says no more than the answers do. */
export const conclude = (start: Start, state: State, act: Act<'concludeDemand'>): Answer => {
  const { result } = act;
  const { results } = start.rules;
  if (!results.value.includes(result)) return refuse('demandResultNotInPack', { result });
  const pending = state.asked.find((one) => one.answer === null && !one.overdue);
  if (pending) return refuse('inquiryPending', { body: pending.body });
  const can = state.asked.filter((one) => one.answer === 'can').length;
  const given = result === 'supplied' || result === 'partly';
  if (given !== can > 0) return refuse('demandResultUnfounded');
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(act.at));
  const data = { ...what(start, state), result, can, asked: state.asked.length, days, late: state.overdue };
  return settle(start, { ...state, stage: 'promised', result, concludedAt: act.at, overdue: false }, act, [
    entryOf('concluded', act, data, rests(start, start.rules.resultLimit)),
  ]);
};

/** Closed once the result is told and no word is left to be kept. */
export const settle = (
  start: Start,
  state: State,
  by: { at: number; receipt: string | null },
  entries: readonly Entry[],
): Step<State> => {
  if (state.stage !== 'promised' || state.asked.some(isOwed)) return step(state, ...entries);
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(by.at));
  const resources = state.asked.flatMap((one) => (one.satisfied && one.resource ? [one.resource] : []));
  // Words that were given up make it less than was told.
  const promised = state.result === 'supplied' || state.result === 'partly';
  const result = promised && resources.length === 0 ? 'refused' : state.result;
  const data = { ...what(start, state), result, resources: [...new Set(resources)], days };
  return step(
    { ...state, stage: 'done', outcome: result },
    ...entries,
    entryOf('closed', by, data, rests(start)),
  );
};

export const nameEntry = (start: Start, state: State, act: Act<'nameEntry'>): Answer => {
  const asked = of(state, act.by.organisation);
  if (!asked || !isOwed(asked)) return refuse('notAskedForAnswer');
  const { body } = asked;
  const { resource } = act;
  return step(
    change(state, body, { resource }),
    entryOf('entryNamed', act, { ...what(start, state), body, resource }, rests(start)),
  );
};

export const published = (start: Start, state: State, act: Act<'entryPublished'>): Answer => {
  const kept = state.asked.filter((one) => isOwed(one) && one.resource === act.resource);
  const next = kept.reduce((before, { body }) => change(before, body, { satisfied: true }), state);
  const { resource } = act;
  const entries = kept.map(({ body }) => satisfied(start, state, act, { body, resource }));
  return settle(start, next, act, entries);
};

export const dropPromise = (start: Start, state: State, act: Act<'dropPromise'>): Answer => {
  const asked = of(state, act.body);
  if (!asked || !isOwed(asked)) return refuse('noPromise');
  const data = { ...what(start, state), body: act.body, late: asked.overdue };
  const next = change(state, act.body, { answer: 'cannot' });
  return settle(start, next, act, [entryOf('promiseDropped', act, data, rests(start))]);
};

/** A body's successor takes its place. Where both were asked one line stands: a word to be kept before any other. */
export const succeed = (start: Start, state: State, act: Act<'succeedBody'>): Step<State> => {
  const { from, to } = act;
  const asked = of(state, from);
  if (!asked && state.asker !== from) return step(state);
  const both = [of(state, to), asked].filter((one) => one !== undefined);
  const can = both.filter(({ answer: said }) => said === 'can');
  const kept = can.find(isOwed) ?? can[0] ?? both.find((one) => one.answer !== null) ?? both[0];
  const others = state.asked.filter(({ body }) => body !== from && body !== to);
  return step(
    {
      ...state,
      asker: state.asker === from ? to : state.asker,
      asked: kept ? [...others, { ...kept, body: to }] : others,
    },
    entryOf('bodyReplaced', act, { body: from, by: to }, rests(start)),
  );
};
