import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import type { Transaction } from 'kysely';

/** What a merchant is refused with that stands so. */
export const standingRefusals = { suspended: 'merchantSuspended', exited: 'merchantExited' } as const;

/**
 * How a merchant stands; `undefined` where it was never enrolled. The row is held until the transaction ends, so that
 * a standing which changes meanwhile comes before or after it whole.
 */
export const heldStanding = async <T extends GrantTables>(
  trx: Transaction<T>,
  { jurisdiction, merchant }: { jurisdiction: string; merchant: string },
): Promise<'enrolled' | 'suspended' | 'exited' | undefined> => {
  const row = await (trx as unknown as Transaction<GrantTables>)
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', merchant)
    .forShare()
    .executeTakeFirst();
  return row?.standing;
};
