/** The code a product is registered under: drawn once, with the act that agrees to it (E3). */
import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { registrationCode } from '@gongshu/shared/product/registration-code';
import type { Transaction } from 'kysely';
import { nextNumber } from '../cases/number.ts';
import type { ProductTables } from './tables.ts';

/**
 * The code of a product, drawn under the next number of the year where it has none yet: its versions share it, and an
 * agreement that is refused leaves it to the next one.
 */
export const drawRegistrationCode = async (
  trx: Transaction<ProductTables>,
  { jurisdiction, areaCode }: Pick<ResolvedPack, 'jurisdiction' | 'areaCode'>,
  product: string,
  at: Date,
): Promise<string> => {
  await trx
    .selectFrom('product')
    .select('product_no')
    .where('product_no', '=', product)
    .forUpdate()
    .execute();
  const drawn = await trx
    .selectFrom('product_code')
    .select('code')
    .where('product_no', '=', product)
    .executeTakeFirst();
  if (drawn) return drawn.code;
  const year = yearOf(businessDateOf(at.getTime()));
  const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'GS-P' });
  const code = registrationCode({ areaCode, year, number });
  await trx.insertInto('product_code').values({ product_no: product, code, drawn_at: at }).execute();
  return code;
};
