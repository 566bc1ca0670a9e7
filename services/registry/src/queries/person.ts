import { type ExpressionBuilder, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AbsenceTable, OfficeTable, PersonTable, RegistryTables } from '../tables.ts';

export type PersonRow = Selectable<PersonTable>;
export type OfficeRow = Selectable<OfficeTable>;
export type AbsenceRow = Selectable<AbsenceTable>;

type Page = {
  jurisdiction: string;
  /** Only of this body; every body's when left out. */
  organisation: string | undefined;
  after: string | undefined;
  limit: number;
};

/** Rows of a page: of one body where it names one, after the last id of the page before. */
const onPage =
  ({ jurisdiction, organisation, after }: Page) =>
  (eb: ExpressionBuilder<RegistryTables, 'office' | 'person'>) =>
    eb.and([
      eb('jurisdiction', '=', jurisdiction),
      ...(organisation === undefined ? [] : [eb('organisation', '=', organisation)]),
      ...(after === undefined ? [] : [eb('id', '>', after)]),
    ]);

/** Offices in the order of their ids. */
export const listOffices = (db: Kysely<RegistryTables>, page: Page): Promise<OfficeRow[]> =>
  db.selectFrom('office').selectAll().where(onPage(page)).orderBy('id').limit(page.limit).execute();

/** People in the order of their accounts. */
export const listPeople = (db: Kysely<RegistryTables>, page: Page): Promise<PersonRow[]> =>
  db.selectFrom('person').selectAll().where(onPage(page)).orderBy('id').limit(page.limit).execute();

export const findPerson = (
  db: Kysely<RegistryTables>,
  jurisdiction: string,
  id: string,
): Promise<PersonRow | undefined> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();

/** Absences of one city are recorded one after the other, so that no two make a chain; the lock goes with the transaction. */
export const lockAbsences = async (trx: Transaction<RegistryTables>, jurisdiction: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`registry absences ${jurisdiction}`}, 0))`.execute(
    trx,
  );
};

/** Standing absences that touch these days, in which somebody is away or stands in. */
export const absencesOver = (
  db: Kysely<RegistryTables>,
  {
    jurisdiction,
    from,
    until,
    people,
  }: { jurisdiction: string; from: string; until: string; people: string[] },
): Promise<AbsenceRow[]> =>
  db
    .selectFrom('absence')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('cancelled_at', 'is', null)
    .where('from_on', '<=', until)
    .where('until_on', '>=', from)
    .where((eb) => eb.or([eb('person', 'in', people), eb('substitute', 'in', people)]))
    .execute();

/** A person's absences, latest first. */
export const listAbsences = (
  db: Kysely<RegistryTables>,
  { jurisdiction, person }: { jurisdiction: string; person: string },
  { after, limit }: { after: [string, string] | undefined; limit: number },
): Promise<AbsenceRow[]> =>
  db
    .selectFrom('absence')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('person', '=', person)
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('from_on', '<', after?.[0] ?? ''),
          eb.and([eb('from_on', '=', after?.[0] ?? ''), eb('id', '<', after?.[1] ?? '')]),
        ]),
      ),
    )
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
