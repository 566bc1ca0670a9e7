import { type MoreTasks, moreTask } from '@gongshu/infra/cases/tasks';
import { type Kysely, sql } from 'kysely';
import type { NormRow } from '../norms/register.ts';
import type { NormTable, NormTables } from '../norms/tables.ts';

/** One norm, whoever asks. */
export const findNorm = (db: Kysely<NormTables>, id: string): Promise<NormRow | undefined> =>
  db.selectFrom('norm').selectAll().where('id', '=', id).executeTakeFirst();

/** Norms of a city in every version, by kind and newest first, from behind `after`; at most `limit`. */
export const listNorms = (
  db: Kysely<NormTables>,
  {
    jurisdiction,
    kind,
    state,
    after,
    limit,
  }: {
    jurisdiction: string;
    kind: string | undefined;
    state: NormTable['state'] | undefined;
    after: readonly [string, number] | undefined;
    limit: number;
  },
): Promise<NormRow[]> => {
  let query = db.selectFrom('norm').selectAll().where('jurisdiction', '=', jurisdiction);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined)
    query = query.where((eb) =>
      eb.or([eb('kind', '>', after[0]), eb.and([eb('kind', '=', after[0]), eb('version', '<', after[1])])]),
    );
  return query.orderBy('kind').orderBy('version', 'desc').limit(limit).execute();
};

/** Submitted norms that wait for the bureau's decision (Zhongwei art. 18): what its work list shows of them. */
export const normTasks: MoreTasks = ({ jurisdiction, roles, organisation }, _today, of) =>
  of === undefined && roles.includes('bureau')
    ? [
        sql`
        select ${moreTask('normDecision', sql`id`, sql`id`, sql`${organisation}`)}
        from norm
        where jurisdiction = ${jurisdiction} and state = 'submitted'`,
      ]
    : [];
