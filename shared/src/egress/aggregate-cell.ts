/**
 * The rules for one cell of a table of aggregates (E1), as the ESSNet Handbook on Statistical Disclosure Control
 * (Hundepool et al., version 1.2, 2010, chapter 4) defines them. X is the cell's total, x1 ≥ x2 ≥ … its contributions:
 * - minimum cell: fewer contributors than the minimum, and at least one;
 * - (n,k) dominance: x1 + … + xn > k · X;
 * - p-ratio (p% rule): X − x1 − x2 < p · x1, the second largest could estimate the largest too closely;
 * - zero: nobody contributes, or all contribute nothing. A cell that meets a limit exactly is safe.
 * All in exact fractions. A contribution that isn't given though there may be one is taken at its greatest possible.
 */
import { compare, type Fraction, fraction, plus, times } from '../exact.ts';
import type { AggregateFinding } from './report.ts';
import type { EgressThresholds } from './thresholds.ts';

/** Null: the cell is empty or suppressed. `contributions` is null where none are declared. */
export type AggregateCell = {
  count: Fraction | null;
  total: Fraction | null;
  contributions: (Fraction | null)[] | null;
};
export type CellFinding = { of: 'count' | 'total'; rule: AggregateFinding['rule'] };

const nought = fraction(0n);
const less = (a: Fraction, b: Fraction) => compare(a, b) < 0;
const smaller = (a: Fraction, b: Fraction) => (less(a, b) ? a : b);
const minus = (a: Fraction, b: Fraction) => plus(a, { n: -b.n, d: b.d });

const written = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
const suppressed = /^([*]+|[-–—－]+|…+|\.{2,}|[/xcs:#]|n\/?a|[<≤]\s*\d+|不公布|未公布|保密|不详)?$/i;

/**
 * The number a cell shows, exactly; null where it is empty or holds a mark of suppression (`*`, `-`, `…`, `<5`, 保密);
 * 'unreadable' for anything else. Thousands separators and full-width digits are read.
 */
export const numberIn = (cell: string | null): Fraction | null | 'unreadable' => {
  const text = (cell ?? '').normalize('NFKC').trim();
  if (text.length > 60) return 'unreadable';
  if (suppressed.test(text)) return null;
  const plain = grouped.test(text) ? text.replaceAll(',', '') : text;
  const [, sign, before = '', after = '', exponent = '0'] = written.exec(plain) ?? [];
  if (before === '' && after === '') return 'unreadable';
  const digits = BigInt(before + after) * (sign === '-' ? -1n : 1n);
  const power = Number(exponent) - after.length;
  return power >= 0 ? fraction(digits * 10n ** BigInt(power)) : fraction(digits, 10n ** BigInt(-power));
};

/** The `n` largest, those not given at their greatest possible: none larger than the one before, none beyond the rest. */
const largest = ({ count, total, contributions }: AggregateCell, n: number): Fraction[] => {
  const given = (contributions ?? [])
    .filter((one) => one !== null)
    .sort((a, b) => compare(b, a))
    .slice(0, n);
  const known = given.length;
  for (let at = known; at < n; at += 1) {
    const mayBe = count === null || less(fraction(BigInt(at)), count);
    const sum = given.reduce(plus, nought);
    const rest = minus(total ?? nought, sum);
    const most = smaller(given[at - 1] ?? rest, rest);
    given.push(mayBe && less(nought, most) ? most : nought);
  }
  return given;
};

/** What is wrong with one cell. An empty (suppressed) count or total is judged by none of its rules. */
export const judgeCell = (
  cell: AggregateCell,
  { minimumCell, dominance, pRatio, zeros }: Limits,
): CellFinding[] => {
  const { count, total, contributions } = cell;
  const findings: CellFinding[] = [];
  const empty = count !== null && count.n === 0n;
  if (count !== null && !empty && less(count, exact(minimumCell)))
    findings.push({ of: 'count', rule: 'minimumCell' });
  if (zeros === 'finding' && empty) findings.push({ of: 'count', rule: 'zero' });
  if (zeros === 'finding' && !empty && total?.n === 0n) findings.push({ of: 'total', rule: 'zero' });
  if (total === null || contributions === null || empty || total.n === 0n) return findings;
  const together = largest(cell, dominance.n).reduce(plus, nought);
  if (less(times(exact(dominance.share), total), together)) findings.push({ of: 'total', rule: 'dominance' });
  const [first = nought, second = nought] = largest(cell, 2);
  if (less(minus(minus(total, first), second), times(exact(pRatio), first)))
    findings.push({ of: 'total', rule: 'pRatio' });
  return findings;
};

type Limits = EgressThresholds['aggregate'];

/** A threshold as it was written: 0.1 is one tenth. */
const exact = (threshold: number): Fraction => {
  const read = numberIn(String(threshold));
  if (read === null || read === 'unreadable') throw new RangeError('a threshold is a number');
  return read;
};
