// E1, E2, E4: nothing is released without both locks in any order of acts; twins of the machine that skip one are caught.
import fc from 'fast-check';
import { faultsIn } from '../../../tests/support/egress-ledger.ts';
import {
  type EgressMachine,
  type EgressMove,
  play,
  start,
  voteOf,
} from '../../../tests/support/egress-play.ts';
import { isRefused } from '../procedure/machine.ts';
import { egressMachine } from './machine.ts';
import type { EgressAct, EgressState, PublicItems } from './types.ts';

type Made = (state: EgressState) => EgressMove;
const people = ['c1', 'c2', 'c3', 'maker', 'second'];
const person = fc.constantFrom(...people);
const items = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
const verdict = fc.constantFrom('clean' as const, 'clean' as const, 'findings' as const, 'refused' as const);
const evidence = fc.record({
  kind: fc.constant('recordEvidence' as const),
  verdict,
  report: fc.constant('r'),
  items: fc.constantFrom(0, 0, 1, 1, 3),
  publicItems: fc.constantFrom<PublicItems[][]>([], [{ source: 'S-1', items: [1] }]),
});
const told = (act: EgressAct): fc.Arbitrary<EgressAct> => fc.constant(act);

/** Whatever comes, whether it has its place or not. */
const any: fc.Arbitrary<Made> = fc
  .oneof<fc.Arbitrary<EgressMove>[]>(
    fc.record({
      kind: fc.constant('replaceArtefact' as const),
      artefact: fc.constantFrom('a1', 'a2', 'a3'),
      contents: fc.constant('c1'),
      author: fc.constantFrom('maker', 'second', 'c1'),
    }),
    fc.tuple(evidence, fc.integer({ min: 1, max: 3 })).map(([act, attempt]) => ({ ...act, attempt })),
    items.map(
      (given): EgressAct => ({
        ...{ kind: 'requestException', items: given, ground: 'falseAlarm', document: 'h' },
      }),
    ),
    fc
      .array(person, { minLength: 1, maxLength: 3 })
      .map((checkers) => ({ kind: 'nameCheckers' as const, checkers })),
    // What no registry would send: a set of votes that is not whole.
    fc.tuple(person, fc.constantFrom([], ['c1'], ['c1', 'c1'], ['c9', 'c1'])).map(
      ([checker, of]): EgressAct => ({
        ...{ kind: 'castVote', round: 1, checker, opened: of.map((one) => voteOf(one)) },
      }),
    ),
    told({ kind: 'fileProduct' }),
    told({ kind: 'agreeProduct', registrationCode: 'R', document: 'h' }),
    told({ kind: 'returnProduct', reasonCodes: ['other'], document: 'h' }),
    told({ kind: 'releaseProduct' }),
    told({ kind: 'suspendProduct', ground: 'leakRisk', document: 'h' }),
    told({ kind: 'restoreProduct', document: 'h' }),
    told({ kind: 'recallProduct', reasonCodes: ['leak'], document: 'h' }),
    told({ kind: 'retireProduct', ground: 'ownWish' }),
    told({ kind: 'reopenForLink', link: 'GX-1' }),
    told({ kind: 'withdrawProduct' }),
    fc.constant({ kind: 'periodEnds' as const }),
  )
  .map((move) => () => move);

const vote: fc.Arbitrary<Made> = fc
  .record({
    kind: fc.constant('vote' as const),
    checker: person,
    pass: fc.boolean(),
    exceptions: fc.subarray([1, 2]),
    sources: fc.subarray(['S-1']),
  })
  .chain((move) => fc.boolean().map((late) => () => (late ? { ...move, late: true as const } : move)));

const pairs = [
  ['c1', 'c2'],
  ['c1', 'c3'],
  ['second', 'c2'],
  ['c1', 'maker'],
] as const;
const replaced = (artefact: number, author: string): EgressMove => ({
  ...{ kind: 'replaceArtefact', artefact: `a${artefact}`, contents: 'c2', author },
});
const suspension: EgressMove = { kind: 'suspendProduct', ground: 'leakRisk', document: 'h' };
const link: EgressMove = { kind: 'reopenForLink', link: 'GX-1' };

/** The check as it is mostly done: now and then the artefact is changed between the votes. */
const checkOn = (state: EgressState, chance: number): EgressMove => {
  const { checkers, spoken, evidence: found, exceptions } = state;
  if (checkers.length < 2) return { kind: 'nameCheckers', checkers: [...(pairs[chance % 4] ?? [])] };
  if (spoken.length > 0 && chance === 7) return replaced(chance, 'second');
  if (found && found.items > 0 && exceptions.length === 0 && chance > 9)
    return {
      ...{ kind: 'requestException', ground: 'consented', document: 'h' },
      items: [1, 2, 3].slice(found.publicItems.length, found.items),
    };
  const left = checkers.filter((one) => !spoken.includes(one));
  const checker = left[chance % left.length] ?? 'c1';
  return { kind: 'vote', checker, pass: chance > 0, exceptions: [1], sources: chance > 5 ? ['S-1'] : [] };
};

/** A step that leads on, mostly as it should be done: so that many orders come as far as the release. */
const onward: fc.Arbitrary<Made> = fc
  .tuple(evidence, fc.nat(19))
  .map(([found, chance]) => (state): EgressMove => {
    switch (state.stage) {
      case 'evidence':
        return { ...found, attempt: state.attempt };
      case 'egressCheck':
        return checkOn(state, chance);
      case 'returned':
        return replaced(chance, 'maker');
      case 'filing':
        return state.filed
          ? { kind: 'agreeProduct', registrationCode: 'R', document: 'h' }
          : { kind: 'fileProduct' };
      case 'suspended':
        return chance > 9 ? { kind: 'restoreProduct', document: 'h' } : link;
      case 'listed':
      case 'released':
      case 'done':
        return chance > 12 ? suspension : chance > 9 ? link : { kind: 'releaseProduct' };
    }
  });

const moves = fc.array(
  fc.oneof({ weight: 30, arbitrary: onward }, { weight: 3, arbitrary: any }, { weight: 1, arbitrary: vote }),
  { minLength: 20, maxLength: 60 },
);
const law = (machine: EgressMachine) =>
  fc.property(moves, (list) => {
    const played = play(machine, list);
    const faults = faultsIn(played, start.facts.author);
    if (faults.length > 0)
      throw new Error(JSON.stringify([faults, played.seen.map(({ move, taken }) => [move, taken])]));
  });
const runs = { numRuns: 1_500, seed: 20_240_301 };

it('no order of acts breaks the law of both locks', () => {
  expect(() => fc.assert(law(egressMachine), runs)).not.toThrow();
});

it('and enough of those orders come through both locks, are re-opened, suspended and recalled', () => {
  const stories = fc.sample(moves, runs).map((list) => play(egressMachine, list).story);
  const share = (kind: string) => stories.filter((story) => story.includes(kind)).length / stories.length;
  const kinds = [
    'checkPassed',
    'checkFailed',
    'listed',
    'released',
    'reopened',
    'suspended',
    'exceptionRequested',
  ];
  const rare = ['recalled', 'filingReturned', 'artefactReplaced'];
  const tooFew = [...kinds.filter((kind) => share(kind) < 0.1), ...rare.filter((kind) => share(kind) < 0.01)];
  expect(tooFew).toEqual([]);
});

/** The machine with one guard taken out. */
const twin = (act: EgressMachine['act']): EgressMachine => ({ ...egressMachine, act });
const after = (
  change: (before: EgressState, next: EgressState, act: EgressAct) => EgressState,
): EgressMachine =>
  twin((of, before, act, periods) => {
    const next = egressMachine.act(of, before, act, periods);
    return isRefused(next) ? next : { ...next, state: change(before, next.state, act) };
  });
const before = (change: (state: EgressState, act: EgressAct) => EgressState): EgressMachine =>
  twin((of, state, act, periods) => egressMachine.act(of, change(state, act), act, periods));

const twins: [string, EgressMachine][] = [
  [
    'one vote is enough',
    twin((of, state, act, periods) => {
      if (act.kind !== 'castVote') return egressMachine.act(of, state, act, periods);
      const rules = { ...of.rules, checkers: { ...of.rules.checkers, number: 1 as never } };
      const opened = [voteOf(act.checker)];
      return egressMachine.act(
        { ...of, rules },
        { ...state, checkers: [act.checker] },
        { ...act, opened },
        periods,
      );
    }),
  ],
  [
    'released without the second lock',
    before((state, act) =>
      act.kind === 'releaseProduct' && state.stage === 'filing'
        ? { ...state, stage: 'listed', filed: true, registrationCode: 'R' }
        : state,
    ),
  ],
  [
    'released without the first lock',
    before((state, act) =>
      act.kind === 'fileProduct' && state.stage === 'egressCheck'
        ? { ...state, stage: 'filing', checked: state.round }
        : state,
    ),
  ],
  [
    'agreed to without being filed',
    before((state, act) => (act.kind === 'agreeProduct' ? { ...state, filed: true } : state)),
  ],
  [
    'a changed artefact keeps its locks',
    after((was, next, act) =>
      act.kind === 'replaceArtefact' ? { ...was, artefact: next.artefact, attempt: next.attempt } : next,
    ),
  ],
  [
    'a changed artefact keeps the votes cast before',
    after((was, next, act) =>
      act.kind === 'replaceArtefact' ? { ...next, spoken: was.spoken, round: was.round } : next,
    ),
  ],
  [
    'an exception keeps the votes cast before',
    after((was, next, act) =>
      act.kind === 'requestException' ? { ...next, spoken: was.spoken, round: was.round } : next,
    ),
  ],
  [
    'what the engine refused passes',
    twin((of, state, act, periods) =>
      egressMachine.act(
        of,
        state,
        act.kind === 'recordEvidence' ? { ...act, verdict: act.items > 0 ? 'findings' : 'clean' } : act,
        periods,
      ),
    ),
  ],
  [
    'findings go unanswered',
    before((state) =>
      state.evidence ? { ...state, evidence: { ...state.evidence, verdict: 'clean', items: 0 } } : state,
    ),
  ],
  [
    'rows said to be public need no confirmation',
    twin((of, state, act, periods) =>
      egressMachine.act(
        of,
        state,
        act.kind === 'castVote' && act.opened
          ? { ...act, opened: act.opened.map((one) => ({ ...one, sources: ['S-1'] })) }
          : act,
        periods,
      ),
    ),
  ],
  ['who made it checks it', before((state) => ({ ...state, authors: [] }))],
  ['a former maker checks it', before((state) => ({ ...state, authors: state.authors.slice(-1) }))],
  [
    'a link found later leaves the locks closed',
    after((was, next, act) => (act.kind === 'reopenForLink' ? was : next)),
  ],
  ['a link found later lifts the suspension', after((_was, next) => ({ ...next, held: false }))],
  ['a recalled product goes on', after((was, next, act) => (act.kind === 'recallProduct' ? was : next))],
  [
    'evidence of another artefact counts',
    twin((of, state, act, periods) =>
      egressMachine.act(
        of,
        state,
        act.kind === 'recordEvidence' ? { ...act, attempt: state.attempt } : act,
        periods,
      ),
    ),
  ],
];

it.each(twins)('a machine where %s is caught', (_title, machine) => {
  expect(() => fc.assert(law(machine), runs)).toThrow(/property failed/i);
});
