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

/** Whether the body went into another, which has its mandates now, or had mandates and every one has ended. */
export const operatesNoMore = async (
  trx: Transaction<OperatorMandateTables & { body: BodyTable }>,
  { jurisdiction, operator }: Of,
): Promise<boolean> => {
  const body = await trx
    .selectFrom('body')
    .select('successor')
    .where((eb) => eb.and({ jurisdiction, id: operator }))
    .executeTakeFirst();
  if (body && body.successor !== null) return true;
  const mandates = await trx
    .selectFrom('operator_mandate')
    .select('ended_at')
    .where((eb) => eb.and({ jurisdiction, operator }))
    .execute();
  return mandates.length > 0 && mandates.every(({ ended_at }) => ended_at !== null);
};
