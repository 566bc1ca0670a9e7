/** Suspension, restoration and exit of a merchant (M1, 中卫 18): each with reasons, each told. */
import { randomUUID } from 'node:crypto';
import { toInstantText } from '@gongshu/shared/business-date';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Reason } from '../cases/tables.ts';
import { record } from '../record.ts';
import { disclosure } from '../supply-orders/keep.ts';
import { type MerchantRow, merchantSubject, type Standing } from './standing.ts';
import type { StandingTables } from './tables.ts';

/** What each act makes of a merchant, and of which it may be made. */
export const standingActs = {
  suspended: { from: ['enrolled'], to: 'suspended' },
  restored: { from: ['suspended'], to: 'enrolled' },
  exited: { from: ['enrolled', 'suspended'], to: 'exited' },
} as const satisfies Record<string, { from: readonly Standing[]; to: Standing }>;
export type StandingAct = keyof typeof standingActs;

/** One merchant of a city, whoever asks; `undefined` where it was never enrolled. */
export const findMerchant = (
  db: Kysely<StandingTables>,
  jurisdiction: string,
  organisation: string,
): Promise<MerchantRow | undefined> =>
  db
    .selectFrom('merchant')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .executeTakeFirst();

type Change = {
  merchant: Pick<MerchantRow, 'jurisdiction' | 'organisation'>;
  reasons: Reason[];
  rests: RestsOn;
  at: Date;
  actor: { id: string; role: string; organisation: string | null };
};
type Of = Change['merchant'];

/** Orders that hold a merchant, the oldest first (decision 0031). */
export const heldByOrders = async (trx: Transaction<StandingTables>, of: Of): Promise<string[]> => {
  const rows = await trx
    .selectFrom('supply_order_hold')
    .innerJoin('supply_order', 'supply_order.order_id', 'supply_order_hold.order_id')
    .select('supply_order.order_id')
    .where('jurisdiction', '=', of.jurisdiction)
    .where('kind', '=', 'merchant')
    .where('thing', '=', of.organisation)
    .where('supply_order_hold.lifted_at', 'is', null)
    .orderBy('from_at')
    .orderBy('supply_order.order_id')
    .execute();
  return rows.map(({ order_id }) => order_id);
};

/** The last word of a hand, and whose it was; what an order did is no hand's. */
const lastByHand = (trx: Transaction<StandingTables>, of: Of) =>
  trx
    .selectFrom('merchant_act')
    .select(['act', 'acting_organisation'])
    .where('jurisdiction', '=', of.jurisdiction)
    .where('organisation', '=', of.organisation)
    .where('acted_by', '!=', disclosure.id)
    .orderBy('seq', 'desc')
    .executeTakeFirst();

/** Whether the last word of a hand was a suspension. */
export const suspendedByHand = async (trx: Transaction<StandingTables>, of: Of): Promise<boolean> =>
  (await lastByHand(trx, of))?.act === 'suspended';

/** What the authority suspended it restores itself, as a grant that it had suspended; an operator its own suspension alone. */
const mustBeItsOwn = async (trx: Transaction<StandingTables>, of: Of, role: string): Promise<void> => {
  if (role === 'bureau') return;
  const by = (await lastByHand(trx, of))?.acting_organisation ?? null;
  const { rows } = await sql`
    select from party where jurisdiction = ${of.jurisdiction} and id = ${by} and kind = 'bureau'`.execute(
    trx,
  );
  if (rows.length > 0) throw problem('merchantSuspensionByBureau');
};

/** Orders beside a hand: a hand suspends what orders alone hold, and restores nothing that an order holds. */
const mustNotBeHeld = async (
  trx: Transaction<StandingTables>,
  act: StandingAct,
  of: Of,
): Promise<readonly Standing[]> => {
  const { from } = standingActs[act];
  if (act === 'exited') return from;
  const [order] = await heldByOrders(trx, of);
  if (order === undefined) return from;
  if (act === 'restored') throw problem('heldByOrder', { params: { order } });
  return (await suspendedByHand(trx, of)) ? from : [...from, 'suspended'];
};

/**
 * Changes how a merchant stands at `at` on the law's clock: row, act with its reasons and event, all in the caller's
 * transaction. Throws `merchantStandingDiffers` (409) where it does not stand so that the act is possible, `heldByOrder`
 * (409) for a restoration while an order holds it, `merchantSuspensionByBureau` (403) for another's than the authority's.
 */
export const changeStandingWithin = async (
  trx: Transaction<StandingTables>,
  act: StandingAct,
  { merchant, reasons, rests, at, actor }: Change,
): Promise<MerchantRow> => {
  const { jurisdiction, organisation } = merchant;
  const from = actor.id === disclosure.id ? standingActs[act].from : await mustNotBeHeld(trx, act, merchant);
  const row = await trx
    .updateTable('merchant')
    .set((eb) => ({ standing: standingActs[act].to, since: at, version: eb('version', '+', 1) }))
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .where('standing', 'in', [...from])
    .returningAll()
    .executeTakeFirst();
  if (!row) {
    const standing = (await findMerchant(trx, jurisdiction, organisation))?.standing ?? 'notEnrolled';
    throw problem('merchantStandingDiffers', { params: { standing } });
  }
  if (act === 'restored' && actor.id !== disclosure.id) await mustBeItsOwn(trx, merchant, actor.role);
  const id = `ZT-${randomUUID()}`;
  await trx
    .insertInto('merchant_act')
    .values({
      ...{ id, jurisdiction, organisation, act, at },
      reasons: JSON.stringify(reasons) as never,
      acted_by: actor.id,
      acting_organisation: actor.organisation,
    })
    .execute();
  await record(trx, 'registry', {
    key: id,
    type: `merchant.${act}.v1`,
    subject: merchantSubject(jurisdiction, organisation),
    ...{ jurisdiction, at, actor },
    data: {
      merchant: organisation,
      at: toInstantText(at.getTime()),
      reasonCodes: reasons.map(({ code }) => code),
      ...rests,
    },
  });
  return row;
};

/** The same in a transaction of its own. */
export const changeStanding = (
  db: Kysely<StandingTables>,
  act: StandingAct,
  change: Change,
): Promise<MerchantRow> => db.transaction().execute((trx) => changeStandingWithin(trx, act, change));
