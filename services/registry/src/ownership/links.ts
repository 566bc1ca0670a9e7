/**
 * Links of ownership and control between bodies (O3, O10): recorded by one account from a document, confirmed by
 * another; only confirmed ones count. A wrong record is struck out before it counts, a true one ends on a day.
 */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { aliasesOf } from '@gongshu/infra/ownership/related';
import type { OwnershipTables } from '@gongshu/infra/ownership/tables';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { OwnershipKind } from '@gongshu/shared/experts/codes';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';

export type LinkRow = Selectable<OwnershipTables['ownership_link']>;
export type LinkBy = { id: string; role: string; organisation: string | null; at: Date };
export type LinkGiven = {
  owner: string;
  owned: string;
  kind: OwnershipKind;
  shareBasisPoints: number | null;
  document: string;
  from: string;
};
type Trx = Transaction<OwnershipTables>;

const told = async (
  trx: Trx,
  row: LinkRow,
  name: 'recorded' | 'confirmed' | 'struck' | 'ended',
  { id, role, organisation, at }: LinkBy,
  more: object = {},
) => {
  await record(trx, 'registry', {
    key: `${row.id}/${name}`,
    type: `ownership.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor: { id, role, organisation },
    data: {
      ...{ link: row.id, owner: row.owner, owned: row.owned, kind: row.kind, document: row.document },
      ...{ from: row.from_on, at: toInstantText(at.getTime()), ...more },
    },
  });
};

/** Throws `ownershipSelf` (422), `documentUnknown` (422), `ownershipKnown` (409: the same link stands). */
export const recordLink = (
  db: Kysely<OwnershipTables>,
  jurisdiction: string,
  { owner, owned, kind, shareBasisPoints, document, from }: LinkGiven,
  by: LinkBy,
): Promise<LinkRow> =>
  db.transaction().execute(async (trx) => {
    await mustBeStored(trx, {
      ...{ hash: document, organisation: by.organisation, jurisdiction, pointer: '/body/document' },
    });
    const names = await aliasesOf(trx, jurisdiction, [owner, owned]);
    const one = (body: string) => names.get(body)?.[0] ?? body; // a credit code of ours under its body's id
    if (one(owner) === one(owned)) throw problem('ownershipSelf');
    const row = await trx
      .insertInto('ownership_link')
      .values({
        ...{ id: `GX-${randomUUID()}`, jurisdiction, owner: one(owner), owned: one(owned), kind, document },
        ...{ share_basis_points: shareBasisPoints, from_on: from, until_on: null, state: 'recorded' },
        ...{ recorded_by: by.id, recorded_at: by.at },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('ownershipKnown');
    const { organisation, at } = by;
    await linkDocument(trx, {
      ...{ hash: document, jurisdiction, caseNo: row.id, role: 'ownership', by: organisation ?? '', at },
    });
    await told(trx, row, 'recorded', by);
    return row;
  });

/**
 * Throws `secondAccountNeeded` (403) for who recorded it, `ownershipConfirmed`, `ownershipStruck` (409). `also` is told
 * of the link within its transaction: what it means for cases that run.
 */
export const confirmLink = (
  db: Kysely<OwnershipTables>,
  { id, ...before }: LinkRow,
  by: LinkBy,
  also: (trx: Trx, row: LinkRow) => Promise<void>,
): Promise<LinkRow> =>
  db.transaction().execute(async (trx) => {
    if (before.recorded_by === by.id) throw problem('secondAccountNeeded');
    const row = await trx
      .updateTable('ownership_link')
      .set((eb) => ({
        ...{ state: 'confirmed' as const, confirmed_by: by.id, confirmed_at: by.at },
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', '=', 'recorded')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem(before.state === 'struck' ? 'ownershipStruck' : 'ownershipConfirmed');
    await told(trx, row, 'confirmed', by);
    await also(trx, row);
    return row;
  });

/** Strikes out a record that was wrong, with the reason. Throws `ownershipConfirmed`, `ownershipStruck` (409). */
export const strikeLink = (
  db: Kysely<OwnershipTables>,
  { id, ...before }: LinkRow,
  reason: { code: string; text: string },
  by: LinkBy,
): Promise<LinkRow> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('ownership_link')
      .set((eb) => ({
        ...{ state: 'struck' as const, reason_code: reason.code, reason: reason.text },
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', '=', 'recorded')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem(before.state === 'struck' ? 'ownershipStruck' : 'ownershipConfirmed');
    await told(trx, row, 'struck', by, { reasonCode: reason.code });
    return row;
  });

/** Ends a confirmed link on its last day. Throws `ownershipNotConfirmed` (409), also for one that has ended. */
export const endLink = (
  db: Kysely<OwnershipTables>,
  { id }: LinkRow,
  until: string,
  by: LinkBy,
): Promise<LinkRow> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('ownership_link')
      .set((eb) => ({ until_on: until, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'confirmed')
      .where('until_on', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('ownershipNotConfirmed');
    await told(trx, row, 'ended', by, { until });
    return row;
  });
