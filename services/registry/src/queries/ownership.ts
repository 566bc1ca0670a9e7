import type { OwnershipTables } from '@gongshu/infra/ownership/tables';
import type { OwnershipState } from '@gongshu/shared/experts/codes';
import { type Kysely, sql } from 'kysely';
import type { LinkRow } from '../ownership/links.ts';

/** Links of a city by id; of one body on either side where it is named. */
export const listLinks = (
  db: Kysely<OwnershipTables>,
  {
    jurisdiction,
    body,
    state,
    after,
    limit,
  }: {
    jurisdiction: string;
    body: string | undefined;
    state: OwnershipState | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<LinkRow[]> =>
  db
    .selectFrom('ownership_link')
    .selectAll()
    .where((eb) =>
      eb.and([
        eb('jurisdiction', '=', jurisdiction),
        ...(body === undefined ? [] : [eb.or([eb('owner', '=', body), eb('owned', '=', body)])]),
        ...(state === undefined ? [] : [eb('state', '=', state)]),
        ...(after === undefined ? [] : [eb('id', '>', after)]),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .execute();

export const findLink = (db: Kysely<OwnershipTables>, id: string): Promise<LinkRow | undefined> =>
  db.selectFrom('ownership_link').selectAll().where('id', '=', id).executeTakeFirst();

/** Whether a city knows a body: registered, by its id or credit code, or on a side of a link. */
export const isKnown = async (
  db: Kysely<OwnershipTables>,
  jurisdiction: string,
  body: string,
): Promise<boolean> => {
  const { rows } = await sql<{ known: boolean }>`
    select exists (
      select from party where jurisdiction = ${jurisdiction} and (id = ${body} or uscc = ${body})
      union all
      select from ownership_link where jurisdiction = ${jurisdiction} and (owner = ${body} or owned = ${body})
    ) as known`.execute(db);
  return rows[0]?.known === true;
};
