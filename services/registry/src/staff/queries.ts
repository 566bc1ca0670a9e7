import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import type { Kysely, Transaction } from 'kysely';
import type { AssignmentRow, StaffActRow, StaffRow, StaffTables } from './tables.ts';

export type StaffDb = Kysely<StaffTables>;
export type StaffTrx = Transaction<StaffTables>;

/** What `may()` asks about a person: its employer's. */
export const staffObject = ({ jurisdiction, organisation }: StaffRow): ActObject => ({
  jurisdiction,
  owner: organisation,
  handlers: [organisation],
});

/** One person, whoever asks. */
export const findStaff = (db: StaffDb, id: string): Promise<StaffRow | undefined> =>
  db.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst();

/** The row, held until the transaction ends. */
export const heldStaff = (trx: StaffTrx, id: string): Promise<StaffRow> =>
  trx.selectFrom('staff').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** People within the actor's reach by number, from behind `after`: all of the city, or its own. */
export const listStaff = (
  db: StaffDb,
  actor: Actor,
  {
    state,
    account,
    after,
    limit,
  }: {
    state: StaffRow['state'] | undefined;
    account: string | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<StaffRow[]> => {
  let query = db.selectFrom('staff').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readStaff').includes('jurisdiction'))
    query = query.where('organisation', '=', actor.organisation ?? '');
  if (state !== undefined) query = query.where('state', '=', state);
  if (account !== undefined) query = query.where('account', '=', account);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** A person's assignments, newest first; at most a hundred. */
export const assignmentsOf = (db: StaffDb, person: string): Promise<AssignmentRow[]> =>
  db
    .selectFrom('staff_assignment')
    .selectAll()
    .where('person', '=', person)
    .orderBy('assigned_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();

/** What a person did, newest first, before number `before`; at most `limit`. */
export const actsOf = (
  db: StaffDb,
  person: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<(StaffActRow & { subject: string })[]> => {
  let query = db
    .selectFrom('staff_act')
    .innerJoin('staff_assignment', 'staff_assignment.id', 'staff_act.assignment')
    .selectAll('staff_act')
    .select('staff_assignment.subject')
    .where('staff_act.person', '=', person);
  if (before !== undefined) query = query.where('staff_act.seq', '<', before);
  return query.orderBy('staff_act.seq', 'desc').limit(limit).execute();
};
