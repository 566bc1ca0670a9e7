/** Hands on what was taken in beside other changes, as the deliverer does within seconds. */
import { deliver, type Hand } from '@gongshu/infra/intake/deliver';
import type { Client } from '@temporalio/client';
import type { Kysely } from 'kysely';

export const deliverTaken = async (
  { db, client }: { db: Kysely<any>; client: Client },
  hand: Hand,
): Promise<void> => {
  const rows = await db
    .selectFrom('intake')
    .select('receipt')
    .where('state', '=', 'taken')
    .orderBy('received_at')
    .execute();
  for (const { receipt } of rows) await deliver({ db, client, hand, patienceMillis: 15_000 }, receipt);
};
