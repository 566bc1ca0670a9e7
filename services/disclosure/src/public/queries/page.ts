/** Keyset pages of the public lists. */

/** How many, and after which row of the page before; `undefined` for the first page. */
export type Page<K> = { after?: K | undefined; limit: number };
/** A page, and the key that the next one comes after; `null` on the last. */
export type Paged<T, K> = { items: T[]; next: K | null };

/** A page of `limit` out of up to `limit + 1` rows read. */
export const paged = <R, T, K>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => K,
  view: (row: R) => T,
): Paged<T, K> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), next: rows.length > limit && last !== undefined ? keyOf(last) : null };
};

/** What an act rests on: article and the text it stands in. */
export type Rests = { article: string | null; instrument: string | null };
