import { problem } from '@gongshu/shared/problems';
import type { UseTrx } from './deps.ts';

const codes = { suspended: 'merchantSuspended', exited: 'merchantExited' } as const;

/**
 * Throws `merchantSuspended` or `merchantExited` (409): such a merchant is given no grant (M1). Its row is
 * held: a standing that changes meanwhile finds the grant, or the signature finds it.
 */
export const merchantMustStand = async (
  trx: UseTrx,
  { jurisdiction, merchant }: { jurisdiction: string; merchant: string },
): Promise<void> => {
  const row = await trx
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', merchant)
    .forShare()
    .executeTakeFirst();
  if (row && row.standing !== 'enrolled') throw problem(codes[row.standing]);
};
