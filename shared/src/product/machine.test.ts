// E1, E2, E4, O10: situations of an egress, each with the guarantee it stands for.
import {
  type EgressMachine,
  type EgressMove,
  fields,
  play as playOn,
  start,
  voteOf,
} from '../../../tests/support/egress-play.ts';
import { egressMachine } from './machine.ts';
import type { EgressAct, EgressState, OpenedVote } from './types.ts';

const play = (...moves: Parameters<typeof playOn>[1][number][]) => playOn(egressMachine, moves);

const evidence = (
  given: Partial<Extract<EgressAct, { kind: 'recordEvidence' }>> = {},
): ((state: EgressState) => EgressMove) => {
  const clean = { verdict: 'clean' as const, report: 'r', items: 0, publicItems: [] };
  return ({ attempt }) => ({ kind: 'recordEvidence', attempt, ...clean, ...given });
};
const found = (items: number) => evidence({ verdict: 'findings', items });
const name = (...checkers: string[]): EgressMove => ({ kind: 'nameCheckers', checkers });
type Vote = Extract<EgressMove, { kind: 'vote' }>;
const vote = (checker: string, more: Partial<Vote> = {}): Vote => ({
  ...{ kind: 'vote', checker, pass: true },
  ...more,
});
const both = (more: Partial<Vote> = {}) => [vote('c1', more), vote('c2', more)];
const replace = (artefact: string, author = 'maker'): EgressMove => ({
  ...{ kind: 'replaceArtefact', artefact, contents: 'c', author },
});
const except = (...items: number[]): EgressMove => ({
  ...{ kind: 'requestException', items, ground: 'falseAlarm', document: 'h' },
});
const file: EgressMove = { kind: 'fileProduct' };
const agree: EgressMove = { kind: 'agreeProduct', registrationCode: 'R', document: 'h' };
const giveBack: EgressMove = { kind: 'returnProduct', reasonCodes: ['other'], document: 'h' };
const release: EgressMove = { kind: 'releaseProduct' };
const suspend: EgressMove = { kind: 'suspendProduct', ground: 'leakRisk', document: 'h' };
const restore: EgressMove = { kind: 'restoreProduct', document: 'h' };
const recall: EgressMove = { kind: 'recallProduct', reasonCodes: ['leak'], document: 'h' };
const retire: EgressMove = { kind: 'retireProduct', ground: 'ownWish' };
const reopen: EgressMove = { kind: 'reopenForLink', link: 'GX-1' };
const withdraw: EgressMove = { kind: 'withdrawProduct' };
const late: EgressMove = { kind: 'periodEnds' };
const named = [evidence(), name('c1', 'c2')];
const locked = [...named, ...both(), file, agree];
const released = [...locked, release];

/** Consent stands in for desensitising where the text says so (中卫 28), never where it knows that way alone (乌海 十). */
it.each([
  [['notRaw', 'desensitised', 'notReidentifiable'], ['consentIsNoGround']],
  [['notRaw', 'desensitisedOrConsented'], []],
  [undefined, []],
] as const)('an exception on the subjects’ consent under %j: %j', (requirements, refused) => {
  const rules = { ...start.rules, ...(requirements && { requirements: [...requirements] }) };
  const begun = { ...start, rules };
  let { state } = egressMachine.begin(begun);
  const act = (move: EgressAct) => {
    const given = { at: begun.startedAt, receipt: 'SJ-1', by: begun.by };
    return egressMachine.act(
      begun,
      state,
      { ...move, ...given } as Parameters<typeof egressMachine.act>[2],
      {},
    );
  };
  const evidenced = act({
    ...{ kind: 'recordEvidence', attempt: state.attempt, verdict: 'findings', report: 'r', items: 2 },
    publicItems: [],
  });
  if ('refused' in evidenced) throw new Error(evidenced.refused);
  ({ state } = evidenced);
  const next = act({ kind: 'requestException', items: [1], ground: 'consented', document: 'h' });
  expect('refused' in next ? [next.refused] : []).toEqual(refused);
});

const throughLocks = ['voteCast', 'voteCast', 'checkPassed', 'filed', 'agreed', 'registered', 'listed'];
const begun = ['submitted', 'evidenceRecorded', 'checkersNamed'];

describe('a product goes its way', () => {
  it.each([
    [
      'E1–E4: both locks, registered, listed, released',
      released,
      [...begun, ...throughLocks, 'released'],
      [],
    ],
    [
      '中卫 二十三: one of two refuses, it is sent back',
      [...named, vote('c1'), vote('c2', { pass: false }), file],
      [...begun, 'voteCast', 'voteCast', 'checkFailed'],
      ['stepNotReached'],
    ],
    [
      '国家 二十一: what the engine refused to judge passes by no vote, and by no exception',
      [evidence({ verdict: 'refused' }), name('c1', 'c2'), except(1), ...both(), file],
      [...begun, 'voteCast', 'voteCast', 'checkFailed'],
      ['findingUnknown', 'stepNotReached'],
    ],
    [
      '国家 二十一: a finding nobody could answer for does not pass',
      [found(0), name('c1', 'c2'), ...both()],
      [...begun, 'voteCast', 'voteCast', 'checkFailed'],
      [],
    ],
    [
      'a finding passes under an exception that both accept',
      [found(2), name('c1', 'c2'), except(1, 2), ...both({ exceptions: [1] })],
      [...begun, 'exceptionRequested', 'voteCast', 'voteCast', 'checkPassed'],
      [],
    ],
    [
      'and not under one that only one of them accepts',
      [found(1), name('c1', 'c2'), except(1), vote('c1', { exceptions: [1] }), vote('c2')],
      [...begun, 'exceptionRequested', 'voteCast', 'voteCast', 'checkFailed'],
      [],
    ],
    [
      'an exception asked for after a vote: the vote is dropped, both speak anew',
      [found(1), name('c1', 'c2'), vote('c1'), except(1), ...both({ exceptions: [1] })],
      [...begun, 'voteCast', 'exceptionRequested', 'voteCast', 'voteCast', 'checkPassed'],
      [],
    ],
    [
      'sent back, and the same artefact checked anew under an exception',
      [found(1), name('c1', 'c2'), ...both(), except(1), ...both({ exceptions: [1] })],
      [
        ...begun,
        'voteCast',
        'voteCast',
        'checkFailed',
        'exceptionRequested',
        'voteCast',
        'voteCast',
        'checkPassed',
      ],
      [],
    ],
    [
      'a changed artefact drops the vote; who voted before it was changed speaks anew',
      [...named, vote('c1'), replace('a2'), vote('c2'), evidence(), vote('c2')],
      [...begun, 'voteCast', 'artefactReplaced', 'evidenceRecorded', 'voteCast'],
      ['stepNotReached'],
    ],
    [
      'a changed artefact falls behind both locks again',
      [...named, ...both(), replace('a2'), evidence(), file],
      [...begun, 'voteCast', 'voteCast', 'checkPassed', 'artefactReplaced', 'evidenceRecorded'],
      ['stepNotReached'],
    ],
    [
      'the same artefact with the same words is no change',
      [...named, { kind: 'replaceArtefact', artefact: 'a1', contents: 'c1', author: 'maker' }],
      begun,
      ['artefactSame'],
    ],
    [
      'what the engine could not judge is judged anew as it stands',
      [
        evidence({ verdict: 'refused' }),
        { kind: 'replaceArtefact', artefact: 'a1', contents: 'c1', author: 'maker' },
      ],
      ['submitted', 'evidenceRecorded', 'artefactReplaced'],
      [],
    ],
    [
      'evidence of an artefact that was replaced meanwhile counts for nothing',
      [replace('a2'), evidence({ attempt: 1 })],
      ['submitted', 'artefactReplaced'],
      ['artefactChanged'],
    ],
    [
      'E1: who made it, or an earlier artefact of it, checks nothing',
      [
        evidence(),
        name('maker', 'c2'),
        replace('a2', 'second'),
        evidence(),
        name('c1', 'maker'),
        name('c1', 'second'),
      ],
      ['submitted', 'evidenceRecorded', 'artefactReplaced', 'evidenceRecorded'],
      ['checkerIsAuthor', 'checkerIsAuthor', 'checkerIsAuthor'],
    ],
    [
      'a checker who comes to make the artefact is a checker no longer: one alone passes nothing',
      [...named, replace('a2', 'c2'), evidence(), vote('c1'), name('c1', 'c3'), vote('c1'), vote('c3')],
      [
        ...begun,
        'artefactReplaced',
        'evidenceRecorded',
        'checkersNamed',
        'voteCast',
        'voteCast',
        'checkPassed',
      ],
      ['checkersWrong'],
    ],
    [
      'one person is not two checkers, and three are not',
      [evidence(), name('c1', 'c1'), name('c1'), name('c1', 'c2', 'c3')],
      ['submitted', 'evidenceRecorded'],
      ['checkersWrong', 'checkersWrong', 'checkersWrong'],
    ],
    [
      'a checker on holiday is replaced before speaking: the other’s vote stands',
      [...named, vote('c1'), name('c1', 'c3'), vote('c2'), vote('c3')],
      [...begun, 'voteCast', 'checkersNamed', 'voteCast', 'checkPassed'],
      ['notChecker'],
    ],
    [
      'replaced after speaking: the votes of the round are dropped',
      [...named, vote('c1'), name('c2', 'c3'), vote('c2'), vote('c3')],
      [...begun, 'voteCast', 'checkersNamed', 'voteCast', 'voteCast', 'checkPassed'],
      [],
    ],
    [
      'a double click is one vote',
      [...named, vote('c1'), vote('c1', { pass: false }), vote('c2')],
      [...begun, 'voteCast', 'voteCast', 'checkPassed'],
      ['alreadyVoted'],
    ],
    [
      'the act of the first vote arrives behind the one that opened both: it was counted, once',
      [...named, vote('c1', { late: true }), vote('c2'), file],
      [...begun, 'voteCast', 'voteCast', 'checkPassed', 'filed'],
      [],
    ],
    [
      'late is only overdue, never deemed',
      [...named, late, ...both(), late, file, agree],
      [
        ...begun,
        'overdue',
        'voteCast',
        'voteCast',
        'checkPassed',
        'overdue',
        'filed',
        'agreed',
        'registered',
        'listed',
      ],
      [],
    ],
    [
      'who does not answer what was sent back may submit anew',
      [...named, vote('c1', { pass: false }), vote('c2'), late, replace('a2')],
      [...begun, 'voteCast', 'voteCast', 'checkFailed', 'lapsed'],
      ['alreadyDecided'],
    ],
    [
      'E2: nothing is agreed to that was not filed, nor released that was not agreed to',
      [...named, ...both(), agree, release, file, release],
      [...begun, 'voteCast', 'voteCast', 'checkPassed', 'filed'],
      ['noFilingPending', 'stepNotReached', 'stepNotReached'],
    ],
    [
      'E2: what the authority returned is checked, filed and agreed to anew',
      [...named, ...both(), file, giveBack, agree, replace('a2'), evidence(), ...both(), file, agree],
      [
        ...[...begun, 'voteCast', 'voteCast', 'checkPassed', 'filed', 'filingReturned'],
        ...['artefactReplaced', 'evidenceRecorded', ...throughLocks],
      ],
      ['stepNotReached'],
    ],
    [
      'what lies with the authority is not changed under its hands; who brought it may take it back',
      [...named, ...both(), file, replace('a2'), withdraw],
      [...begun, 'voteCast', 'voteCast', 'checkPassed', 'filed', 'withdrawn'],
      ['filingPending'],
    ],
    [
      'suspended on a risk, restored to where it was',
      [...released, suspend, release, restore, release],
      [...begun, ...throughLocks, 'released', 'suspended', 'restored'],
      ['stepNotReached', 'stepNotReached'],
    ],
    [
      'recalled: nothing after it',
      [...released, recall, restore, release, replace('a2'), reopen],
      [...begun, ...throughLocks, 'released', 'recalled'],
      ['alreadyDecided', 'alreadyDecided', 'alreadyDecided', 'alreadyDecided'],
    ],
    [
      'retired: nothing after it',
      [...locked, retire, release, suspend],
      [...begun, ...throughLocks, 'retired'],
      ['alreadyDecided', 'alreadyDecided'],
    ],
    [
      'O10: a link found later takes a released product off the list; others check it anew',
      [
        ...released,
        reopen,
        vote('c1'),
        release,
        name('c3', 'c4'),
        vote('c3'),
        vote('c4'),
        file,
        agree,
        release,
      ],
      [...begun, ...throughLocks, 'released', 'reopened', 'checkersNamed', ...throughLocks, 'released'],
      ['notChecker', 'stepNotReached'],
    ],
    [
      'O10: re-opened while suspended, it is suspended still once both locks passed it again',
      [
        ...released,
        suspend,
        reopen,
        name('c3', 'c4'),
        vote('c3'),
        vote('c4'),
        file,
        agree,
        release,
        restore,
        release,
      ],
      [
        ...[
          ...begun,
          ...throughLocks,
          'released',
          'suspended',
          'reopened',
          'checkersNamed',
          'voteCast',
          'voteCast',
        ],
        ...['checkPassed', 'filed', 'agreed', 'registered', 'restored', 'listed', 'released'],
      ],
      ['stepNotReached'],
    ],
    [
      'O10: re-opened while it lies with the authority: the filing falls with the votes',
      [...named, ...both(), file, reopen, agree, name('c3', 'c4'), vote('c3'), vote('c4'), agree],
      [
        ...[...begun, 'voteCast', 'voteCast', 'checkPassed', 'filed', 'reopened', 'checkersNamed'],
        ...['voteCast', 'voteCast', 'checkPassed'],
      ],
      ['stepNotReached', 'noFilingPending'],
    ],
    [
      'O10: found while it is scanned, or sent back: it stays where it is, and its checkers go',
      [name('c1', 'c2'), reopen, evidence(), vote('c1'), name('c1', 'c3'), vote('c1')],
      ['submitted', 'checkersNamed', 'reopened', 'evidenceRecorded', 'checkersNamed', 'voteCast'],
      ['notChecker'],
    ],
    [
      'whoever holds a product that was re-opened can still be told of its recall; it is not withdrawn',
      [...released, reopen, withdraw, recall],
      [...begun, ...throughLocks, 'released', 'reopened', 'recalled'],
      ['retireInstead'],
    ],
    [
      'what never was on the list is not recalled',
      [...named, recall, retire, withdraw],
      [...begun, 'withdrawn'],
      ['stepNotReached', 'stepNotReached'],
    ],
  ] as [string, Parameters<typeof play>[number][], string[], string[]][])(
    '%s',
    (_title, moves, story, refused) => {
      const played = play(...moves);
      expect({ story: played.story, refused: played.refused }).toEqual({ story, refused });
    },
  );
});

describe('rows of a source that is lawfully public (E1; 中卫 四、二十四、二十八)', () => {
  const shown = evidence({ items: 2, publicItems: [{ source: 'S-1', items: [1, 2] }] });
  it.each([
    ['confirmed by both, they do not count', both({ sources: ['S-1'] }), 'checkPassed'],
    ['confirmed by one, the findings stand', [vote('c1', { sources: ['S-1'] }), vote('c2')], 'checkFailed'],
    ['another source confirmed, the findings stand', both({ sources: ['S-2'] }), 'checkFailed'],
  ] as [string, Vote[], string][])('%s', (_title, votes, end) => {
    expect(play(shown, name('c1', 'c2'), ...votes).story.at(-1)).toBe(end);
  });
  it('and what lies outside that source stands beside it', () => {
    const more = evidence({ verdict: 'findings', items: 3, publicItems: [{ source: 'S-1', items: [1, 2] }] });
    const { entries } = play(more, name('c1', 'c2'), ...both({ sources: ['S-1'] }));
    expect(entries.at(-1)).toMatchObject({ kind: 'checkFailed', data: { uncovered: 1 } });
  });
});

describe('votes are opened whole and together (E1)', () => {
  const forged = (opened: OpenedVote[] | null): EgressMove => ({
    ...{ kind: 'castVote', round: 1, checker: 'c2', opened },
  });
  const [first, second] = [voteOf('c1'), voteOf('c2')];
  it.each([
    ['none though it is the last', null],
    ['one alone', [second]],
    ['one of them twice', [second, second]],
    ['one of somebody who was not named', [second, voteOf('c9')]],
    ['a third beside the two', [first, second, voteOf('c9')]],
  ] as [string, OpenedVote[] | null][])('%s: refused, and nothing has changed', (_title, opened) => {
    const before = play(...named, vote('c1'));
    const after = play(...named, vote('c1'), forged(opened));
    expect(after.refused).toEqual(['votesNotOpened']);
    expect(after.state).toEqual(before.state);
  });
  it.each(fields)('a vote that says nothing of %s does not pass it', (missing) => {
    const part = { ...second, fields: second.fields.filter(({ field }) => field !== missing) };
    const { entries } = play(...named, vote('c1'), forged([first, part]));
    expect(entries.at(-1)).toMatchObject({ kind: 'checkFailed', data: { refusedFields: [missing] } });
  });
  it('a second act of one who has spoken is refused, whatever it brings', () => {
    const again: EgressMove = { kind: 'castVote', round: 1, checker: 'c1', opened: [first, second] };
    expect(play(...named, vote('c1'), again).refused).toEqual(['alreadyVoted']);
  });
  it('a vote of a round that was dropped is refused', () => {
    const { refused } = play(found(1), name('c1', 'c2'), except(1), forged([first, second]));
    expect(refused).toEqual(['voteDropped']);
  });
  it('until both have spoken, a vote leaves the same trace whatever it says', () => {
    const trace = (more: Partial<Vote>, machine: EgressMachine = egressMachine) => {
      const { state, entries } = playOn(machine, [...named, vote('c1', more)]);
      const waits = machine.waitsFor(start, state);
      return JSON.stringify({ state, entries, waits, words: machine.words(state) });
    };
    expect(trace({ pass: false })).toBe(trace({ pass: true, sources: ['S-1'] }));
  });
});

describe('what it waits for', () => {
  const waits = (...moves: Parameters<typeof play>[number][]) =>
    egressMachine
      .waitsFor(start, play(...moves).state)
      .filter(({ optional }) => !optional)
      .map(({ act, body = null }) => `${act} ${body ?? ''}`.trim());
  it.each([
    ['checkers to be named', [evidence()], ['nameCheckers operator']],
    ['their votes', named, ['castVote operator']],
    [
      'one to be named in place of one who made it',
      [...named, replace('a2', 'c2'), evidence()],
      ['nameCheckers operator'],
    ],
    ['its filing', [...named, ...both()], ['fileProduct operator']],
    ['the authority', [...named, ...both(), file], ['agreeProduct', 'returnProduct']],
    ['its release', locked, ['releaseProduct operator']],
    ['its restoration', [...released, suspend], ['restoreProduct']],
    ['nothing', released, []],
    ['another artefact', [...named, ...both({ pass: false })], ['replaceArtefact merchant']],
  ] as [string, Parameters<typeof play>[number][], string[]][])('%s', (_title, moves, expected) => {
    expect(waits(...moves)).toEqual(expected);
  });
});
