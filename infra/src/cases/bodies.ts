import { problem } from '@gongshu/shared/problems';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Kysely } from 'kysely';
import { type Asked, mandateFor } from '../mandates/competence.ts';

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
  const bureau: { id: string } | undefined = await db
    .selectFrom(table)
    .select('id')
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('kind', '=', 'bureau')
    .where('successor', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  return { mandate, operator, authority: bureau?.id ?? operator };
};

/** The bureau (implementing body) of a city. Throws `bureauUnknown` (409) where none is registered. */
export const bureauOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
): Promise<string> => {
  const row: { id: string } | undefined = await db
    .selectFrom(table)
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'bureau')
    .where('successor', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  if (!row) throw problem('bureauUnknown');
  return row.id;
};
