/** Files of any size go out page by page: the next is read when the one before has gone. */
import type { Paged } from '../public/queries/page.ts';

export const pageSize = 1_000;

/** Page after page of a keyset list. */
export async function* paging<T, K>(
  read: (after: K | undefined) => Promise<Paged<T, K>>,
): AsyncIterable<readonly T[]> {
  let after: K | undefined;
  do {
    const { items, next } = await read(after);
    yield items;
    after = next ?? undefined;
  } while (after !== undefined);
}
