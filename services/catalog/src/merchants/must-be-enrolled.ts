import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { heldStanding, standingRefusals } from './held-standing.ts';

/**
 * Only an enrolled merchant may apply, where the pack holds onboarding (M1, 中卫 18). Throws `merchantNotEnrolled`,
 * `merchantSuspended`, `merchantExited` (409) with the article.
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
  const admission = pack.rules['merchantOnboarding']?.['outcomes'] ?? rule;
  throw problem(standing ? standingRefusals[standing] : 'merchantNotEnrolled', {
    ...citedArticle(rule),
    ...citedArticle(admission),
  });
};
