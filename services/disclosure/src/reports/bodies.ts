import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

/** Throws `usageOperatorUnknown` (422) for a body that is no operator of the city. */
export const mustBeOperator = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  jurisdiction: string,
  operator: string,
): Promise<void> => {
  const row = await db
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', operator)
    .executeTakeFirst();
  if (row?.kind !== 'operator') throw problem('usageOperatorUnknown');
};
