import type { ProductTables } from '@gongshu/infra/products/tables';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ProductRow } from '../products/find.ts';

/** A product of ours by its number. */
export const ProductNo = z.string().regex(/^[A-Z0-9-]{1,60}$/);

/** States in which the public knows a product: those it can have used. */
const known = ['listed', 'released', 'suspended', 'recalled', 'retired'] as const;

/** A product that is or was on the list. Throws `notFound` for any other, and for another city's. */
export const productInUse = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  productNo: string,
): Promise<ProductRow> => {
  const row = await db
    .selectFrom('product')
    .selectAll()
    .where('product_no', '=', productNo)
    .where('jurisdiction', '=', jurisdiction)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('product_version')
          .select('version')
          .whereRef('product_version.product_no', '=', 'product.product_no')
          .where('listed_at', 'is not', null)
          .where('state', 'in', [...known]),
      ),
    )
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};
