// F2–F6: fen and rates are exact, and what is split adds up to its total; bad twins are caught.
import fc from 'fast-check';
import { amounts, decimals } from '../../../tests/support/made-prices.ts';
import { type Fraction, fraction } from '../exact.ts';
import {
  ceilTimes,
  decimalText,
  Fen,
  floorTimes,
  Quantity,
  quantityOf,
  Rate,
  RateOrPercent,
  rateOf,
  split,
  sumOf,
  toFen,
  Weight,
  weightOf,
} from './money.ts';

const weights = (texts: readonly string[]): Fraction[] => texts.map(weightOf);

describe('rates are the decimals that were written', () => {
  it.each([
    ['0.06', '0.06'],
    ['0.060', '0.06'],
    ['0', '0'],
    ['6', '6'],
    ['1.85%', '0.0185'],
    ['0.000000000001', '0.000000000001'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [1.5e-7, '0.00000015'],
    [6, '6'],
  ])('%s is %s', (given, text) => {
    expect(RateOrPercent.safeParse(given).success).toBe(true);
    expect(decimalText(rateOf(given))).toBe(text);
  });

  it.each([
    ...['', '.5', '5.', '-1', '+1', '01', '1e-3', '0x1', '1,5', '１', ' 1', '0.0000000000001', '10000'],
    ...[0.1 + 0.2, -0.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY, '1%%', 'null', null, {}, true],
  ])('%p is refused', (given) => {
    expect(RateOrPercent.safeParse(given).success).toBe(false);
    expect(() => rateOf(given as string)).toThrow(RangeError);
  });

  it('a percentage is taken only where it is asked for', () => {
    expect(Rate.safeParse('6%').success).toBe(false);
    expect(Weight.safeParse('6%').success).toBe(false);
    expect(Quantity.safeParse('6%').success).toBe(false);
  });

  it('no decimal is shown for what is none', () => {
    expect(() => decimalText(fraction(1n, 3n))).toThrow(RangeError);
  });

  it('what is read is written again', () => {
    fc.assert(
      fc.property(decimals(9999, 12), (text) => {
        const [whole = '', parts = ''] = text.split('.');
        const short = parts.replace(/0+$/, '');
        expect(decimalText(rateOf(text))).toBe(short ? `${whole}.${short}` : whole);
      }),
    );
  });
});

describe('amounts', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('%p is fen', (given) => {
    expect(Fen.safeParse(given).success).toBe(true);
  });
  it.each([-1, 0.5, 2 ** 53, '1', null])('%p is not', (given) => {
    expect(Fen.safeParse(given).success).toBe(false);
  });

  it('what JSON could not carry exactly is refused, never rounded', () => {
    expect(toFen(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => toFen(2n ** 53n)).toThrow('amountTooLarge');
    expect(() => toFen(-(2n ** 53n))).toThrow('amountTooLarge');
  });

  it('quantities may be parts of an hour', () => {
    expect(quantityOf('1.25')).toEqual({ n: 5n, d: 4n });
    expect(quantityOf(1e15 - 1)).toEqual({ n: 10n ** 15n - 1n, d: 1n });
    expect(() => quantityOf(1e15)).toThrow(RangeError);
    expect(() => quantityOf(-1)).toThrow(RangeError);
  });

  it('are rounded down, or up, once', () => {
    expect([floorTimes(101n, fraction(1n, 2n)), ceilTimes(101n, fraction(1n, 2n))]).toEqual([50n, 51n]);
    expect([floorTimes(100n, fraction(1n, 2n)), ceilTimes(100n, fraction(1n, 2n))]).toEqual([50n, 50n]);
  });
});

describe('largest remainder', () => {
  it.each([
    // 100 in three: 33.33 each; the fen left goes to the first
    [100n, ['1', '1', '1'], [34n, 33n, 33n]],
    [101n, ['1', '1', '1'], [34n, 34n, 33n]],
    // 10 by 0.25, 0.25, 0.5: 2.5, 2.5, 5; a tie, so the first
    [10n, ['0.25', '0.25', '0.5'], [3n, 2n, 5n]],
    // 7 by 3, 2, 1, 0: 3.5, 2.33, 1.17, 0; the half is the largest remainder
    [7n, ['3', '2', '1', '0'], [4n, 2n, 1n, 0n]],
    [0n, ['1', '2'], [0n, 0n]],
    [5n, ['0', '0.000000000001'], [0n, 5n]],
  ])('%p by %p', (total, by, parts) => {
    expect(split(total, weights(by))).toEqual(parts);
  });

  it('nothing is split by nothing', () => {
    expect(() => split(5n, weights(['0', '0']))).toThrow('weightsAllZero');
    expect(() => split(0n, [])).toThrow('weightsAllZero');
    expect(() => split(-1n, weights(['1']))).toThrow(RangeError);
  });

  type Split = typeof split;
  const factor = fc.oneof(decimals(10, 3), decimals(1000, 12), fc.constant('0'), fc.constant('1'));
  /** Sum, nearness, nought for nought, greater weight never less, and ties in the list's order. */
  const fair = (by: Split) =>
    fc.property(amounts, fc.array(factor, { minLength: 1, maxLength: 7 }), (total, texts) => {
      const list = weights(texts);
      if (list.every(({ n }) => n === 0n)) return true;
      const parts = by(total, list);
      if (sumOf(parts) !== total) return false;
      return list.every((one, at) => {
        const part = parts[at] ?? -1n;
        if (part < 0n || (one.n === 0n && part !== 0n)) return false;
        return list.every((other, place) => {
          const [mine, theirs] = [one.n * other.d, other.n * one.d];
          const its = parts[place] ?? -1n;
          return mine === theirs
            ? at < place
              ? part >= its && part - its <= 1n
              : true
            : mine < theirs || part >= its;
        });
      });
    });

  it('sums to its total and is fair, on 50,000 random splits', () => {
    expect(() => fc.assert(fair(split), { numRuns: 50_000, seed: 65 })).not.toThrow();
  });

  it.each<[string, Split]>([
    [
      'rounds each down and loses fen',
      (total, by) => {
        const all = by.reduce((sum, { n, d }) => sum + (n * 10n ** 12n) / d, 0n);
        return by.map(({ n, d }) => (total * ((n * 10n ** 12n) / d)) / all);
      },
    ],
    ['gives what is left to the last', (total, by) => split(total, by.toReversed()).toReversed()],
    [
      'gives what is left to the first',
      (total, by) => {
        const floors = split(total, by).map((_, at) => {
          const all = by.reduce((sum, { n, d }) => sum + (n * 10n ** 12n) / d, 0n);
          const one = by[at] ?? fraction(0n);
          return (total * ((one.n * 10n ** 12n) / one.d)) / all;
        });
        return floors.map((part, at) => (at === 0 ? part + total - sumOf(floors) : part));
      },
    ],
    [
      'computes with floats',
      (total, by) => {
        const all = by.reduce((sum, { n, d }) => sum + Number(n) / Number(d), 0);
        return by.map(({ n, d }) => BigInt(Math.round((Number(total) * Number(n)) / Number(d) / all)));
      },
    ],
  ])('a twin that %s is caught', (_name, twin) => {
    expect(fc.check(fair(twin), { numRuns: 5000, seed: 65 }).failed).toBe(true);
  });
});
