/** A supply's standing (D1): suspended on risk, restored after rectification, ended (Zhongwei art. 27). */
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { type Transaction, sql } from 'kysely';
import type { Acting } from '../resources/resource-law.ts';
import type { Finding, GrantReach, SupplyState, SupplyTables } from '../tables/supply.ts';
import { stateAt, type SupplyRow } from './view.ts';

export type StandingTrx = Transaction<SupplyTables & GrantReach>;
type Trx = StandingTrx;

/**
 * Held until the transaction ends: two acts on one supply come one after the other. Throws `notFound`, and `supplyEnded`
 * after its last day too.
 */
const heldSupply = async (trx: Trx, supplyNo: string, at: Date): Promise<SupplyRow> => {
  const row = await trx
    .selectFrom('supply')
    .selectAll()
    .where('supply_no', '=', supplyNo)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  if (stateAt(row, at) === 'ended') throw problem('supplyEnded');
  return row;
};

/** Running grants that serve a field of the supply, by number. */
export const grantsOver = async (
  trx: Trx,
  { resource_id, fields, jurisdiction }: Pick<SupplyRow, 'resource_id' | 'fields' | 'jurisdiction'>,
): Promise<string[]> => {
  const rows = await trx
    .selectFrom('use_grant_resource')
    .innerJoin('use_grant', 'use_grant.grant_no', 'use_grant_resource.grant_no')
    .select('use_grant.grant_no')
    .where('use_grant_resource.resource_id', '=', resource_id)
    .where('use_grant.jurisdiction', '=', jurisdiction)
    .where('use_grant.state', '<>', 'ended')
    .where(sql<boolean>`use_grant_resource.fields && ${fields}::text[]`)
    .orderBy('use_grant.grant_no')
    .execute();
  return rows.map(({ grant_no }) => grant_no);
};

/** Writes the standing, counts the version up, and tells of it with the grants that it reaches. */
export const moved = async (
  trx: Trx,
  before: SupplyRow,
  { actor, at }: Acting,
  change: {
    state: SupplyState;
    type: `supply.${'suspended' | 'restored' | 'suspensionLifted' | 'ended'}.v1`;
    data: object;
  },
): Promise<SupplyRow> => {
  const ended = change.state === 'ended' ? { ended_at: at, ended_by: actor.id } : {};
  const row = await trx
    .updateTable('supply')
    .set((eb) => ({ state: change.state, ...ended, version: eb('version', '+', 1) }))
    .where('supply_no', '=', before.supply_no)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(trx, 'catalog', {
    key: `${row.supply_no}@${row.version}/${change.type}`,
    type: change.type,
    subject: row.supply_no,
    jurisdiction: row.jurisdiction,
    at,
    actor,
    data: {
      ...{ supply: row.supply_no, resource: row.resource_id, department: row.department },
      grants: await grantsOver(trx, row),
      ...change.data,
    },
  });
  return row;
};

export type Suspension = { risk: Finding[]; rests: RestsOn };
export type Restoration = { rectification: Finding[]; document: string | null; rests: RestsOn };

const codesOf = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ code }) => code))];

/** The suspension by hand that is open; one may be beside orders that hold the supply. */
const byHand = (trx: Trx, supplyNo: string): Promise<{ id: string } | undefined> =>
  trx
    .selectFrom('supply_suspension')
    .select('id')
    .where('supply_no', '=', supplyNo)
    .where('restored_at', 'is', null)
    .executeTakeFirst();

/** Orders that hold the supply, the oldest first. */
export const holdsOn = async (trx: Trx, supplyNo: string): Promise<string[]> => {
  const rows = await trx
    .selectFrom('supply_order_hold')
    .select('order_id')
    .where('supply_no', '=', supplyNo)
    .where('lifted_at', 'is', null)
    .orderBy('from_at')
    .orderBy('order_id')
    .execute();
  return rows.map(({ order_id }) => order_id);
};

/** Whether nothing is left that holds the supply. */
export const mayRunAgain = async (trx: Trx, supplyNo: string): Promise<boolean> =>
  !(await byHand(trx, supplyNo)) && (await holdsOn(trx, supplyNo)).length === 0;

/**
 * A risk was found: from the commit on, no access to these fields is permitted under any grant. Throws `notFound`,
 * `supplyEnded`, `supplySuspended` when it is suspended by hand already.
 */
export const suspendSupply = async (
  trx: Trx,
  supplyNo: string,
  { risk, rests }: Suspension,
  acting: Acting,
): Promise<SupplyRow> => {
  const before = await heldSupply(trx, supplyNo, acting.at);
  if (await byHand(trx, supplyNo)) throw problem('supplySuspended');
  const id = `${supplyNo}-ZT-${before.version}`;
  await trx
    .insertInto('supply_suspension')
    .values({
      ...{ id, supply_no: supplyNo, risk: JSON.stringify(risk) },
      ...{ from_at: acting.at, suspended_by: acting.actor.id },
    })
    .execute();
  return moved(trx, before, acting, {
    state: 'suspended',
    type: 'supply.suspended.v1',
    data: {
      ...{ suspension: id, riskCodes: codesOf(risk), risksHash: jsonHash(risk) },
      ...rests,
    },
  });
};

/**
 * Put right: the supply goes on from the commit on, unless an order holds it still. Throws `notFound`, `supplyEnded`,
 * `supplyNotSuspended`, and `heldByOrder` where orders alone hold it: who made them lifts them.
 */
export const restoreSupply = async (
  trx: Trx,
  supplyNo: string,
  { rectification, document, rests }: Restoration,
  acting: Acting,
): Promise<SupplyRow> => {
  const before = await heldSupply(trx, supplyNo, acting.at);
  if (document !== null) {
    const { organisation } = acting.actor;
    const { jurisdiction } = before;
    await mustBeStored(trx, { hash: document, organisation, jurisdiction, pointer: '/body/document' });
    await linkDocument(trx, {
      ...{ hash: document, role: 'rectification', jurisdiction, caseNo: supplyNo, at: acting.at },
      by: organisation ?? '',
    });
  }
  const suspension = await trx
    .updateTable('supply_suspension')
    .set({
      rectification: JSON.stringify(rectification),
      ...{ document, restored_at: acting.at, restored_by: acting.actor.id },
    })
    .where('supply_no', '=', supplyNo)
    .where('restored_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  const orders = await holdsOn(trx, supplyNo);
  const [order] = orders;
  if (!suspension)
    throw order === undefined ? problem('supplyNotSuspended') : problem('heldByOrder', { params: { order } });
  if (order !== undefined)
    return moved(trx, before, acting, {
      state: 'suspended',
      type: 'supply.suspensionLifted.v1',
      data: { suspension: suspension.id, left: orders.length, ...rests },
    });
  return moved(trx, before, acting, {
    state: 'active',
    type: 'supply.restored.v1',
    data: {
      ...{ suspension: suspension.id, rectificationCodes: codesOf(rectification) },
      ...{ rectificationHash: jsonHash(rectification), documentHash: document },
      ...rests,
    },
  });
};

/** Ends a supply before its last day, for good. Throws `notFound`, `supplyEnded`. */
export const endSupply = async (
  trx: Trx,
  supplyNo: string,
  rests: RestsOn,
  acting: Acting,
): Promise<SupplyRow> =>
  moved(trx, await heldSupply(trx, supplyNo, acting.at), acting, {
    state: 'ended',
    type: 'supply.ended.v1',
    data: rests,
  });
