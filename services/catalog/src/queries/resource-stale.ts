import type { BusinessDate } from '@gongshu/shared/business-date';
import { frequencyPeriods } from '@gongshu/shared/resource';
import { type Kysely, sql } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';
import { type ResourceRow, withFields } from './resource.ts';

const periods = Object.entries(frequencyPeriods).flatMap(([frequency, period]) => {
  if (!period) return [];
  return [[frequency, 'days' in period ? `${period.days} days` : `${period.months} months`] as const];
});

/** Last fresh day of a row by its own frequency; null for an irregular one or an unknown date. As `freshUntil`. */
const freshUntilSql = sql<string | null>`(data_updated_on + case update_frequency
  ${sql.join(
    periods.map(([frequency, period]) => sql`when ${frequency} then ${period}::interval`),
    sql` `,
  )} end)::date`;

/** An entry older than its own update frequency, with the last day on which it was fresh. */
export type StaleResource = ResourceRow & { freshUntil: BusinessDate };

/**
 * Published entries whose data are older than their own frequency on `today` (Zhongwei art. 9, Wuhai s.6): tasks of
 * their departments. Longest stale first; `after` is the last row of the page before.
 */
export const staleResources = async (
  db: Kysely<ResourceTables>,
  {
    jurisdiction,
    provider,
    today,
    after,
    limit,
  }: {
    jurisdiction: string;
    provider?: string | undefined;
    today: BusinessDate;
    after?: { freshUntil: BusinessDate; id: string } | undefined;
    limit: number;
  },
): Promise<StaleResource[]> => {
  let query = db
    .selectFrom('resource')
    .selectAll()
    .select(freshUntilSql.as('fresh_until'))
    .where('jurisdiction', '=', jurisdiction)
    .where('state', 'in', ['public', 'registered'])
    .where(sql<boolean>`${freshUntilSql} < ${today}::date`);
  if (provider !== undefined) query = query.where('provider_organisation', '=', provider);
  if (after)
    query = query.where(sql<boolean>`(${freshUntilSql}, id) > (${after.freshUntil}::date, ${after.id})`);
  const rows = await query.orderBy('fresh_until').orderBy('id').limit(limit).execute();
  const days = new Map(rows.map(({ id, fresh_until }) => [id, fresh_until ?? today]));
  const found = await withFields(
    db,
    rows.map(({ fresh_until: _day, ...row }) => row),
  );
  return found.map((row) => ({ ...row, freshUntil: days.get(row.id) ?? today }));
};
