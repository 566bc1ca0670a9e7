/** What stands on the product list: nothing outside it is offered, priced or released (E4; 国家 十九, 朔州 九). */
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ProductState, ProductTables } from './tables.ts';

/** States in which a version stands on the list. */
export const onList: readonly ProductState[] = ['listed', 'released'];
/** States in which the public knows a version: those it may have used. */
export const everListed: readonly ProductState[] = [...onList, 'suspended', 'recalled', 'retired'];

export type ListedVersion = Selectable<ProductTables['product_version']>;

/** What names a version on the list; without one, the newest that is released, else the newest listed. */
export type ListedAsk = { jurisdiction: string; product: string; version?: number | undefined };

/** `notOnList` (409) with the article of the pack. */
const notOnList = (pack: ResolvedPack) =>
  problem('notOnList', clauseIn(pack, 'productEgress', 'outsideList'));

const query = (db: Kysely<ProductTables>, { jurisdiction, product, version }: ListedAsk) => {
  const found = db
    .selectFrom('product_version')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .selectAll('product_version')
    .where('product.product_no', '=', product)
    .where('product.jurisdiction', '=', jurisdiction)
    .where('product_version.state', 'in', [...onList]);
  return version === undefined
    ? found.orderBy('product_version.state', 'desc').orderBy('product_version.version', 'desc').limit(1)
    : found.where('product_version.version', '=', version);
};

/**
 * The version as it stands on the list. Throws `notOnList` (409), with the article, for a product that is unknown, under
 * way, suspended, recalled or retired, and for one brought in on paper, which has been through no case.
 */
export const mustBeListed = async (
  db: Kysely<ProductTables>,
  ask: ListedAsk,
  pack: ResolvedPack,
): Promise<ListedVersion> => {
  const row = await query(db, ask).executeTakeFirst();
  if (!row) throw notOnList(pack);
  return row;
};

/** Throws `notRegistered` (409), with the article: a product has its code before any version of it is released (E3). */
export const mustBeRegistered = async (
  db: Kysely<ProductTables>,
  product: string,
  pack: ResolvedPack,
): Promise<void> => {
  const row = await db
    .selectFrom('product')
    .select('registration_code')
    .where('product_no', '=', product)
    .executeTakeFirst();
  if (!row?.registration_code)
    throw problem('notRegistered', clauseIn(pack, 'productEgress', 'registration'));
};

/** `mustBeListed`, held until the transaction ends: what takes it off the list waits, or was first and is seen. */
export const mustStayListed = async (
  trx: Transaction<ProductTables>,
  ask: ListedAsk,
  pack: ResolvedPack,
): Promise<ListedVersion> => {
  const { case_no: caseNo } = await mustBeListed(trx, ask, pack);
  const held = await trx
    .selectFrom('product_version')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('state', 'in', [...onList])
    .forShare()
    .executeTakeFirst();
  if (!held) throw notOnList(pack);
  return held;
};
