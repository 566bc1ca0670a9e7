/** The state of a city in figures (S1), counted from events alone; complaints by their number. */
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Kysely, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';

type Db = Kysely<DisclosureTables>;

/** What the front page of a city shows. */
export type FrontFigures = {
  resources: number;
  departments: number;
  products: number;
  /** Mandates in force on the day. */
  mandates: number;
  /** Enrolled now: neither suspended nor exited; a merchant goes into no other (G1). */
  merchants: number;
  tariffs: number;
  /** Notices that stand on the day. */
  notices: number;
  /** Applications ever, by what became of them; measures as in `measures.ts`. */
  applications: Record<string, number>;
  complaints: Record<string, number>;
};

/** The figures of a city as they stand on a day of Asia/Shanghai. */
export const frontFigures = async (db: Db, jurisdiction: string, on: BusinessDate): Promise<FrontFigures> => {
  const { rows } = await sql<Omit<FrontFigures, 'applications' | 'complaints'>>`
    select
      (select coalesce(sum(count), 0)::bigint from public_resource_count
       where jurisdiction = ${jurisdiction}) as resources,
      (select count(*) from public_body
       where jurisdiction = ${jurisdiction} and kind = 'sourceDepartment' and successor is null) as departments,
      (select count(*) from public_product
       where jurisdiction = ${jurisdiction} and state in ('listed', 'released')) as products,
      (select count(*) from public_mandate
       where jurisdiction = ${jurisdiction} and state = 'inForce'
         and from_on <= ${on} and until_on >= ${on}) as mandates,
      (select count(*) from public_merchant
       where jurisdiction = ${jurisdiction} and standing = 'enrolled') as merchants,
      (select count(*) from public_tariff
       where jurisdiction = ${jurisdiction} and published_at is not null and from_on <= ${on}
         and coalesce(least(until_on, ended_on), 'infinity') >= ${on}) as tariffs,
      (select count(*) from public_publication
       where jurisdiction = ${jurisdiction} and published_at is not null and withdrawn_at is null
         and from_on <= ${on} and coalesce(until_on, 'infinity') >= ${on}) as notices`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('the database gave no figures');
  const [applications, complaints] = await Promise.all([
    db
      .selectFrom('figure')
      .select(['measure', sql<number>`sum(count)::bigint`.as('count')])
      .where('jurisdiction', '=', jurisdiction)
      .groupBy('measure')
      .orderBy('measure')
      .execute(),
    db
      .selectFrom('public_complaint_figure')
      .select(['measure', sql<number>`sum(count)::bigint`.as('count')])
      .where('jurisdiction', '=', jurisdiction)
      .groupBy('measure')
      .orderBy('measure')
      .execute(),
  ]);
  const byMeasure = (all: readonly { measure: string; count: number }[]): Record<string, number> =>
    Object.fromEntries(all.map(({ measure, count }) => [measure, count]));
  return { ...counts, applications: byMeasure(applications), complaints: byMeasure(complaints) };
};

/** Counts of a city by month (`YYYY-MM`) and measure, oldest first, both ends included. */
export const monthlyFigures = (
  db: Db,
  table: 'figure' | 'public_complaint_figure',
  jurisdiction: string,
  { from, to }: { from: string; to: string },
): Promise<{ month: string; measure: string; count: number }[]> =>
  db
    .selectFrom(table)
    .select(['month', 'measure', 'count'])
    .where('jurisdiction', '=', jurisdiction)
    .where('month', '>=', from)
    .where('month', '<=', to)
    .orderBy('month')
    .orderBy('measure')
    .execute();
