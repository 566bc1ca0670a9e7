import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { ResourceTables, SharingConsentTable } from '../tables/resource.ts';

export type ConsentRow = Selectable<SharingConsentTable>;

/** The consent that stands for an entry; at most one does. */
export const standingConsent = (
  db: Kysely<ResourceTables>,
  resource: string,
): Promise<ConsentRow | undefined> =>
  db
    .selectFrom('sharing_consent')
    .selectAll()
    .where('resource_id', '=', resource)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();

/** All consents of an entry, in the order they were given. */
export const consentsOf = (db: Kysely<ResourceTables>, resource: string): Promise<ConsentRow[]> =>
  db
    .selectFrom('sharing_consent')
    .selectAll()
    .where('resource_id', '=', resource)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();

export const insertConsent = (trx: Transaction<ResourceTables>, row: Insertable<SharingConsentTable>) =>
  trx.insertInto('sharing_consent').values(row).returningAll().executeTakeFirstOrThrow();

/** Withdraws a standing consent, once. `undefined` means there is none of that number, or it was withdrawn before. */
export const withdrawConsent = (
  trx: Transaction<ResourceTables>,
  resource: string,
  consent: string,
  withdrawal: { on: string; documentId: string; at: Date },
): Promise<ConsentRow | undefined> =>
  trx
    .updateTable('sharing_consent')
    .set({
      withdrawn_on: withdrawal.on,
      withdrawn_document_id: withdrawal.documentId,
      withdrawn_at: withdrawal.at,
    })
    .where('id', '=', consent)
    .where('resource_id', '=', resource)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
