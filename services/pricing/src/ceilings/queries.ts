/** Ceilings as they stand by days (F3). */
import type { CeilingTable, TariffTables } from '@gongshu/infra/tariffs/tables';
import type { BusinessDate } from '@gongshu/shared/business-date';
import type { ChargeUnit } from '@gongshu/shared/packs/topics/pricing';
import type { Kysely, Selectable } from 'kysely';

export type CeilingRow = Selectable<CeilingTable>;
type Db = Kysely<TariffTables>;

/** The ceiling of a product and unit on a day; undefined where none applies. */
export const ceilingOn = (
  db: Db,
  { jurisdiction, product, unit }: { jurisdiction: string; product: string; unit: ChargeUnit },
  on: BusinessDate,
): Promise<CeilingRow | undefined> =>
  db
    .selectFrom('ceiling')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('product', '=', product)
    .where('unit', '=', unit)
    .where('void', '=', false)
    .where('from_on', '<=', on)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
    .executeTakeFirst();

/** The ceilings that apply on a day or any day after it, the first of them first. */
export const ceilingsFrom = (
  db: Db,
  { jurisdiction, product, unit }: { jurisdiction: string; product: string; unit: ChargeUnit },
  from: BusinessDate,
): Promise<CeilingRow[]> =>
  db
    .selectFrom('ceiling')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('product', '=', product)
    .where('unit', '=', unit)
    .where('void', '=', false)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', from)]))
    .orderBy('from_on')
    .execute();

/** All ceilings of an operator's products on a day. */
export const ceilingsOf = (
  db: Db,
  { jurisdiction, operator }: { jurisdiction: string; operator: string },
  on: BusinessDate,
): Promise<CeilingRow[]> =>
  db
    .selectFrom('ceiling')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('void', '=', false)
    .where('from_on', '<=', on)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
    .execute();
