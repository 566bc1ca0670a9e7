import type { MerchantRow, Standing } from '@gongshu/infra/merchants/standing';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Actor, reaches } from '@gongshu/shared/may';
import type { Kysely } from 'kysely';
import type { StandingTables } from '@gongshu/infra/merchants/tables';

/** Merchants within the actor's reach in the order of their ids, from behind `after`: all of the city, or its own. */
export const listMerchants = (
  db: Kysely<StandingTables>,
  actor: Actor,
  { standing, after, limit }: { standing: Standing | undefined; after: string | undefined; limit: number },
): Promise<MerchantRow[]> => {
  let query = db.selectFrom('merchant').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readMerchants').includes('jurisdiction'))
    query = query.where('organisation', '=', actor.organisation ?? '');
  if (standing !== undefined) query = query.where('standing', '=', standing);
  if (after !== undefined) query = query.where('organisation', '>', after);
  return query.orderBy('organisation').limit(limit).execute();
};

/** What was done to a merchant's standing, oldest first. */
export const actsOf = async (
  db: Kysely<StandingTables>,
  { jurisdiction, organisation }: Pick<MerchantRow, 'jurisdiction' | 'organisation'>,
) => {
  const rows = await db
    .selectFrom('merchant_act')
    .select(['act', 'reasons', 'acting_organisation', 'at'])
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation)
    .orderBy('seq')
    .execute();
  return rows.map(({ act, reasons, acting_organisation: by, at }) => ({
    ...{ act, reasons, by },
    at: toInstantText(at.getTime()),
  }));
};
