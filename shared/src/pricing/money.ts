/** Money and rates, exact: fen as whole numbers in BigInt, rates as fractions of whole numbers; never a float. */
import { z } from 'zod';
import { type Fraction, fraction, leastCommonMultiple } from '../exact.ts';
import { problem } from '../problems.ts';

/** An amount at the edge (JSON, a table): whole fen from 0 to 2^53 − 1. */
export const Fen = z.int().min(0).describe('Whole fen (1/100 yuan)');

/** @throws Problem `amountTooLarge` where JSON could not carry the amount exactly. */
export const toFen = (amount: bigint): number => {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < BigInt(Number.MIN_SAFE_INTEGER))
    throw problem('amountTooLarge');
  return Number(amount);
};

/** The shortest decimal that means a JSON number: 1e-7 is `0.0000001`. Text stays as it was written. */
const plain = (given: string | number): string => {
  const small = typeof given === 'number' && /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(String(given));
  if (!small) return String(given);
  const [, whole = '', parts = '', places = ''] = small;
  return `0.${'0'.repeat(Number(places) - 1)}${whole}${parts}`;
};

const forms = {
  rate: /^(0|[1-9]\d{0,3})(\.\d{1,12})?$/,
  rateOrPercent: /^(0|[1-9]\d{0,3})(\.\d{1,12})?%?$/,
  quantity: /^(0|[1-9]\d{0,14})(\.\d{1,6})?$/,
  weight: /^(0|[1-9]\d{0,14})(\.\d{1,12})?$/,
};

const exactly = (form: RegExp, code: string, zh: string, en: string) =>
  z
    .union([z.string().max(32), z.number()])
    .refine((given) => form.test(plain(given)), { params: { code }, error: `${zh} · ${en}` })
    .describe(en);

/** A rate or a number of percentage points: `0.06`. A JSON number means its shortest decimal text. */
export const Rate = exactly(
  forms.rate,
  'rateNotExact',
  '须为精确小数，整数部分至多四位，小数至多十二位，例如 0.06',
  'an exact decimal, at most four digits before the point and twelve after it, such as 0.06',
);
/** The same, or a percentage as text: `1.85%`. */
export const RateOrPercent = exactly(
  forms.rateOrPercent,
  'rateNotExact',
  '须为精确小数或百分数，例如 0.0185 或 1.85%',
  'an exact decimal or a percentage, such as 0.0185 or 1.85%',
);
/** How much was used: calls are whole, hours and volumes need not be. */
export const Quantity = exactly(
  forms.quantity,
  'quantityNotExact',
  '须为不小于 0 的精确小数，整数部分至多十五位，小数至多六位',
  'an exact decimal from 0, at most fifteen digits before the point and six after it',
);
/** A share of the sum of all weights, in any unit. */
export const Weight = exactly(
  forms.weight,
  'weightNotExact',
  '须为不小于 0 的精确小数，整数部分至多十五位，小数至多十二位',
  'an exact decimal from 0, at most fifteen digits before the point and twelve after it',
);
export type ExactText = string | number;

const exact = (given: ExactText, form: RegExp): Fraction => {
  const text = plain(given);
  if (!form.test(text)) throw new RangeError('not an exact decimal within bounds');
  const percent = text.endsWith('%');
  const [whole = '', parts = ''] = text.replace('%', '').split('.');
  return fraction(BigInt(whole + parts), 10n ** BigInt(parts.length + (percent ? 2 : 0)));
};

/** The very rate that was written; `1.85%` is 0.0185. @throws RangeError for what `RateOrPercent` refuses. */
export const rateOf = (given: ExactText): Fraction => exact(given, forms.rateOrPercent);
/** Whether a rate is at most 1; what is no rate is left to `Rate`. */
export const isShare = (given: ExactText): boolean => {
  if (!forms.rate.test(plain(given))) return true;
  const { n, d } = rateOf(given);
  return n <= d;
};
/** @throws RangeError for what `Quantity` refuses. */
export const quantityOf = (given: ExactText): Fraction =>
  typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 && given < 1e15
    ? { n: BigInt(given), d: 1n }
    : exact(given, forms.quantity);
/** @throws RangeError for what `Weight` refuses. */
export const weightOf = (given: ExactText): Fraction => exact(given, forms.weight);

/**
 * A fraction as an exact decimal, `0.0785`, without zeros at its end.
 * @throws RangeError where no decimal of at most 30 places is exact.
 */
export const decimalText = ({ n, d }: Fraction): string => {
  if (d === 1n && n >= 0n) return String(n);
  const places = 30;
  const scaled = n * 10n ** BigInt(places);
  if (n < 0n || scaled % d !== 0n) throw new RangeError('not a decimal of at most 30 places');
  const digits = String(scaled / d).padStart(places + 1, '0');
  const parts = digits.slice(-places).replace(/0+$/, '');
  return `${digits.slice(0, -places)}${parts && `.${parts}`}`;
};

/** The product, rounded down to the fen, once. Neither may be negative. */
export const floorTimes = (fen: bigint, { n, d }: Fraction): bigint => (fen * n) / d;

/** The product, rounded up to the fen, once. Neither may be negative. */
export const ceilTimes = (fen: bigint, { n, d }: Fraction): bigint => (fen * n + d - 1n) / d;

/**
 * Splits a total by weights to the fen: each gets its share rounded down, and what is left goes, a fen each, to the
 * largest remainders; ties in the order of the list (decision 0025). The parts always add up to the total, and a
 * weight of nought gets nothing. @throws Problem `weightsAllZero` where no weight is above 0; RangeError for a
 * negative total.
 */
export const split = (total: bigint, weights: readonly Fraction[]): bigint[] => {
  if (total < 0n) throw new RangeError('a negative total is not split');
  const unit = leastCommonMultiple(weights.map(({ d }) => d));
  const whole = weights.map(({ n, d }) => n * (unit / d));
  const all = whole.reduce((sum, one) => sum + one, 0n);
  if (all === 0n) throw problem('weightsAllZero');
  const parts = whole.map((one) => (total * one) / all);
  const rests = whole.map((one, at) => ({ at, rest: (total * one) % all }));
  const left = total - parts.reduce((sum, one) => sum + one, 0n);
  rests.sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of rests.slice(0, Number(left))) parts[at] = (parts[at] ?? 0n) + 1n;
  return parts;
};

/** The sum of amounts. */
export const sumOf = (amounts: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
};

export const atLeastZero = (amount: bigint): bigint => (amount < 0n ? 0n : amount);
export const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
