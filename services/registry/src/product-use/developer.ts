import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { problem } from '@gongshu/shared/problems';
import { sql, type Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { ProductUseTables } from './tables.ts';

type Trx = Transaction<ProductUseTables>;

/** Throws `developerUnknown` (422) for a body that is neither enrolled as a merchant nor the product's owner. */
export const developerOf = async (
  trx: Trx,
  jurisdiction: string,
  { owner, product }: { owner: string | undefined; product: string | undefined },
): Promise<{ owner: string; product_no: string | null }> => {
  if (product !== undefined) {
    const row = await trx
      .selectFrom('product')
      .select(['owner', 'product_no'])
      .where('product_no', '=', product)
      .where('jurisdiction', '=', jurisdiction)
      .executeTakeFirst();
    if (row && (owner === undefined || owner === row.owner)) return row;
  } else if (owner !== undefined) {
    const { rows } = await sql<{ id: string }>`
      select id from party where jurisdiction = ${jurisdiction} and id = ${owner}
        and kind in ('merchant', 'operator')`.execute(trx);
    if (rows.length > 0) return { owner, product_no: null };
  }
  const pointer = product === undefined ? '/body/owner' : '/body/product';
  throw problem('developerUnknown', {
    errors: [{ pointer, code: 'developerUnknown', message: { zh: '无此开发主体', en: 'No such developer' } }],
  });
};

/** Documents of who acts, filed with a check, each as what it is. Throws `documentUnknown` (422). */
export const fileDocuments = async (
  trx: Trx,
  hashes: readonly { hash: string; pointer: string; role: string }[],
  { jurisdiction, caseNo, acting }: { jurisdiction: string; caseNo: string; acting: Acting },
): Promise<void> => {
  const { organisation } = acting.actor;
  await mustAllBeStored(trx, { cited: hashes, organisation, jurisdiction });
  for (const { hash, role } of hashes)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role, by: organisation, at: acting.at });
};
