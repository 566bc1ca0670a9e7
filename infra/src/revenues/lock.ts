/** Locks over what an operator takes in and may take in, held to the end of the transaction; that of its use comes first. */
import { type Kysely, sql } from 'kysely';

type Owner = { jurisdiction: string; operator: string };

/** One change of an operator's use or bills after the other; recording and billing take it, and what sets a cap on them. */
export const lockUsage = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Kysely<any>,
  { jurisdiction, operator }: Owner,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`usage ${jurisdiction} ${operator}`}, 0))`.execute(
    trx,
  );
};

/**
 * One lock an operator for its permitted revenues, whatever the year: what one takes off, no other does. Taken by whoever
 * decides on a figure, brings one into force, or confirms a settlement that rests on one.
 */
export const lockRevenues = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Kysely<any>,
  { jurisdiction, operator }: Owner,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`revenue ${jurisdiction} ${operator}`}, 0))`.execute(
    trx,
  );
};
