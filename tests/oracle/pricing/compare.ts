import type { Answer, View } from './period.ts';

/** Where several reasons hold, the product names at least one of them, and none that does not hold. */
const sameReasons = (expected: readonly string[], got: readonly string[]): boolean =>
  expected.length === 0
    ? got.length === 0
    : got.length > 0 && got.every((reason) => expected.includes(reason));

/** A value with its keys in order, so that maps compare by what they hold. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, inOrder(one)]),
        )
      : value;

/** Which ids a list names, whatever their order and however often. */
const namesIn = (ids: readonly string[]): string => JSON.stringify([...new Set(ids)].toSorted());

export type Difference = { field: string; expected: unknown; got: unknown };

const sameField = (field: keyof View, expected: View, got: View): boolean => {
  if (field === 'tariffResults')
    return (
      expected.tariffResults.length === got.tariffResults.length &&
      expected.tariffResults.every((reasons, i) => sameReasons(reasons, got.tariffResults[i] ?? ['missing']))
    );
  if (field === 'refusedCosts') {
    const ids = new Set([...Object.keys(expected.refusedCosts), ...Object.keys(got.refusedCosts)]);
    return [...ids].every((id) => sameReasons(expected.refusedCosts[id] ?? [], got.refusedCosts[id] ?? []));
  }
  if (field === 'unrated' || field === 'conflicting') return namesIn(expected[field]) === namesIn(got[field]);
  return JSON.stringify(inOrder(expected[field])) === JSON.stringify(inOrder(got[field]));
};

/** Every field in which two answers differ. */
export const differences = (expected: Answer, got: Answer): Difference[] => {
  if ('refused' in expected || 'refused' in got)
    return JSON.stringify(expected) === JSON.stringify(got) ? [] : [{ field: 'refused', expected, got }];
  return (Object.keys(expected) as (keyof View)[])
    .filter((field) => !sameField(field, expected, got))
    .map((field) => ({ field, expected: expected[field], got: got[field] }));
};
