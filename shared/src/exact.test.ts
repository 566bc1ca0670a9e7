import fc from 'fast-check';
import {
  Decimal,
  compare,
  fraction,
  fractionOf,
  fractionText,
  leastCommonMultiple,
  over,
  plus,
  shownText,
  times,
} from './exact.ts';

const written = fc
  .tuple(
    fc.boolean(),
    fc.integer({ min: 0, max: 999_999_999 }),
    fc.integer({ min: 0, max: 6 }),
    fc.nat(999_999),
  )
  .map(([minus, whole, places, parts]) => {
    const decimals = String(parts).padStart(6, '0').slice(0, places);
    return `${minus ? '-' : ''}${whole}${decimals && `.${decimals}`}`;
  });

describe('decimals', () => {
  it.each([
    ['0.1', '1/10'],
    [0.1, '1/10'],
    [87.35, '1747/20'],
    ['-0.000001', '-1/1000000'],
    ['007', '7/1'],
    [-0, '0/1'],
  ])('%p is %s', (given, text) => {
    expect(Decimal.safeParse(given).success).toBe(true);
    expect(fractionText(fractionOf(given))).toBe(text);
  });

  it.each(['', '1.', '.5', '1e3', '+1', ' 1', '1,5', '０', '1.1234567', '1234567890', 1e-7, 1e21, 0.1 + 0.2])(
    'refuses %p',
    (given) => {
      expect(Decimal.safeParse(given).success).toBe(false);
      expect(() => fractionOf(given)).toThrow(RangeError);
    },
  );
});

describe('fractions', () => {
  it('keep the laws of arithmetic that floats break', () => {
    fc.assert(
      fc.property(written, written, written, (a, b, c) => {
        const [x, y, z] = [fractionOf(a), fractionOf(b), fractionOf(c)];
        expect(plus(plus(x, y), z)).toEqual(plus(x, plus(y, z)));
        expect(times(x, plus(y, z))).toEqual(plus(times(x, y), times(x, z)));
        expect(y.n === 0n ? x : times(over(x, y), y)).toEqual(x);
        expect(Math.sign(compare(x, y))).toBe(-Math.sign(compare(y, x)) + 0);
      }),
    );
    expect(0.1 + 0.2 + 0.3 === 0.1 + (0.2 + 0.3)).toBe(false); // what would have been lost
  });

  it('have no denominator of zero', () => {
    expect(() => over(fraction(1n), fraction(0n))).toThrow(RangeError);
    expect(fraction(2n, -4n)).toEqual({ n: -1n, d: 2n });
  });

  it('find the common denominator', () => {
    expect(leastCommonMultiple([4n, 6n, 10n])).toBe(60n);
    expect(leastCommonMultiple([])).toBe(1n);
  });
});

describe('rounding for show', () => {
  it.each([
    [87_345n, 1000n, '87.35'], // half goes up
    [87_344_999n, 1_000_000n, '87.34'],
    [1n, 3n, '0.33'],
    [2n, 3n, '0.67'],
    [0n, 1n, '0.00'],
    [5n, 1000n, '0.01'],
    [99_995n, 1000n, '100.00'],
    [-5n, 1000n, '0.00'], // up, not away from zero
    [-6n, 1000n, '-0.01'],
    [-1n, 1n, '-1.00'],
  ])('%p/%p is shown as %s', (n, d, text) => {
    expect(shownText(fraction(n, d))).toBe(text);
  });
});
