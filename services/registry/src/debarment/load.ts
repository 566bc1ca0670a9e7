/** Lists of debarment are loaded, each version whole (O2). */
import type { DebarmentTables } from '@gongshu/infra/debarment/tables';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { DebarmentListCode } from '@gongshu/shared/experts/codes';
import { problem } from '@gongshu/shared/problems';
import type { ReadList } from '@gongshu/shared/selection/debarment-file';
import { type Kysely, type Selectable, sql } from 'kysely';

export type ListRow = Selectable<DebarmentTables['debarment_list']>;
export type LoadBy = { id: string; role: string; organisation: string | null; at: Date };
export type Loaded = { list: DebarmentListCode; asOf: string; source: string } & Pick<
  ReadList,
  'entries' | 'withoutCode'
>;

/** As many rows a statement as its parameters allow. */
const batch = 5_000;

/**
 * Loads a version of a list for a city. The same list of the same day again changes nothing (`undefined`); another
 * content of a day that stands, or a day before the newest, is refused (`debarmentListOlder`, 409).
 */
export const loadList = (
  db: Kysely<DebarmentTables>,
  jurisdiction: string,
  { list, asOf, source, entries, withoutCode }: Loaded,
  by: LoadBy,
): Promise<ListRow | undefined> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`debarment ${jurisdiction} ${list}`}, 0))`.execute(
      trx,
    );
    const hash = jsonHash({ list, asOf, entries, withoutCode });
    const newest = await trx
      .selectFrom('debarment_list')
      .select(['as_of', 'content_hash'])
      .where('jurisdiction', '=', jurisdiction)
      .where('list', '=', list)
      .orderBy('as_of', 'desc')
      .executeTakeFirst();
    if (newest?.as_of === asOf && newest.content_hash === hash) return undefined;
    if (newest && newest.as_of >= asOf)
      throw problem('debarmentListOlder', { params: { asOf: newest.as_of } });
    const row = await trx
      .insertInto('debarment_list')
      .values({
        ...{ jurisdiction, list, as_of: asOf, source, content_hash: hash, entries: entries.length },
        ...{ without_code: withoutCode, loaded_by: by.id, loaded_at: by.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (let from = 0; from < entries.length; from += batch)
      await trx
        .insertInto('debarment_entry')
        .values(
          entries.slice(from, from + batch).map(({ uscc, name, until }) => ({
            ...{ jurisdiction, list, as_of: asOf, uscc, name, until_on: until },
          })),
        )
        .execute();
    const { id, role, organisation, at } = by;
    await record(trx, 'registry', {
      key: `debarmentList.loaded:${jurisdiction}:${list}:${asOf}`,
      type: 'debarmentList.loaded.v1',
      subject: `${jurisdiction}:${list}`,
      jurisdiction,
      at,
      actor: { id, role, organisation },
      data: {
        ...{ list, asOf, contentHash: hash, entries: entries.length, withoutCode },
        at: toInstantText(at.getTime()),
      },
    });
    return row;
  });
