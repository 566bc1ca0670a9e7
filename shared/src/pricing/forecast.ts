/** What the ceilings would bring in at the expected quantities, beside the permitted revenue (F2, F3). All in fen. */
import { compare, type Fraction, fraction, plus, times } from '../exact.ts';
import { decimalText, floorTimes } from './money.ts';

/** `exactFen` of the parts are exact decimals and add up; `fen` is their sum, rounded down once. */
export type Forecast = { parts: { product: string; exactFen: string }[]; fen: bigint; overCap: boolean };

/**
 * A warning, never a refusal: `overCap` where the ceilings allow more than is permitted. A product without a ceiling
 * brings in nothing yet.
 */
export const forecast = (
  products: readonly { id: string; ceiling: bigint | null; expected: Fraction }[],
  permitted: bigint,
): Forecast => {
  const all = products.map(({ id, ceiling, expected }) => ({
    id,
    fen: times(fraction(ceiling ?? 0n), expected),
  }));
  const sum = all.reduce((total, { fen }) => plus(total, fen), fraction(0n));
  return {
    parts: all.map(({ id, fen }) => ({ product: id, exactFen: decimalText(fen) })),
    fen: floorTimes(1n, sum),
    overCap: compare(sum, fraction(permitted)) > 0,
  };
};
