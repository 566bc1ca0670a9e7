import { citedArticle } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import { heldStanding, standingRefusals } from '../merchants/held-standing.ts';
import type { GrantDeps, UseTrx } from './deps.ts';

/**
 * Throws `merchantSuspended` or `merchantExited` (409): such a merchant is given no grant (M1). Its row is
 * held: a standing that changes meanwhile finds the grant, or the signature finds it.
 */
export const merchantMustStand = async (
  { packs }: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  { jurisdiction, merchant }: { jurisdiction: string; merchant: string },
): Promise<void> => {
  const standing = await heldStanding(trx, { jurisdiction, merchant });
  if (!standing || standing === 'enrolled') return;
  // Where the pack speaks of admitting merchants (中卫 18).
  const admission = packs.resolve(jurisdiction).rules['merchantOnboarding']?.['outcomes'];
  throw problem(standingRefusals[standing], citedArticle(admission));
};
