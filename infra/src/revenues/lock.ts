/** One lock an operator for its permitted revenues, whatever the year: what one takes off, no other does (F2). */
import { type Kysely, sql } from 'kysely';

/**
 * Held to the end of the transaction. Taken by whoever decides on a figure, brings one into force, or confirms a
 * settlement that rests on one; after the lock of use and bills where that is taken too.
 */
export const lockRevenues = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Kysely<any>,
  { jurisdiction, operator }: { jurisdiction: string; operator: string },
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`revenue ${jurisdiction} ${operator}`}, 0))`.execute(
    trx,
  );
};
