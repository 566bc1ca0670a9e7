/** What stands on the product list, as the registry told it: nothing outside it is priced or offered (E4). */
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import type { PricingTables } from '../tables.ts';

export type ListedProduct = {
  product: string;
  version: number;
  owner: string;
  class: string;
  purpose: ProductPurpose;
};

/**
 * The newest version that stands on the list. Throws `notOnList` (409), with the article, for a product of another city,
 * unknown, under way, suspended, recalled or retired. `lock` holds it until the transaction ends.
 */
export const mustBeListed = async (
  db: Kysely<PricingTables>,
  pack: ResolvedPack,
  product: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<ListedProduct> => {
  const query = db
    .selectFrom('product_version')
    .select(['product', 'version', 'owner', 'class', 'purpose'])
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('product', '=', product)
    .where('state', 'in', ['listed', 'released'])
    .where('purpose', 'is not', null)
    .orderBy('version', 'desc')
    .limit(1);
  const row = await (lock ? query.forShare() : query).executeTakeFirst();
  if (!row) throw problem('notOnList', clauseIn(pack, 'productEgress', 'outsideList'));
  return row as ListedProduct;
};
