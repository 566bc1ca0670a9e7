/** A transaction that is begun anew where the database ended it to let another through. */
import type { Kysely, Transaction } from 'kysely';
import { chainOf } from './away.ts';

/** PostgreSQL: a ring of waits, and a conflict of serialisation. The whole transaction is undone by then. */
const ended = new Set<unknown>(['40P01', '40001']);

/** The same act taken in by another request at the same moment: begun anew, this one finds it there. */
const takenBeside = 'intake_pkey';

const wasEnded = (error: unknown): boolean =>
  chainOf(error).some(
    (cause) => ended.has(cause.code) || (cause as { constraint?: unknown }).constraint === takenBeside,
  );

/**
 * Runs `work` in a transaction, and again from its beginning, `tries` times in all, where PostgreSQL ended it because two
 * waited for each other: nothing of it was written. `work` must touch nothing but the database. Whatever else is thrown
 * goes to the caller, and so does the last of the ends.
 */
export const transact = async <T, Tables>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<T>,
  tries = 4,
): Promise<T> => {
  for (let left = tries; ; left -= 1)
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (left <= 1 || !wasEnded(error)) throw error;
    }
};
