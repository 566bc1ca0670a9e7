import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';

const codes = { suspended: 'merchantSuspended', exited: 'merchantExited' } as const;

/**
 * Only an enrolled merchant may apply, where the pack holds onboarding (M1, 中卫 18). Throws `merchantNotEnrolled`,
 * `merchantSuspended`, `merchantExited` (409) with the article. The row is held until the transaction ends, so that a
 * standing which changes meanwhile comes before or after it whole.
 */
export const mustBeEnrolled = async (
  trx: Transaction<GrantTables>,
  pack: ResolvedPack,
  merchant: string,
): Promise<void> => {
  const rule = pack.rules['merchantOnboarding']?.['checkFields'];
  if (!rule) return;
  const row = await trx
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('organisation', '=', merchant)
    .forShare()
    .executeTakeFirst();
  if (row?.standing === 'enrolled') return;
  const admission = pack.rules['merchantOnboarding']?.['outcomes'] ?? rule;
  throw problem(row ? codes[row.standing] : 'merchantNotEnrolled', {
    ...citedArticle(rule),
    ...citedArticle(admission),
  });
};
