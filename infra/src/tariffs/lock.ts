/** The first lock over prices (F3): a ceiling is set, and a tariff changes, one after the other. */
import type { ChargeUnit } from '@gongshu/shared/packs/topics/pricing';
import type { Transaction } from 'kysely';
import type { TariffTables } from './tables.ts';

/**
 * Holds the row of each product and unit until the transaction ends; in one order, so that two cases never wait for
 * each other. What is read after it stays true.
 */
export const lockUnits = async (
  trx: Transaction<TariffTables>,
  { jurisdiction, product, units }: { jurisdiction: string; product: string; units: readonly ChargeUnit[] },
): Promise<void> => {
  for (const unit of units.toSorted()) {
    await trx
      .insertInto('priced_unit')
      .values({ jurisdiction, product, unit })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .selectFrom('priced_unit')
      .select('unit')
      .where('jurisdiction', '=', jurisdiction)
      .where('product', '=', product)
      .where('unit', '=', unit)
      .forUpdate()
      .execute();
  }
};
