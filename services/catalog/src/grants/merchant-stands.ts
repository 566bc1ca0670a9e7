import { articleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { GrantDeps, UseTrx } from './deps.ts';

/** Where the pack speaks of admitting merchants (中卫 18); nothing where it is silent, or without the topic. */
const admission = (packs: GrantDeps['packs'], jurisdiction: string) => {
  const rule = packs.resolve(jurisdiction).rules['merchantOnboarding']?.['outcomes'];
  const article = rule && articleOf(rule);
  return article && 'article' in article ? { article } : {};
};

const codes = { suspended: 'merchantSuspended', exited: 'merchantExited' } as const;

/**
 * Throws `merchantSuspended` or `merchantExited` (409): such a merchant is given no grant (M1). Its row is
 * held: a standing that changes meanwhile finds the grant, or the signature finds it.
 */
export const merchantMustStand = async (
  { packs }: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  { jurisdiction, merchant }: { jurisdiction: string; merchant: string },
): Promise<void> => {
  const row = await trx
    .selectFrom('merchant')
    .select('standing')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', merchant)
    .forShare()
    .executeTakeFirst();
  if (row && row.standing !== 'enrolled') throw problem(codes[row.standing], admission(packs, jurisdiction));
};
