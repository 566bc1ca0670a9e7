import fc from 'fast-check';
import { compare, fraction, fractionOf, fractionText, over, plus, times } from '../exact.ts';
import type { ScoreQuestion } from './question.ts';
import { scorePreview } from './score.ts';

type Score = ScoreQuestion['scores'][number];

const bid = (id: string, receivedAt = '2026-03-01T10:00:00+08:00') => ({ id, receivedAt });
const expert = (id: string, ...conflicts: string[]) => ({ id, conflicts });
/** One sheet: marks in the order of the criteria `quality` and `price`. */
const sheet = (who: string, bidder: string, quality: Score['score'], price: Score['score']): Score[] => [
  { expert: who, bidder, criterion: 'quality', score: quality },
  { expert: who, bidder, criterion: 'price', score: price },
];

const base: ScoreQuestion = {
  criteria: [
    { id: 'quality', weight: 60, max: 100 },
    { id: 'price', weight: 40, max: 100 },
  ],
  method: 'mean',
  minBids: 2,
  tieRule: 'panelDecides',
  closesAt: '2026-03-02T17:00:00+08:00',
  bidders: [bid('a'), bid('b')],
  experts: [expert('e1'), expert('e2')],
  scores: [
    ...sheet('e1', 'a', 90, 80),
    ...sheet('e2', 'a', '87.35', 80),
    ...sheet('e1', 'b', 70, 95),
    ...sheet('e2', 'b', 71, 95),
  ],
};
const codes = (question: ScoreQuestion): string[] => {
  const answer = scorePreview(question);
  const list = 'refused' in answer ? answer.refused : 'failed' in answer ? answer.failed : [];
  return list.map(({ code, pointer }) => `${code} ${pointer}`);
};
const scoredOf = (question: ScoreQuestion) => {
  const answer = scorePreview(question);
  if (!('ranking' in answer)) throw new Error(JSON.stringify(answer));
  return answer;
};

describe('the composite score', () => {
  // a: (90 + 87.35) / 2 × 0.6 + 80 × 0.4 = 85.205; b: 70.5 × 0.6 + 95 × 0.4 = 80.3
  it('is exact, and rounded half up for show alone', () => {
    expect(scoredOf(base)).toEqual({
      exact: { a: '17041/200', b: '803/10' },
      shown: { a: '85.21', b: '80.30' },
      ranking: [['a'], ['b']],
      undecidedTie: null,
      lateBids: [],
      panel: ['e1', 'e2'],
    });
  });

  it('brings every scale to the same hundred', () => {
    const criteria = [
      { id: 'quality', weight: 0.6, max: '20' },
      { id: 'price', weight: '0.4', max: 5 },
    ];
    const scores = [...sheet('e1', 'a', 10, 5), ...sheet('e1', 'b', 20, 0)];
    const { exact } = scoredOf({ ...base, criteria, experts: [expert('e1')], scores });
    expect(exact).toEqual({ a: '70/1', b: '60/1' });
  });

  it('drops one highest and one lowest sheet of each bidder, of equal ones one', () => {
    const experts = ['e1', 'e2', 'e3', 'e4'].map((id) => expert(id));
    const marks = { a: [10, 50, 52, 100], b: [90, 90, 90, 0] };
    const scores = Object.entries(marks).flatMap(([bidder, all]) =>
      all.flatMap((mark, at) => sheet(`e${at + 1}`, bidder, mark, mark)),
    );
    expect(scoredOf({ ...base, method: 'trimmedMean', experts, scores }).exact).toEqual({
      a: '51/1',
      b: '90/1',
    });
  });

  it('ranks on exact values where the shown ones are equal', () => {
    const scores = [...sheet('e1', 'a', '80.0001', 80), ...sheet('e1', 'b', 80, 80)];
    const { shown, ranking } = scoredOf({ ...base, experts: [expert('e1')], scores });
    expect(shown).toEqual({ a: '80.00', b: '80.00' });
    expect(ranking).toEqual([['a'], ['b']]);
  });
});

describe('a last tie is the panel’s, never the system’s', () => {
  const marks = { a: [80, 80], b: [90, 65], c: [70, 95], d: [70, 95] } as const; // all 80
  const tied = (ids: (keyof typeof marks)[], tieRule: ScoreQuestion['tieRule'], first?: string) =>
    scoredOf({
      ...base,
      tieRule,
      bidders: [...ids.map((id) => bid(id)), ...(first ? [bid(first)] : [])],
      experts: [expert('e1')],
      scores: [
        ...ids.flatMap((id) => sheet('e1', id, marks[id][0], marks[id][1])),
        ...(first ? sheet('e1', first, 100, 100) : []),
      ],
    });

  it.each([
    ['panelDecides', 'panelDecides', [['a', 'b', 'c']], ['a', 'b', 'c']],
    ['shared', 'shared', [['a', 'b', 'c']], ['a', 'b', 'c']],
    ['a criterion decides', { criterion: 'price' }, [['c'], ['a'], ['b']], null],
    ['criteria decide in order', { criteria: ['quality', 'price'] }, [['b'], ['a'], ['c']], null],
  ] as const)('%s', (_name, rule, ranking, left) => {
    const tieRule = rule as ScoreQuestion['tieRule'];
    expect(tied(['a', 'b', 'c'], tieRule)).toMatchObject({ ranking, undecidedTie: left });
  });

  it('what no criterion tells apart is left to it', () => {
    expect(tied(['a', 'c', 'd'], { criteria: ['price', 'quality'] })).toMatchObject({
      ranking: [['c', 'd'], ['a']],
      undecidedTie: ['c', 'd'],
    });
  });

  it('below the first place a shared rank stands, and another rule leaves it to the panel', () => {
    expect(tied(['a', 'b'], 'shared', 'z')).toMatchObject({
      ranking: [['z'], ['a', 'b']],
      undecidedTie: null,
    });
    expect(tied(['a', 'b'], 'panelDecides', 'z').undecidedTie).toEqual(['a', 'b']);
  });
});

describe('bids', () => {
  it.each([
    ['a millisecond before the close', '2026-03-02T16:59:59.999+08:00', []],
    ['at the close', '2026-03-02T17:00:00+08:00', ['c']],
    ['at the close, in another zone', '2026-03-02T09:00:00Z', ['c']],
    ['before it, in another zone', '2026-03-02T08:59:59Z', []],
  ])('received %s', (_name, receivedAt, lateBids) => {
    const scores = [...base.scores, ...sheet('e1', 'c', 100, 100), ...sheet('e2', 'c', 100, 100)];
    const answer = scoredOf({ ...base, bidders: [...base.bidders, bid('c', receivedAt)], scores });
    expect(answer.lateBids).toEqual(lateBids);
    expect(answer.ranking.flat().includes('c')).toBe(lateBids.length === 0);
  });

  it('fewer valid ones than needed fail the selection; as many do not', () => {
    const late = { ...base, bidders: [bid('a'), bid('b'), bid('c', '2026-03-03T10:00:00+08:00')] };
    expect(scorePreview({ ...late, minBids: 3, scores: [] })).toMatchObject({
      failed: [{ code: 'tooFewValidBids', pointer: '/bidders' }],
      lateBids: ['c'],
    });
    expect(scoredOf({ ...late, minBids: 2 }).ranking).toEqual([['a'], ['b']]);
  });
});

describe('an expert in conflict leaves the whole panel', () => {
  const experts = [...base.experts, expert('e3', 'a')];

  it('and is not waited for', () => {
    expect(scoredOf({ ...base, experts })).toEqual(scoredOf(base));
  });

  it.each(['a', 'b'])('a score of his for %s is refused', (bidder) => {
    const scores = [...base.scores, { expert: 'e3', bidder, criterion: 'price', score: 50 }];
    expect(codes({ ...base, experts, scores })).toEqual(['expertInConflict /scores/8/expert']);
  });

  it('nobody is left: failed', () => {
    const all = [expert('e1', 'a'), expert('e2', 'b')];
    expect(codes({ ...base, experts: all, scores: [] })).toEqual(['panelTooSmall /experts']);
    expect(codes({ ...base, method: 'trimmedMean' })).toEqual(['panelTooSmall /experts']);
  });
});

describe('what is refused', () => {
  const withScore = (change: Partial<Score>): ScoreQuestion => ({
    ...base,
    scores: base.scores.map((score, at) => (at === 0 ? { ...score, ...change } : score)),
  });

  it.each([
    ['a score over its scale', withScore({ score: '100.000001' }), ['scoreOutOfScale /scores/0/score']],
    ['a score under its scale', withScore({ score: -1 }), ['scoreOutOfScale /scores/0/score']],
    ['the end of the scale is not', withScore({ score: 100 }), []],
    ['an unknown expert', withScore({ expert: 'x' }), ['expertUnknown /scores/0/expert']],
    ['an unknown bidder', withScore({ bidder: 'x' }), ['bidderUnknown /scores/0/bidder']],
    ['an unknown criterion', withScore({ criterion: 'x' }), ['criterionUnknown /scores/0/criterion']],
    ['scoring twice', { ...base, scores: [...base.scores, base.scores[0]!] }, ['scoredTwice /scores/8']],
    ['a score missing', { ...base, scores: base.scores.slice(1) }, ['scoreMissing /experts/0']],
    [
      'a sheet missing',
      { ...base, scores: base.scores.filter((one) => one.expert !== 'e2' || one.bidder !== 'b') },
      ['scoreMissing /experts/1', 'scoreMissing /experts/1'],
    ],
    ['a bidder twice', { ...base, bidders: [...base.bidders, bid('a')] }, ['idTwice /bidders/2/id']],
    ['an expert twice', { ...base, experts: [...base.experts, expert('e1')] }, ['idTwice /experts/2/id']],
    [
      'a conflict with nobody',
      { ...base, experts: [...base.experts, expert('e3', 'x')] },
      ['bidderUnknown /experts/2/conflicts/0'],
    ],
    [
      'an unknown criterion of the tie',
      { ...base, tieRule: { criterion: 'x' } },
      ['criterionUnknown /tieRule/criterion'],
    ],
    [
      'weights and scales of nought',
      { ...base, criteria: [base.criteria[0]!, { id: 'price', weight: 0, max: '0.0' }], scores: [] },
      ['weightNotPositive /criteria/1/weight', 'maxNotPositive /criteria/1/max'],
    ],
  ] satisfies [string, ScoreQuestion, string[]][])('%s', (_name, question, expected) => {
    expect(codes(question)).toEqual(expected);
  });
});

/** Whole scorings: every expert marks every bidder on every criterion. */
const scorings = fc
  .record({
    criteria: fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 97 }), max: fc.integer({ min: 1, max: 120 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    bidders: fc.integer({ min: 1, max: 4 }),
    experts: fc.integer({ min: 3, max: 5 }),
    method: fc.constantFrom('mean' as const, 'trimmedMean' as const),
    parts: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 80, maxLength: 80 }),
  })
  .map(({ criteria, bidders, experts, method, parts }): ScoreQuestion => {
    const ids = (count: number, letter: string) => Array.from({ length: count }, (_, at) => `${letter}${at}`);
    const named = criteria.map((one, at) => ({ id: `c${at}`, ...one }));
    const places = ids(experts, 'e').flatMap((who) =>
      ids(bidders, 'b').flatMap((bidder) =>
        named.map(({ id, max }) => ({ expert: who, bidder, criterion: id, max })),
      ),
    );
    return {
      ...{ ...base, criteria: named, method, minBids: 1, tieRule: { criterion: 'c0' } },
      bidders: ids(bidders, 'b').map((id) => bid(id)),
      experts: ids(experts, 'e').map((id) => expert(id)),
      scores: places.map(({ max, ...place }, at) => ({
        ...place,
        score: ((max * (parts[at % 80] ?? 0)) / 3).toFixed(3),
      })),
    };
  });

describe('for every scoring', () => {
  it('the order of the input does not matter', () => {
    fc.assert(
      fc.property(scorings, fc.infiniteStream(fc.nat()), (question, numbers) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one): [number, T] => [numbers.next().value, one])
            .toSorted(([a], [b]) => a - b)
            .map(([, one]) => one);
        const { criteria, bidders, experts, scores } = question;
        const turned = {
          criteria: shuffled(criteria),
          bidders: shuffled(bidders),
          experts: shuffled(experts),
        };
        expect(scorePreview({ ...question, ...turned, scores: shuffled(scores) })).toEqual(
          scorePreview(question),
        );
      }),
    );
  });

  it('weights count by their shares: a hundred times all of them changes nothing', () => {
    fc.assert(
      fc.property(scorings, fc.integer({ min: 2, max: 1000 }), (question, times_) => {
        const criteria = question.criteria.map((one) => ({ ...one, weight: Number(one.weight) * times_ }));
        expect(scorePreview({ ...question, criteria })).toEqual(scorePreview(question));
      }),
    );
  });

  it('the exact value is what plain fractions give, added one by one', () => {
    fc.assert(
      fc.property(scorings, (question) => {
        const { criteria, bidders, experts, scores, method } = question;
        const whole = criteria.map(({ weight }) => fractionOf(weight)).reduce(plus);
        const expected = bidders.map(({ id }) => {
          const sheets = experts
            .map((one) =>
              criteria
                .map(({ id: criterion, weight, max }) => {
                  const { score = 0 } =
                    scores.find((s) => s.expert === one.id && s.bidder === id && s.criterion === criterion) ??
                    {};
                  const share = over(fractionOf(weight), whole);
                  return times(times(share, over(fractionOf(score), fractionOf(max))), fraction(100n));
                })
                .reduce(plus),
            )
            .toSorted(compare);
          const counted = method === 'mean' ? sheets : sheets.slice(1, -1);
          return [id, fractionText(over(counted.reduce(plus), fraction(BigInt(counted.length))))];
        });
        expect(scoredOf(question).exact).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
