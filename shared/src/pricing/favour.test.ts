// F1, 朔州 十（三）: what each customer really pays is compared, scenario by scenario and day by day; a bad twin is caught.
import fc from 'fast-check';
import { madeLaw } from '../../../tests/support/made-prices.ts';
import { addDays } from '../business-date.ts';
import { fraction } from '../exact.ts';
import { favoursEnough, mostOfFavoured, type Standing, unfavouredIn } from './favour.ts';
import { rateOf } from './money.ts';

const from = '2025-01-01';
let named = 0;
const standing = (change: Partial<Standing>): Standing => ({
  ...{ tariff: `t${(named += 1)}`, class: 'general', scenario: null, fen: 1_000n, discount: fraction(0n) },
  ...{ from, until: null, ...change },
});
const small = (change: Partial<Standing>) =>
  standing({ class: 'smallFirm', discount: rateOf('0.1'), ...change });
const pairs = (list: Standing[], since = from) =>
  unfavouredIn(list, madeLaw, since).map(({ favoured, general }) => [favoured.fen, general.fen]);

it.each<[string, Standing[], unknown[]]>([
  ['a tenth under the general charge', [standing({}), small({})], []],
  ['a fen too much', [standing({ fen: 999n }), small({})], [[1_000n, 999n]]],
  ['a class that nobody favours', [standing({ fen: 1n }), standing({ class: 'government' })], []],
  [
    'a scenario of which only others have a price',
    [standing({}), small({}), standing({ scenario: 'bank', fen: 500n })],
    [[1_000n, 500n]],
  ],
  [
    'a scenario of which only the favoured has a price',
    [standing({ fen: 500n }), small({ scenario: 'bank' })],
    [[1_000n, 500n]],
  ],
  [
    'a day after the favoured one ended and before it',
    [
      standing({}),
      standing({ scenario: 'bank', fen: 500n, from: '2025-03-01' }),
      small({ until: '2025-02-28' }),
    ],
    [],
  ],
  [
    'a month in which they meet',
    [standing({ fen: 500n, from: '2025-03-01', until: '2025-03-31' }), small({})],
    [[1_000n, 500n]],
  ],
])('%s', (_name, list, expected) => {
  expect(pairs(list)).toEqual(expected);
});

it('days before the first are nobody’s business', () => {
  expect(pairs([standing({ fen: 500n, until: '2025-03-31' }), small({})], '2025-04-01')).toEqual([]);
});

const amount = fc.bigInt({ min: 0n, max: 2_000n });
const day = fc.nat(60).map((n) => addDays(from, n));
const anyStanding = fc
  .record({
    class: fc.constantFrom<Standing['class'][]>('general', 'smallFirm'),
    scenario: fc.constantFrom(null, 'bank', 'school'),
    fen: amount,
    off: fc.nat(10),
    from: day,
    length: fc.option(fc.nat(40), { nil: null }),
  })
  .map(
    ({ off, length, ...one }): Standing =>
      standing({
        ...one,
        discount: fraction(BigInt(off), 10n),
        until: length === null ? null : addDays(one.from, length),
      }),
  );

/** One a class and scenario at a time, as tariffs stand. */
const anyList = fc.uniqueArray(anyStanding, {
  selector: ({ class: customer, scenario }) => `${customer} ${scenario}`,
  maxLength: 6,
});

/** From the words alone: on no day, in no scenario, a small firm pays more than nine tenths of what others pay. */
const paysTooMuch = (list: readonly Standing[]): boolean => {
  for (let n = 0; n < 130; n += 1) {
    const on = addDays(from, n);
    const today = list.filter((one) => one.from <= on && (one.until === null || one.until >= on));
    for (const scenario of [null, 'bank', 'school']) {
      const [few, all] = (['smallFirm', 'general'] as const).map((customer) => {
        const own = today.filter((one) => one.class === customer);
        return own.find((one) => one.scenario === scenario) ?? own.find((one) => one.scenario === null);
      });
      if (!few || !all) continue;
      const tenths = ({ fen, discount: { n: off, d } }: Standing) => (fen * (d - off) * 10n) / d;
      if (tenths(few) * 10n > tenths(all) * 9n) return true;
    }
  }
  return false;
};

type Finder = typeof unfavouredIn;
const found = (finder: Finder) =>
  fc.property(anyList, (list) => {
    expect(finder(list, madeLaw, from).length > 0).toBe(paysTooMuch(list));
  });

it('any tariffs: found where somebody would pay too much, and nowhere else', () => {
  expect(() => fc.assert(found(unfavouredIn), { numRuns: 3_000, seed: 1 })).not.toThrow();
});

it('sabotage: comparing tariffs of one and the same scenario alone is found', () => {
  const sameScenario: Finder = (list, law, since) =>
    unfavouredIn(list, law, since).filter(({ favoured, general }) => favoured.scenario === general.scenario);
  expect(() => fc.assert(found(sameScenario), { numRuns: 3_000, seed: 1 })).toThrow('Property failed');
});

it('the most a favoured tariff may say is enough, and a fen more is not', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      for (const pair of unfavouredIn(list, madeLaw, from)) {
        const fen = mostOfFavoured(pair);
        const at = (said: bigint) => favoursEnough({ ...pair.favoured, fen: said }, pair.general, pair.least);
        expect([fen < pair.favoured.fen, at(fen), at(fen + 1n)]).toEqual([true, true, false]);
      }
    }),
    { numRuns: 3_000, seed: 1 },
  );
});
