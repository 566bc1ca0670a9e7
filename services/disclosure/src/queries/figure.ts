import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Measure } from '../measures.ts';
import type { DisclosureTables } from '../tables.ts';

export type FigureRow = Selectable<DisclosureTables['figure']>;
export type GapRow = Selectable<DisclosureTables['event_gap']>;

/** Counts one more. */
export const countOne = async (
  trx: Transaction<DisclosureTables>,
  figure: { jurisdiction: string; month: string; measure: Measure },
): Promise<void> => {
  await trx
    .insertInto('figure')
    .values({ ...figure, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'month', 'measure']).doUpdateSet({ count: sql`figure.count + 1` }),
    )
    .execute();
};

/** Whether a resource is open, unless a newer event has said so already. */
export const setOpen = async (
  trx: Transaction<DisclosureTables>,
  state: DisclosureTables['resource_state'],
): Promise<void> => {
  await trx
    .insertInto('resource_state')
    .values(state)
    .onConflict((conflict) =>
      conflict
        .column('resource')
        .doUpdateSet({ open: state.open, sequence: state.sequence })
        .where('resource_state.sequence', '<', state.sequence),
    )
    .execute();
};

/** Figures by city and month, both ends included; a city or a month left out does not narrow. */
export const figuresOf = (
  db: Kysely<DisclosureTables>,
  {
    jurisdiction,
    from,
    to,
  }: { jurisdiction: string | undefined; from: string | undefined; to: string | undefined },
): Promise<FigureRow[]> =>
  db
    .selectFrom('figure')
    .select(['jurisdiction', 'month', 'measure', 'count'])
    .$if(jurisdiction !== undefined, (query) => query.where('jurisdiction', '=', jurisdiction ?? ''))
    .$if(from !== undefined, (query) => query.where('month', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('month', '<=', to ?? ''))
    .orderBy('jurisdiction')
    .orderBy('month')
    .orderBy('measure')
    .execute();

/** How many resources are open now, by city. */
export const openResources = (
  db: Kysely<DisclosureTables>,
  jurisdiction: string | undefined,
): Promise<{ jurisdiction: string; count: number }[]> =>
  db
    .selectFrom('resource_state')
    .select(['jurisdiction', sql<number>`count(*)`.as('count')])
    .where('open', '=', true)
    .$if(jurisdiction !== undefined, (query) => query.where('jurisdiction', '=', jurisdiction ?? ''))
    .groupBy('jurisdiction')
    .orderBy('jurisdiction')
    .execute();

/** Places where the order of events broke, oldest first. */
export const gapsAfter = (db: Kysely<DisclosureTables>, after: number, limit: number): Promise<GapRow[]> =>
  db.selectFrom('event_gap').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
