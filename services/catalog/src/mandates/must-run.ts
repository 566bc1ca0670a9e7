import { competenceArticle, mandatesOf, standsOn } from '@gongshu/infra/mandates/competence';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

/**
 * A new grant is made under a mandate that runs. A case from before mandates keeps its operator and asks for none.
 * Throws `mandateSuspended`, `mandateEnded` (409) with the article.
 */
export const mustRunUnder = async (
  db: Kysely<any>,
  pack: ResolvedPack,
  { mandate }: { mandate: string | null },
  at: Date,
): Promise<void> => {
  if (mandate === null) return;
  const row = (await mandatesOf(db, pack.jurisdiction)).find(({ agreement_no }) => agreement_no === mandate);
  const state = row ? standsOn(row, businessDateOf(at.getTime())) : 'ended';
  if (state === 'suspended') throw problem('mandateSuspended', competenceArticle(pack));
  if (state !== 'inForce') throw problem('mandateEnded', competenceArticle(pack));
};
