/** Records of use within a reader's reach, with the bill that has them. */
import type { UsageRow } from '@gongshu/infra/settlements/tables';
import { type Actor, reaches } from '@gongshu/shared/may';
import { lastDayOf } from '@gongshu/shared/settlement/usage';
import { sql } from 'kysely';
import type { UsageDb } from './record.ts';

export type ListedUsage = UsageRow & { bill: string | null; fen: number | null };

export type UsageAsked = {
  state?: 'open' | 'unrated' | 'billed' | undefined;
  operator?: string | undefined;
  merchant?: string | undefined;
  product?: string | undefined;
  month?: string | undefined;
  after: readonly [operator: string, id: string] | undefined;
  limit: number;
};

/** In the order of operator and id. A merchant reads its own, an operator its own, who oversees all of the city. */
export const listUsage = async (db: UsageDb, actor: Actor, asked: UsageAsked): Promise<ListedUsage[]> => {
  const reach = new Set(reaches(actor, 'readUsage'));
  const { state, operator, merchant, product, month, after, limit } = asked;
  let query = db
    .selectFrom('usage_record as record')
    .leftJoin('usage_charge as charge', (join) =>
      join
        .onRef('charge.jurisdiction', '=', 'record.jurisdiction')
        .onRef('charge.operator', '=', 'record.operator')
        .onRef('charge.usage', '=', 'record.id'),
    )
    .selectAll('record')
    .select(['charge.bill', 'charge.fen'])
    .where('record.jurisdiction', '=', actor.jurisdiction)
    .orderBy('record.operator')
    .orderBy('record.id')
    .limit(limit);
  if (!reach.has('jurisdiction')) {
    const own = actor.organisation ?? '';
    query = query.where((eb) =>
      eb.or([
        ...(reach.has('owner') ? [eb('record.merchant', '=', own)] : []),
        ...(reach.has('handler') ? [eb('record.operator', '=', own)] : []),
      ]),
    );
  }
  if (operator !== undefined) query = query.where('record.operator', '=', operator);
  if (merchant !== undefined) query = query.where('record.merchant', '=', merchant);
  if (product !== undefined) query = query.where('record.product', '=', product);
  if (month !== undefined)
    query = query
      .where('record.used_on', '>=', `${month}-01`)
      .where('record.used_on', '<=', lastDayOf(month));
  if (state === 'billed') query = query.where('charge.bill', 'is not', null);
  // What was taken back before a bill had it is neither open nor unrated: nothing is left to be done with it.
  if (state === 'open' || state === 'unrated')
    query = query.where('charge.bill', 'is', null).where(
      sql<boolean>`not exists (
        select from usage_record as other
        where other.jurisdiction = record.jurisdiction and other.operator = record.operator
          and (other.reverses = record.id
            or (other.id = record.reverses and not exists (
              select from usage_charge
              where usage_charge.jurisdiction = other.jurisdiction
                and usage_charge.operator = other.operator and usage_charge.usage = other.id))))`,
    );
  if (state === 'unrated')
    query = query.where(
      sql<boolean>`used_on <= (
        select max(until_on) from billing_period
        where billing_period.jurisdiction = record.jurisdiction and billing_period.operator = record.operator)`,
    );
  if (after) {
    const [lastOperator, lastId] = after;
    query = query.where(sql<boolean>`(record.operator, record.id) > (${lastOperator}, ${lastId})`);
  }
  return query.execute();
};
