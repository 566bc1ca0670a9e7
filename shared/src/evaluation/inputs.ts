/** What goes into an evaluation before it is marked: who takes part, and the questionnaires (V1). */
import { businessDateOf } from '../business-date.ts';
import {
  entryOf,
  type Given,
  hasEnded,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
} from '../procedure/machine.ts';
import type { RunningAct, RunningStart, RunningState } from './machine-types.ts';
import { citedOf } from './rules.ts';

type Of<K extends RunningAct['kind']> = Given<Extract<RunningAct, { kind: K }>>;
type Answer = Step<RunningState> | Refused;

/** Goes out once, to every body the pack has heard. */
export const send = ({ rules }: RunningStart, state: RunningState, act: Of<'sendQuestionnaires'>): Answer => {
  if (state.course.state !== 'open') return refuse('stepNotReached', { stage: state.stage });
  if (state.questionnaires !== null) return refuse('questionnairesSent');
  if (act.until <= businessDateOf(act.at)) return refuse('answersDayPassed', { at: '/until' });
  const questionnaires = { sentAt: act.at, until: act.until, closed: false, answers: 0 };
  const data = { until: act.until, asked: act.asked };
  return step(
    { ...state, questionnaires },
    entryOf('questionnairesSent', act, data, citedOf(rules, 'inputs')),
  );
};

/** Open from its sending until it is closed or its last day has passed. */
export const answering = (
  { questionnaires }: RunningState,
  at: number,
  periods: Periods,
): Refused | undefined => {
  if (questionnaires === null) return refuse('questionnairesNotSent');
  return questionnaires.closed || hasEnded(periods['questionnaires'], at)
    ? refuse('questionnairesClosed')
    : undefined;
};

export const answer = (
  start: RunningStart,
  state: RunningState,
  act: Of<'answerQuestionnaire'>,
  periods: Periods,
): Answer => {
  const closed = answering(state, act.at, periods);
  if (closed || state.questionnaires === null) return closed ?? refuse('questionnairesNotSent');
  const questionnaires = {
    ...state.questionnaires,
    answers: state.questionnaires.answers + (act.again ? 0 : 1),
  };
  const data = { group: act.group, answer: act.answer, again: act.again };
  return step(
    { ...state, questionnaires },
    entryOf('questionnaireAnswered', act, data, citedOf(start.rules, 'inputs')),
  );
};

export const close = (
  state: RunningState,
  by: { at: number; receipt: string | null },
): Step<RunningState> => {
  const { questionnaires } = state;
  return step(
    { ...state, questionnaires: questionnaires && { ...questionnaires, closed: true } },
    entryOf('questionnairesClosed', by, { answers: questionnaires?.answers ?? 0 }),
  );
};

export const name = (start: RunningStart, state: RunningState, act: Of<'nameParticipants'>): Answer => {
  if (state.course.state !== 'open') return refuse('stepNotReached', { stage: state.stage });
  const may: readonly string[] = start.rules.evaluatedBy.with ?? [];
  const wrong = act.participants.findIndex(({ role }) => !may.includes(role));
  if (wrong >= 0)
    return refuse('participantNotForeseen', { at: `/participants/${wrong}/role`, rule: 'evaluatedBy' });
  const participants = [...new Set([...state.participants, ...act.participants.map(({ role }) => role)])];
  const data = { participants: act.participants, document: act.document };
  return step(
    { ...state, participants },
    entryOf('participantsNamed', act, data, citedOf(start.rules, 'evaluatedBy')),
  );
};
