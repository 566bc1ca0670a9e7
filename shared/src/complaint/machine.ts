/**
 * A complaint (投诉举报, S4; 国家 十八, 乌海 十一): taken in, accepted or not with its ground, looked into with the bodies
 * concerned, answered, reviewed on request, closed. It changes nothing of the case it complains about.
 */
import { entryOf, type Machine, type PeriodReading, refuse, type Step, step } from '../procedure/machine.ts';
import * as acts from './acts.ts';
import type { ComplaintRules } from './rules.ts';
import { inquiryKey, periods, rests, type Start, waitsFor, words } from './standing.ts';
import type { ComplaintAct, ComplaintFacts, ComplaintState } from './types.ts';

export type { ComplaintAct, ComplaintFacts, ComplaintState } from './types.ts';

const places: Record<ComplaintAct['kind'], readonly ComplaintState['stage'][]> = {
  acceptComplaint: ['submitted', 'correction'],
  declineComplaint: ['submitted'],
  requestFacts: ['submitted'],
  supplyFacts: ['correction'],
  askBody: ['investigating'],
  answerInquiry: ['investigating'],
  extendAnswer: ['investigating'],
  answerComplaint: ['investigating'],
  requestReview: ['answered'],
  decideReview: ['underReview'],
  withdrawComplaint: ['submitted', 'correction', 'investigating'],
  succeedBody: ['submitted', 'correction', 'investigating', 'answered', 'underReview'],
};

/** What the end of a period does: silence accepts, what was asked back is waited for no longer, no review was asked for. */
const ended = (
  start: Start,
  state: ComplaintState,
  period: PeriodReading & { at: number },
): Step<ComplaintState> => {
  const { key, at, lastDay } = period;
  const by = { at, receipt: null };
  if (key === 'reviewRequest') return acts.close(start, state, by);
  if (key === 'acceptance')
    return step(
      // Silence accepts as of the day of receipt, as it does everywhere: the answer's days count from then.
      { ...state, stage: 'investigating', acceptedAt: state.since },
      entryOf('deemedAccepted', by, { lastDay }, rests(start, start.rules.acceptanceLimit)),
    );
  if (key === 'correction')
    return step(
      { ...state, stage: 'submitted', since: at },
      entryOf('factsNotSupplied', by, { lastDay }, rests(start, start.rules.correctionLimit)),
    );
  const asked = state.inquiries.find(({ body }) => inquiryKey(body) === key);
  if (!asked)
    return step({ ...state, overdue: true }, entryOf('overdue', by, { step: key, lastDay }, rests(start)));
  const inquiries = state.inquiries.map((one) => (one === asked ? { ...one, overdue: true } : one));
  return step(
    { ...state, inquiries },
    entryOf('inquiryOverdue', by, { body: asked.body, lastDay }, rests(start, start.rules.departmentLimit)),
  );
};

export const complaintMachine: Machine<ComplaintRules, ComplaintFacts, ComplaintState, ComplaintAct> = {
  procedure: 'complaint',
  acts: Object.keys(places) as ComplaintAct['kind'][],

  begin: (start) =>
    step(
      {
        ...{ stage: 'submitted', outcome: null, since: start.startedAt, askedBack: null, acceptedAt: null },
        ...{ extensions: [], inquiries: [], result: null },
        ...{ answeredAt: null, answeredBy: null, reviewAt: null, reviewed: null, overdue: false },
      },
      entryOf('opened', { at: start.startedAt, receipt: start.receipt }, { ...start.facts }, rests(start)),
    ),

  act: (start, state, act, periods) => {
    if (!places[act.kind].includes(state.stage)) return refuse('stepNotReached', { stage: state.stage });
    switch (act.kind) {
      case 'acceptComplaint':
        return acts.accept(start, state, act);
      case 'declineComplaint':
        return acts.decline(start, state, act);
      case 'requestFacts':
        return acts.askBack(start, state, act);
      case 'supplyFacts':
        return acts.supply(start, state, act);
      case 'askBody':
        return acts.ask(start, state, act);
      case 'answerInquiry':
        return acts.answerInquiry(start, state, act);
      case 'extendAnswer':
        return acts.extend(start, state, act, periods);
      case 'answerComplaint':
        return acts.answer(start, state, act);
      case 'requestReview':
        return acts.askReview(start, state, act, periods);
      case 'decideReview':
        return acts.review(start, state, act);
      case 'withdrawComplaint':
        return step(
          { ...state, stage: 'done', outcome: 'withdrawn' },
          entryOf('withdrawn', act, { about: start.facts.about }, rests(start)),
        );
      case 'succeedBody':
        return acts.succeed(start, state, act);
    }
  },

  periods,
  ended,
  waitsFor,
  words,
};
