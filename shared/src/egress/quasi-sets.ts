/** Which sets of columns the search for quasi-identifiers looks at, and in which order (E1). */

/** Every element of `part` is in `whole`. */
export const isWithin = <T>(part: readonly T[], whole: readonly T[]): boolean =>
  part.every((one) => whole.includes(one));

/**
 * All sets of `size` of the given columns. All sets of the first m columns come before any with the next one, so whoever
 * stops early has looked at the columns that stand first together. One set at a time: a wide table has millions.
 */
export function* setsOf<T>(columns: readonly T[], size: number): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let last = size - 1; last < columns.length; last += 1)
    for (const before of setsOf(columns.slice(0, last), size - 1)) yield [...before, columns[last] as T];
}

/** The fewest columns that have at least `sets` pairs: no further one is reached by that many looks. */
export const columnsReached = (sets: number): number => {
  let columns = 2;
  while ((columns * (columns - 1)) / 2 < sets) columns += 1;
  return columns;
};
