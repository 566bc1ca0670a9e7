/** The first lock: evidence of the engine, exceptions, checkers, votes (E1; 中卫 十七、二十三、二十八). */
import { entryOf, type Given, refuse, type Step, step } from '../procedure/machine.ts';
import {
  type Answer,
  facts,
  listedStages,
  newRound,
  type Of,
  type Start,
  stepOn,
  unlocked,
} from './steps.ts';
import type { EgressAct, EgressState, OpenedVote } from './types.ts';
import { judgeCheck } from './votes.ts';

export const replace = (state: EgressState, act: Of<'replaceArtefact'>): Answer => {
  // What the engine could not judge may be judged anew as it stands: its process may have died by chance.
  const same = act.artefact === state.artefact && act.contents === state.contents;
  if (same && state.evidence?.verdict !== 'refused') return refuse('artefactSame');
  const { artefact, contents, author } = act;
  const attempt = state.attempt + 1;
  const data = { attempt, artefact, contents, votesDropped: state.spoken.length };
  return step(
    {
      ...stepOn(state, 'evidence', act.at),
      ...unlocked,
      ...newRound(state),
      ...{ artefact, contents, attempt, evidence: null, exceptions: [] },
      authors: [...new Set([...state.authors, author])],
      checkers: state.checkers.filter((checker) => checker !== author),
    },
    entryOf('artefactReplaced', act, data),
  );
};

export const recordEvidence = (start: Start, state: EgressState, act: Of<'recordEvidence'>): Answer => {
  if (act.attempt !== state.attempt) return refuse('artefactChanged');
  const { verdict, report, items, publicItems, attempt } = act;
  return step(
    { ...stepOn(state, 'egressCheck', act.at), evidence: { verdict, report, items, publicItems } },
    entryOf('evidenceRecorded', act, { attempt, verdict, report, items }, start.rules.rests.requirements),
  );
};

/** Also for what was sent back: the same artefact is then checked anew, with the ground. */
export const requestException = (start: Start, state: EgressState, act: Of<'requestException'>): Answer => {
  const items = state.evidence?.items ?? 0;
  const outside = act.items.find((item) => item > items);
  if (outside !== undefined) return refuse('findingUnknown', { item: outside });
  if (state.evidence?.verdict === 'refused') return refuse('notJudged');
  // Where the text has data desensitised and knows no other way, consent does not stand in for it (朔州 十一（三）1, 乌海 十).
  if (act.ground === 'consented' && start.rules.requirements?.includes('desensitised'))
    return refuse('consentIsNoGround');
  const exception = { number: state.exceptions.length + 1, items: act.items, ground: act.ground };
  const data = { exception: exception.number, items: act.items, ground: act.ground, document: act.document };
  return step(
    {
      ...(state.stage === 'returned' ? stepOn(state, 'egressCheck', act.at) : state),
      ...newRound(state),
      unheard: [],
      exceptions: [...state.exceptions, exception],
    },
    entryOf(
      'exceptionRequested',
      act,
      { ...data, votesDropped: state.spoken.length },
      start.rules.rests.requirements,
    ),
  );
};

export const nameCheckers = (start: Start, state: EgressState, act: Of<'nameCheckers'>): Answer => {
  const { checkers } = act;
  const { number } = start.rules.checkers;
  if (checkers.length !== number || new Set(checkers).size !== number)
    return refuse('checkersWrong', { number });
  if (checkers.some((checker) => state.authors.includes(checker))) return refuse('checkerIsAuthor');
  const spokenStay = state.spoken.every((one) => checkers.includes(one));
  return step(
    {
      ...state,
      checkers,
      ...(spokenStay ? {} : newRound(state)),
    },
    entryOf(
      'checkersNamed',
      act,
      { number: checkers.length, votesDropped: spokenStay ? 0 : state.spoken.length },
      start.rules.rests.checkers,
    ),
  );
};

/** A vote whose act arrives behind the one that opened both was counted then; `undefined` for any other. */
export const hearLate = (state: EgressState, act: Given<EgressAct>): Step<EgressState> | undefined =>
  act.kind === 'castVote' && act.round === state.round && state.unheard.includes(act.checker)
    ? step({ ...state, unheard: state.unheard.filter((one) => one !== act.checker) })
    : undefined;

const isWhole = (checkers: readonly string[], opened: readonly OpenedVote[]): boolean =>
  opened.length === checkers.length &&
  checkers.every((checker) => opened.some((vote) => vote.checker === checker));

export const castVote = (start: Start, state: EgressState, act: Of<'castVote'>): Answer => {
  const { checker, round, opened } = act;
  const { evidence, checkers, attempt } = state;
  const { rests, fields } = start.rules;
  if (!checkers.includes(checker)) return refuse('notChecker');
  if (round !== state.round) return refuse('voteDropped');
  if (state.spoken.includes(checker)) return refuse('alreadyVoted');
  if (!evidence) return refuse('stepNotReached', { stage: state.stage });
  const { number } = start.rules.checkers;
  if (checkers.length !== number) return refuse('checkersWrong', { number });
  const cast = (spoken: number) => entryOf('voteCast', act, { attempt, round, spoken }, rests.checkers);
  const before = state.spoken.length;
  if (!opened)
    return before + 1 < number
      ? step({ ...state, spoken: [...state.spoken, checker] }, cast(before + 1))
      : refuse('votesNotOpened');
  // Opened together means that all have spoken, in whatever order their acts arrive.
  if (!isWhole(checkers, opened)) return refuse('votesNotOpened');
  const { passed, refusedFields, uncovered } = judgeCheck(fields, evidence, state.exceptions, opened);
  const data = {
    ...{ attempt, round, late: state.overdue, verdict: evidence.verdict },
    ...{ refusedFields, uncovered: uncovered.length },
  };
  const unheard = checkers.filter((one) => one !== checker && !state.spoken.includes(one));
  const next = { ...stepOn(state, passed ? 'filing' : 'returned', act.at), spoken: checkers, unheard };
  return step(
    passed ? { ...next, checked: round } : next,
    ...Array.from({ length: number - before }, (_, index) => cast(before + index + 1)),
    entryOf(passed ? 'checkPassed' : 'checkFailed', act, data, rests.fields),
  );
};

/**
 * Checked anew from the vote on, by people named anew: neither lock holds any longer, and what was listed is not. What is
 * not before its checkers yet, or was sent back, stays where it is.
 */
export const reopen = (start: Start, state: EgressState, act: Of<'reopenForLink'>): Step<EgressState> => {
  const stays = state.stage === 'evidence' || state.stage === 'returned';
  return step(
    {
      ...(stays ? state : stepOn(state, 'egressCheck', act.at)),
      ...unlocked,
      ...newRound(state),
      ...{ checkers: [], held: state.held || state.stage === 'suspended' },
    },
    entryOf('reopened', act, {
      ...facts(start),
      ...{ link: act.link, wasListed: listedStages.includes(state.stage) },
    }),
  );
};
