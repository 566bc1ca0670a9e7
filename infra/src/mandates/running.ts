/** The mandates of an operator as disclosure keeps them, from the registry's events (O6). */
import type { Transaction } from 'kysely';
import type { BodyTable } from '../cases/tables.ts';

export type OperatorMandateTables = {
  operator_mandate: {
    agreement: string;
    jurisdiction: string;
    operator: string;
    from_on: string;
    ended_at: Date | null;
  };
};
type Trx = Transaction<OperatorMandateTables>;
type Of = { jurisdiction: string; operator: string };

/** Those that have not ended, the oldest first. */
export const runningMandates = (
  trx: Trx,
  { jurisdiction, operator }: Of,
): Promise<{ agreement: string; from_on: string }[]> =>
  trx
    .selectFrom('operator_mandate')
    .select(['agreement', 'from_on'])
    .where((eb) => eb.and({ jurisdiction, operator }))
    .where('ended_at', 'is', null)
    .orderBy('from_on')
    .orderBy('agreement')
    .execute();

/**
 * Whether the body went into another, which has its mandates now, or had mandates and every one has ended; those of a
 * bureau are the city's.
 */
export const operatesNoMore = async (
  trx: Transaction<OperatorMandateTables & { body: BodyTable }>,
  { jurisdiction, body: id }: { jurisdiction: string; body: string },
): Promise<boolean> => {
  const body = await trx
    .selectFrom('body')
    .select(['kind', 'successor'])
    .where((eb) => eb.and({ jurisdiction, id }))
    .executeTakeFirst();
  if (body && body.successor !== null) return true;
  const mandates = await trx
    .selectFrom('operator_mandate')
    .select('ended_at')
    .where((eb) => eb.and({ jurisdiction, ...(body?.kind !== 'bureau' && { operator: id }) }))
    .execute();
  return mandates.length > 0 && mandates.every(({ ended_at }) => ended_at !== null);
};
