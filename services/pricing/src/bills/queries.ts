/** Bills within a reader's reach: a merchant's own, the operator's own, all of the city for who oversees. */
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { type Actor, reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { Selectable } from 'kysely';
import type { UsageDb } from '../usage/record.ts';

export type BillRow = Selectable<SettlementTables['bill']>;
export type BillLineRow = Selectable<SettlementTables['bill_line']>;
export type DisputeRow = Selectable<SettlementTables['bill_dispute']>;

export const listBills = async (
  db: UsageDb,
  actor: Actor,
  asked: {
    period?: string | undefined;
    operator?: string | undefined;
    merchant?: string | undefined;
    before: string | undefined;
    limit: number;
  },
): Promise<BillRow[]> => {
  const reach = new Set(reaches(actor, 'readUsage'));
  let query = db
    .selectFrom('bill')
    .selectAll()
    .where('jurisdiction', '=', actor.jurisdiction)
    .orderBy('bill', 'desc')
    .limit(asked.limit);
  if (!reach.has('jurisdiction')) {
    const own = actor.organisation ?? '';
    query = query.where((eb) =>
      eb.or([
        ...(reach.has('owner') ? [eb('merchant', '=', own)] : []),
        ...(reach.has('handler') ? [eb('operator', '=', own)] : []),
      ]),
    );
  }
  if (asked.period !== undefined) query = query.where('period', '=', asked.period);
  if (asked.operator !== undefined) query = query.where('operator', '=', asked.operator);
  if (asked.merchant !== undefined) query = query.where('merchant', '=', asked.merchant);
  if (asked.before !== undefined) query = query.where('bill', '<', asked.before);
  return query.execute();
};

/** The bill of the address. Throws `notFound` for none and another city's, and what `may()` says of anybody else's. */
export const billFor = async (db: UsageDb, request: FastifyRequest, bill: string): Promise<BillRow> => {
  const row = await db
    .selectFrom('bill')
    .selectAll()
    .where('bill', '=', bill)
    .where('jurisdiction', '=', request.actor.jurisdiction)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  request.mustBeAllowed(objectOf(row));
  return row;
};

/** Whose a bill is, and who handles it. */
export const objectOf = ({ jurisdiction, merchant, operator }: BillRow) => ({
  jurisdiction,
  owner: merchant,
  handlers: [operator],
});

export const linesOf = (
  db: UsageDb,
  bill: string,
  { after = 0, limit = 1_000_000 }: { after?: number; limit?: number } = {},
): Promise<BillLineRow[]> =>
  db
    .selectFrom('bill_line')
    .selectAll()
    .where('bill', '=', bill)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute();

export const disputesOf = (db: UsageDb, bill: string): Promise<DisputeRow[]> =>
  db
    .selectFrom('bill_dispute')
    .selectAll()
    .where('bill', '=', bill)
    .orderBy('raised_at')
    .orderBy('dispute')
    .execute();
