/** Which norm stands, and which acts wait for one (M2). */
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { NormsRules } from '@gongshu/shared/packs/topics/norms';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import type { NormTable, NormTables } from './tables.ts';

export type NormKind = NormsRules['approved' | 'deposited' | 'issued'][number];

/** The norm of a kind that is in force in a city: approved, deposited or issued; `undefined` where none is. */
export const normInForce = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  jurisdiction: string,
  kind: NormKind,
): Promise<Selectable<NormTable> | undefined> =>
  (db as Kysely<NormTables>)
    .selectFrom('norm')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('state', 'in', ['approved', 'deposited', 'issued'])
    .executeTakeFirst();

/** Throws `normNotApproved` (409), with the article, where the pack wants the norm approved first and none is. */
export const mustHaveNorm = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  pack: ResolvedPack,
  kind: NormsRules['approved'][number],
): Promise<void> => {
  const rule = pack.rules['norms']?.['approved'];
  if (!rule || !(rule.value as NormsRules['approved']).includes(kind)) return;
  if (await normInForce(db, pack.jurisdiction, kind)) return;
  throw problem('normNotApproved', { params: { kind }, ...citedArticle(rule) });
};
