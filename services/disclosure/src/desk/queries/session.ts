import type { Kysely } from 'kysely';
import type { DeskTables } from '../tables.ts';

type Db = Kysely<DeskTables>;

export const insertSession = (db: Db, row: DeskTables['desk_session']) =>
  db.insertInto('desk_session').values(row).execute();

/** The session, if it was seen since `idleSince` and has not ended by `now`. */
export const findSession = (db: Db, idHash: string, { now, idleSince }: { now: Date; idleSince: Date }) =>
  db
    .selectFrom('desk_session')
    .selectAll()
    .where('id_hash', '=', idHash)
    .where('ends_at', '>', now)
    .where('seen_at', '>', idleSince)
    .executeTakeFirst();

/** Notes that it is used, not more often than `before` says. */
export const touchSession = (db: Db, idHash: string, { now, before }: { now: Date; before: Date }) =>
  db
    .updateTable('desk_session')
    .set({ seen_at: now })
    .where('id_hash', '=', idHash)
    .where('seen_at', '<', before)
    .execute();

export const deleteSession = (db: Db, idHash: string) =>
  db.deleteFrom('desk_session').where('id_hash', '=', idHash).execute();

export const insertSignIn = (db: Db, row: DeskTables['desk_sign_in']) =>
  db.insertInto('desk_sign_in').values(row).execute();

/** Takes a sign-in away and gives it, once; those begun before `since` are gone. */
export const takeSignIn = (db: Db, idHash: string, since: Date) =>
  db
    .deleteFrom('desk_sign_in')
    .where('id_hash', '=', idHash)
    .where('begun_at', '>', since)
    .returning('sealed')
    .executeTakeFirst();

/** Forgets sessions that have ended or lain idle, and sign-ins that nobody finished. */
export const purgeSessions = async (
  db: Db,
  { now, idleSince, signInSince }: { now: Date; idleSince: Date; signInSince: Date },
): Promise<void> => {
  await db
    .deleteFrom('desk_session')
    .where((eb) => eb.or([eb('ends_at', '<=', now), eb('seen_at', '<=', idleSince)]))
    .execute();
  await db.deleteFrom('desk_sign_in').where('begun_at', '<=', signInSince).execute();
};
