import type { DebarmentTables } from '@gongshu/infra/debarment/tables';
import type { DebarmentListCode } from '@gongshu/shared/experts/codes';
import { type Kysely, type Selectable, sql } from 'kysely';

/** Versions of lists, by list and newest first. */
export const listLists = (
  db: Kysely<DebarmentTables>,
  {
    jurisdiction,
    list,
    after,
    limit,
  }: {
    jurisdiction: string;
    list: DebarmentListCode | undefined;
    after: [list: string, asOf: string] | undefined;
    limit: number;
  },
): Promise<Selectable<DebarmentTables['debarment_list']>[]> =>
  db
    .selectFrom('debarment_list')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .$if(list !== undefined, (query) => query.where('list', '=', list as DebarmentListCode))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(list > ${after?.[0] ?? ''} or (list = ${after?.[0] ?? ''} and as_of < ${after?.[1] ?? ''}::date))`,
      ),
    )
    .orderBy('list')
    .orderBy('as_of', 'desc')
    .limit(limit)
    .execute();
