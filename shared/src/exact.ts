/** Exact numbers for what the law computes: fractions of whole numbers, never floats. */
import { z } from 'zod';

/** A fraction in lowest terms; `d` is positive. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

const decimal = /^-?\d{1,9}(\.\d{1,6})?$/;

/** A decimal as text or as a JSON number: at most nine digits before the point and six after it. */
export const Decimal = z
  .union([z.string().max(20), z.number()])
  .refine((given) => decimal.test(String(given)), {
    params: { code: 'decimalOutOfRange' },
    error: '整数部分至多九位，小数至多六位 · at most nine digits before the point and six after it',
  })
  .describe('A decimal as text or number: at most nine digits before the point, six after');
export type Decimal = z.infer<typeof Decimal>;

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** `n / d` in lowest terms. @throws RangeError when `d` is zero. */
export const fraction = (n: bigint, d: bigint = 1n): Fraction => {
  if (d === 0n) throw new RangeError('a fraction has no denominator of zero');
  const common = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / common, d: d / common };
};

/** The very decimal that was written: 0.1 is one tenth. @throws RangeError for what `Decimal` refuses. */
export const fractionOf = (given: Decimal): Fraction => {
  const text = String(given);
  if (!decimal.test(text)) throw new RangeError('not a decimal within bounds');
  const [whole = '', parts = ''] = text.split('.');
  return fraction(BigInt(whole + parts), 10n ** BigInt(parts.length));
};

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);

/** Negative, zero or positive, as a sort asks. */
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The smallest number of which all are divisors; 1 for none. */
export const leastCommonMultiple = (numbers: readonly bigint[]): bigint =>
  numbers.reduce((least, one) => (least / gcd(least, one)) * one, 1n);

/** `p/q` in lowest terms; a whole number is `p/1`. */
export const fractionText = ({ n, d }: Fraction): string => `${n}/${d}`;

/** Rounded half up to two decimals, for people alone: nothing is compared or computed with it. */
export const shownText = ({ n, d }: Fraction): string => {
  const doubled = 200n * n + d;
  const down = doubled / (2n * d) - (doubled < 0n && doubled % (2n * d) !== 0n ? 1n : 0n);
  const digits = String(down < 0n ? -down : down).padStart(3, '0');
  return `${down < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
