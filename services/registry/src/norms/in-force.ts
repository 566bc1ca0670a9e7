/** Which norm stands, and which acts wait for one (M2). */
import { predecessorsOf } from '@gongshu/infra/cases/succession';
import { clauseOfRule, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { NormsRules } from '@gongshu/shared/packs/topics/norms';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import type { NormTable, NormTables } from './tables.ts';

export type NormKind = NormsRules['approved' | 'deposited' | 'issued'][number];

/** The norms of a kind that are in force in a city, one a body: approved, deposited or issued. */
export const normsInForce = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  jurisdiction: string,
  kind: NormKind,
): Promise<Selectable<NormTable>[]> =>
  (db as Kysely<NormTables>)
    .selectFrom('norm')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('state', 'in', ['approved', 'deposited', 'issued'])
    .execute();

/**
 * Asked before an act that a norm must stand for. `operator`: whose norm it is, its own or that of a body that went
 * into it. Throws `normNotApproved` (409), with the article, where the pack wants it approved and none is.
 */
export const mustHaveNorm = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  pack: ResolvedPack,
  kind: NormsRules['approved'][number],
  operator: string,
): Promise<void> => {
  const rule = pack.rules['norms']?.['approved'];
  if (!rule || !(rule.value as NormsRules['approved']).includes(kind)) return;
  const bodies = [operator, ...(await predecessorsOf(db, 'party', pack.jurisdiction, operator))];
  const standing = await normsInForce(db, pack.jurisdiction, kind);
  if (standing.some(({ organisation }) => organisation !== null && bodies.includes(organisation))) return;
  throw problem('normNotApproved', { params: { kind }, article: clauseOfRule(pack, rule) });
};
