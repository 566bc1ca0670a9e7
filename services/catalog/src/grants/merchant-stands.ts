import { problem } from '@gongshu/shared/problems';
import type { UseDb } from './deps.ts';

const codes = { suspended: 'merchantSuspended', exited: 'merchantExited' } as const;

/** Throws `merchantSuspended` or `merchantExited` (409): such a merchant is given no grant (M1). */
export const merchantMustStand = async (
  db: UseDb,
  { jurisdiction, merchant }: { jurisdiction: string; merchant: string },
): Promise<void> => {
  const row = await db
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', merchant)
    .executeTakeFirst();
  if (row && row.standing !== 'enrolled') throw problem(codes[row.standing]);
};
