import type { ProductTables } from '@gongshu/infra/products/tables';
import type { ActObject } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';

export type ProductRow = Selectable<ProductTables['product']>;

/** A product by its number; one let out on paper has none of ours. */
export const ProductParams = z.object({ productNo: z.string().regex(/^[\w-]{1,60}$/) });

/** Throws `notFound` (404). */
export const findProduct = async (db: Kysely<ProductTables>, productNo: string): Promise<ProductRow> => {
  const row = await db
    .selectFrom('product')
    .selectAll()
    .where('product_no', '=', productNo)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

/** A product as `may()` asks of it. */
export const productObject = ({
  jurisdiction,
  owner,
  operator,
}: Pick<ProductRow, 'jurisdiction' | 'owner' | 'operator'>): ActObject => ({
  ...{ jurisdiction, owner },
  handlers: [owner, operator],
});
