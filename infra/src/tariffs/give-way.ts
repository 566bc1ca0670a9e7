/** How what stands gives way from a day on, to a ceiling or a tariff that comes after it (F3). */
import { addDays, type BusinessDate } from '@gongshu/shared/business-date';
import type { ChargeUnit } from '@gongshu/shared/packs/topics/pricing';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { TariffTable, TariffTables } from './tables.ts';

type Unit = { jurisdiction: string; product: string; unit: ChargeUnit };

/** Ceilings end the day before; those that would have begun on the day or later never apply. */
export const endCeilings = async (
  trx: Transaction<TariffTables>,
  { jurisdiction, product, unit }: Unit,
  { from, by }: { from: BusinessDate; by: string },
): Promise<void> => {
  await trx
    .updateTable('ceiling')
    .set({
      until_on: sql`case when from_on < ${from}::date then ${from}::date - 1 else until_on end`,
      void: sql`from_on >= ${from}::date`,
      replaced_by: by,
    })
    .where('jurisdiction', '=', jurisdiction)
    .where('product', '=', product)
    .where('unit', '=', unit)
    .where('void', '=', false)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', from)]))
    .execute();
};

/** Published tariffs of the unit that reach the day or go beyond it, oldest first. */
export const tariffsReaching = (
  trx: Transaction<TariffTables>,
  { jurisdiction, product, unit }: Unit,
  from: BusinessDate,
): Promise<Selectable<TariffTable>[]> =>
  trx
    .selectFrom('tariff')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('product', '=', product)
    .where('unit', '=', unit)
    .where('state', '=', 'published')
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', from)]))
    .orderBy('from_on')
    .orderBy('tariff')
    .execute();

/** A tariff ends the day before; one that would have begun on the day or later never applies. */
export const endTariff = async (
  trx: Transaction<TariffTables>,
  { tariff, from_on }: Pick<TariffTable, 'tariff' | 'from_on'>,
  { from, by }: { from: BusinessDate; by: string | null },
): Promise<void> => {
  await trx
    .updateTable('tariff')
    .set(from_on < from ? { until_on: addDays(from, -1) } : { state: 'void' })
    .$if(by !== null, (query) => query.set({ replaced_by: by }))
    .where('tariff', '=', tariff)
    .execute();
};
