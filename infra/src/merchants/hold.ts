/** What orders hold of merchants (decision 0031): a merchant rests from the order, or from its enrolment under one. */
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import type { Transaction } from 'kysely';
import { disclosure, lockOrders, standingOver } from '../supply-orders/keep.ts';
import { changeStandingWithin } from './change.ts';
import type { Standing } from './standing.ts';
import type { StandingTables } from './tables.ts';

type Order = { order: string; ground: string; rests: RestsOn };
type Of = { jurisdiction: string; organisation: string };

/**
 * Holds a merchant that stands as `standing`, in the transaction that read or wrote it; answers whether it rests from now
 * on. Told again, it changes nothing.
 */
export const holdMerchant = async (
  trx: Transaction<StandingTables>,
  merchant: Of,
  standing: Exclude<Standing, 'exited'>,
  { order, ground, rests }: Order,
  at: Date,
): Promise<boolean> => {
  await trx
    .insertInto('supply_order_hold')
    .values({ order_id: order, kind: 'merchant', thing: merchant.organisation, from_at: at })
    // Held before its exit, it is held still.
    .onConflict((conflict) => conflict.columns(['order_id', 'kind', 'thing']).doNothing())
    .execute();
  if (standing === 'suspended') return false;
  await changeStandingWithin(trx, 'suspended', {
    ...{ merchant, rests, at, actor: disclosure },
    reasons: [{ code: ground, text: `见 ${order}` }],
  });
  return true;
};

/** A merchant that was just enrolled while orders stand over its body is suspended by them at once, until the last is lifted. */
export const holdEnrolled = async (
  trx: Transaction<StandingTables>,
  merchant: Of,
  at: Date,
): Promise<void> => {
  const { jurisdiction, organisation: body } = merchant;
  await lockOrders(trx, jurisdiction, 'shared');
  let standing: 'enrolled' | 'suspended' = 'enrolled';
  for (const { order_id: order, ground, rests } of await standingOver(trx, jurisdiction, { body })) {
    await holdMerchant(trx, merchant, standing, { order, ground, rests }, at);
    standing = 'suspended';
  }
};
