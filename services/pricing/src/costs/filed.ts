/** Whether the cost of a year was reported (F4). */
import type { Kysely } from 'kysely';
import type { CostDb, Period } from './tables.ts';

/** Filed with the body the pack names, and not returned. */
export const isReported = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: Period,
): Promise<boolean> => {
  const filed = await (db as CostDb)
    .selectFrom('cost_report')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('state', 'in', ['filed', 'receipted'])
    .executeTakeFirst();
  return filed !== undefined;
};
