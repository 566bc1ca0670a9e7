import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { heldStanding, standingRefusals } from './held-standing.ts';

/**
 * Only an enrolled merchant may apply, where the pack holds onboarding (M1, 中卫 18). Throws `merchantNotEnrolled`,
 * `merchantSuspended`, `merchantExited` (409) with the article, where one says it.
 */
export const mustBeEnrolled = async (
  trx: Transaction<GrantTables>,
  pack: ResolvedPack,
  merchant: string,
): Promise<void> => {
  const rule = pack.rules['merchantOnboarding']?.['checkFields'];
  if (!rule) return;
  const standing = await heldStanding(trx, { jurisdiction: pack.jurisdiction, merchant });
  if (standing === 'enrolled') return;
  const { outcomes, whileSuspended } = pack.rules['merchantOnboarding'] ?? {};
  // What a suspension brings rests on its own rule, or on none where the text is silent.
  if (standing === 'suspended')
    throw problem('merchantSuspended', whileSuspended ? citedArticle(whileSuspended) : {});
  const admission = outcomes ?? rule;
  throw problem(standing ? standingRefusals[standing] : 'merchantNotEnrolled', {
    ...citedArticle(rule),
    ...citedArticle(admission),
  });
};
