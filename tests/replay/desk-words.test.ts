// Design 5: the desk speaks Chinese first. What histories of every path wrote for people: no code of a closed list in it.
import { procedureActs } from '@gongshu/service-disclosure/desk/act-paths';
import { periodWord } from '@gongshu/service-disclosure/desk/period-words';
import { inAll, inKind } from '@gongshu/service-disclosure/desk/kept-words';
import { ofKind } from '@gongshu/service-disclosure/desk/views/of-kind';
import { endWord, labelOf, stageWord, wordOf } from '@gongshu/service-disclosure/desk/words';
import { codeTables } from '@gongshu/shared/code-tables';
import { corpus, toldIn } from '../support/recorded.ts';

const all = corpus.flatMap(({ text }) => toldIn(text).written);

/** Lists that are open, and ids: what stands there is a body’s own. */
const open = new Set(
  (
    'reasonCodes codes findings causes fields failed by reviewOver why reviewedBy operator declarer body bodies ' +
    'from to owner organisation bidder bidders party asker addressee answeredBy decidedBy'
  ).split(' '),
);
const han = /\p{Script=Han}/u;
const code = /^[a-z][A-Za-z0-9]{1,60}$/;

const codesIn = (value: unknown, name: string): [string, string][] =>
  typeof value === 'string'
    ? code.test(value) && !open.has(name)
      ? [[name, value]]
      : []
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, one]) => codesIn(one, /^\d+$/.test(key) ? name : key))
      : [];

type Words = { stage: typeof stageWord; end: typeof endWord; code: (code: string) => string };
/** Kinds and codes that stay as they are in code. */
const bare = ({ stage, end, code: word }: Words): string[] => {
  const found = all.flatMap(({ start: { procedure: kind, facts }, state, waitsFor, entries }) => {
    const acts: Readonly<Record<string, string>> = procedureActs[kind];
    const { stage: at, outcome, ...kept } = state;
    return [
      ['stage', at, stage(kind, at)],
      ...(outcome === null ? [] : [['outcome', outcome, end(kind, outcome)]]),
      // An act with an address is called what its route says.
      ...waitsFor.filter(({ act }) => !Object.hasOwn(acts, act)).map(({ act }) => ['act', act, word(act)]),
      ...waitsFor.map(({ role }) => ['role', role, wordOf(role, 'roles')]),
      ...waitsFor.flatMap(({ period }) => (period ? [['period', period, periodWord(kind, period)]] : [])),
      ...[facts, kept, entries]
        .flatMap((one) => codesIn(one, ''))
        .filter(([name]) => name !== 'kind')
        .map(([name, value]) => [
          name,
          value,
          name === 'period' || name === 'step' ? periodWord(kind, value) : word(value),
        ]),
    ]
      .filter(([, , said = '']) => !han.test(said))
      .map(([name, value]) => `${kind} ${name} ${value}`);
  });
  return [...new Set(found)].toSorted();
};

it('no code stands on the page of a case where words should', () => {
  expect(all.length).toBeGreaterThan(1_000);
  expect(bare({ stage: stageWord, end: endWord, code: wordOf })).toEqual([]);
});

it('a stage that nobody has words for is found', () => {
  const found = bare({ stage: (_kind, one) => one, end: endWord, code: wordOf });
  expect(found).toContain('complaint stage investigating');
  expect(found.every((one) => one.includes(' stage '))).toBe(true);
});

const namesIn = (value: unknown): string[] =>
  value === null || typeof value !== 'object'
    ? []
    : Array.isArray(value)
      ? value.flatMap(namesIn)
      : Object.entries(value).flatMap(([name, one]) => [name, ...namesIn(one)]);
/** Fields of what is kept that stay as they are in code. */
const bareNames = (shown: typeof ofKind): string[] => {
  const found = all.flatMap(
    ({ start: { procedure: kind, facts }, state: { stage: _s, outcome: _o, ...kept }, entries }) =>
      [facts, kept, ...entries.map(({ data }) => data)]
        .flatMap((one) => namesIn(shown(kind, one)))
        .filter((name) => !han.test(labelOf(name)))
        .map((name) => `${kind} ${name}`),
  );
  return [...new Set(found)].toSorted();
};

it('every field that is kept has its label', () => {
  expect(bareNames(ofKind)).toEqual([]);
});

it('a field that nobody has a label for is found', () => {
  expect(bareNames((_kind, kept) => kept)).toContain('complaint askedBack');
});

it('what a code is in is a table that there is', () => {
  const tables = [inAll, ...Object.values(inKind)]
    .flatMap((one) => Object.values(one))
    .flatMap((one) => (typeof one === 'string' ? [] : [one[1]]));
  for (const table of tables) expect(codeTables).toHaveProperty(table);
});

it('instants are read as such, sums stay sums', () => {
  const shown = ofKind('incident', {
    knownAt: 1_741_000_000_000,
    fen: 200_000_000_000,
    class: 'leak',
    late: true,
  });
  expect(shown).toEqual({
    ...{ knownAt: '2025-03-03T19:06:40+08:00', fen: 200_000_000_000, 事件类别: '数据泄露', 是否逾期: true },
  });
});
