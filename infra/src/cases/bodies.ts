import { problem } from '@gongshu/shared/problems';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Kysely } from 'kysely';
import { type Asked, mandateFor } from '../mandates/competence.ts';

/** The first body of a kind that stands in a city: none that has gone into another. */
export const standingBody = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
  kind: string,
): Promise<string | undefined> => {
  const row: { id: string } | undefined = await db
    .selectFrom(table)
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('successor', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
};

/**
 * The mandate that is competent for a case on a day, its operator, which accepts and checks the case, and the bureau
 * that hears of it; the operator's own where a city has none. Throws what `mandateFor` refuses. `table` holds the
 * bodies of the service's schema.
 */
export const bodiesOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  pack: ResolvedPack,
  asked: Asked,
  on: string,
): Promise<{ mandate: string; operator: string; authority: string }> => {
  const { agreement_no: mandate, operator } = await mandateFor(db, pack, asked, on);
  const authority = await standingBody(db, table, pack.jurisdiction, 'bureau');
  return { mandate, operator, authority: authority ?? operator };
};

/** The bureau (implementing body) of a city. Throws `bureauUnknown` (409) where none is registered. */
export const bureauOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
): Promise<string> => {
  const bureau = await standingBody(db, table, jurisdiction, 'bureau');
  if (bureau === undefined) throw problem('bureauUnknown');
  return bureau;
};
