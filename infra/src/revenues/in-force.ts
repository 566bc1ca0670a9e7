/** The permitted revenue that stands for an operator and a year (F2). */
import type { Kysely } from 'kysely';
import type { RevenueTables } from './tables.ts';

export type RevenueInForce = {
  caseNo: string;
  /** Whole fen. */
  fen: bigint;
  /** What it takes off for earlier years. */
  consumedFen: bigint;
  trial: boolean;
  inForceAt: Date;
};

/** Undefined where none has been determined yet. */
export const revenueInForce = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: { jurisdiction: string; operator: string; year: number },
): Promise<RevenueInForce | undefined> => {
  const row = await (db as Kysely<RevenueTables>)
    .selectFrom('permitted_revenue')
    .select(['case_no', 'fen', 'consumed_fen', 'trial', 'in_force_at'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return (
    row && {
      ...{ caseNo: row.case_no, trial: row.trial, inForceAt: row.in_force_at },
      ...{ fen: BigInt(row.fen), consumedFen: BigInt(row.consumed_fen) },
    }
  );
};
