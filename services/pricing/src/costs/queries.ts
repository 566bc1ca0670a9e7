import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import type { CostDb, CostItemRow, CostReportRow, SubsidyRow } from './tables.ts';
import { effectiveFen } from './ledger.ts';

/** What `may()` asks about an entry of a ledger: it is the operator's. */
export const ledgerObject = ({
  jurisdiction,
  operator,
}: {
  jurisdiction: string;
  operator: string;
}): ActObject => ({ jurisdiction, owner: operator });

export type CountedRow = CostItemRow & { counted: number };
const counted = effectiveFen.as('counted');

/** One item with the figure that counts, whoever asks. */
export const findCost = (db: CostDb, id: string): Promise<CountedRow | undefined> =>
  db.selectFrom('cost_item').selectAll().select(counted).where('id', '=', id).executeTakeFirst();

type Filter = {
  operator?: string | undefined;
  year?: number | undefined;
  kind?: string | undefined;
  /** `shared`: cost of several products. */
  product?: string | undefined;
};
type Paged = { after: string | undefined; limit: number };

/** Whose ledgers an actor reads: its own, or every operator's of the city. */
const ownOnly = (actor: Actor): string | undefined =>
  reaches(actor, 'readCosts').includes('jurisdiction') ? undefined : (actor.organisation ?? '');

/** Items within the actor's reach by number, from behind `after`. */
export const listCosts = (
  db: CostDb,
  actor: Actor,
  { operator, year, kind, product, after, limit }: Filter & Paged,
): Promise<CountedRow[]> => {
  const own = ownOnly(actor);
  let query = db
    .selectFrom('cost_item')
    .selectAll()
    .select(counted)
    .where('jurisdiction', '=', actor.jurisdiction);
  if (own !== undefined) query = query.where('operator', '=', own);
  if (operator !== undefined) query = query.where('operator', '=', operator);
  if (year !== undefined) query = query.where('year', '=', year);
  if (kind !== undefined) query = query.where('kind', '=', kind as CostItemRow['kind']);
  if (product === 'shared') query = query.where('product', 'is', null);
  else if (product !== undefined) query = query.where('product', '=', product);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** Subsidies within the actor's reach by number, from behind `after`. */
export const listSubsidies = (
  db: CostDb,
  actor: Actor,
  { operator, year, after, limit }: Pick<Filter, 'operator' | 'year'> & Paged,
): Promise<SubsidyRow[]> => {
  const own = ownOnly(actor);
  let query = db.selectFrom('subsidy').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (own !== undefined) query = query.where('operator', '=', own);
  if (operator !== undefined) query = query.where('operator', '=', operator);
  if (year !== undefined) query = query.where('year', '=', year);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** Reports within the actor's reach by number, from behind `after`. */
export const listReports = (
  db: CostDb,
  actor: Actor,
  { operator, year, after, limit }: Pick<Filter, 'operator' | 'year'> & Paged,
): Promise<CostReportRow[]> => {
  const own = ownOnly(actor);
  let query = db.selectFrom('cost_report').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (own !== undefined) query = query.where('operator', '=', own);
  if (operator !== undefined) query = query.where('operator', '=', operator);
  if (year !== undefined) query = query.where('year', '=', year);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** How an operator stands with its report of a year. */
export type ReportDue = {
  operator: string;
  year: number;
  dueOn: string;
  state: 'ahead' | 'overdue' | CostReportRow['state'];
  late: boolean;
  report: string | null;
};

/**
 * Every standing operator of the city within the actor's reach, by id, from behind `after`, with the newest version of
 * its report of a year. A report that was returned is owed still: overdue once the day has passed.
 */
export const listReportsDue = async (
  db: CostDb,
  actor: Actor,
  given: { year: number; dueOn: string; today: string } & Paged,
): Promise<ReportDue[]> => {
  const { year, dueOn, today } = given;
  const own = ownOnly(actor);
  let query = db
    .selectFrom('body')
    .select('id')
    .where('jurisdiction', '=', actor.jurisdiction)
    .where('kind', '=', 'operator')
    .where('successor', 'is', null);
  if (own !== undefined) query = query.where('id', '=', own);
  if (given.after !== undefined) query = query.where('id', '>', given.after);
  const operators = await query.orderBy('id').limit(given.limit).execute();
  const reports = await db
    .selectFrom('cost_report')
    .distinctOn('operator')
    .select(['id', 'operator', 'state', 'late'])
    .where('jurisdiction', '=', actor.jurisdiction)
    .where('year', '=', year)
    .orderBy('operator')
    .orderBy('version', 'desc')
    .execute();
  const byOperator = new Map(reports.map((one) => [one.operator, one]));
  return operators.map(({ id: operator }) => {
    const report = byOperator.get(operator);
    const owed = today > dueOn ? 'overdue' : 'ahead';
    const stands = report && report.state !== 'returned';
    return {
      ...{ operator, year, dueOn, report: report?.id ?? null },
      state: stands ? report.state : report && owed === 'ahead' ? 'returned' : owed,
      late: stands ? report.late : owed === 'overdue',
    };
  });
};
