/** Debarment lists asked for one credit code (O2): what is not at hand, or too old, is unknown and never clean. */
import { daysBetween } from '@gongshu/shared/business-date';
import type { ListAnswer } from '@gongshu/shared/selection/conditions';
import type { Kysely } from 'kysely';
import type { DebarmentTables } from './tables.ts';

/** How old a list may be, in days, where an installation says nothing else: they are published monthly or oftener. */
export const debarmentMaxAgeDays = 31;

/** Answers each list in the order asked, by its newest version up to the day `on` (`YYYY-MM-DD`, Asia/Shanghai). */
export const lookupDebarment = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  {
    jurisdiction,
    uscc,
    lists,
    on,
    maxAgeDays = debarmentMaxAgeDays,
  }: { jurisdiction: string; uscc: string; lists: readonly string[]; on: string; maxAgeDays?: number },
): Promise<ListAnswer[]> => {
  if (lists.length === 0) return [];
  const tables = db as Kysely<DebarmentTables>;
  const newest = await tables
    .selectFrom('debarment_list')
    .select(['list', 'as_of', 'source'])
    .distinctOn('list')
    .where('jurisdiction', '=', jurisdiction)
    .where('list', 'in', lists as never)
    .where('as_of', '<=', on)
    .orderBy('list')
    .orderBy('as_of', 'desc')
    .execute();
  const hits = await tables
    .selectFrom('debarment_entry')
    .select(['list', 'as_of', 'until_on'])
    .where('jurisdiction', '=', jurisdiction)
    .where('uscc', '=', uscc)
    .where('list', 'in', lists as never)
    .execute();
  return lists.map((list): ListAnswer => {
    const version = newest.find((one) => one.list === list);
    if (!version) return { list, listed: 'unknown', asOf: null, source: null };
    const { as_of: asOf, source } = version;
    if (daysBetween(asOf, on) > maxAgeDays) return { list, listed: 'unknown', asOf, source };
    const listed = hits.some(
      (hit) => hit.list === list && hit.as_of === asOf && (hit.until_on === null || hit.until_on >= on),
    );
    return { list, listed, asOf, source };
  });
};
