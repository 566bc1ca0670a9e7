/** The list of products with their codes (E3, E4). */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { type Page, type Paged, paged } from './page.ts';

type Db = Kysely<DisclosureTables>;

/** A product by the version that stands for it; `onList` says whether it is offered now. */
export type PublicProduct = {
  product: string;
  caseNo: string;
  version: number;
  state: string;
  onList: boolean;
  title: string;
  description: string | null;
  class: string;
  purpose: string;
  owner: string;
  operator: string;
  /** Entries of the catalog it is made of, by number. */
  resources: string[];
  registrationCode: string | null;
  nationalCode: string | null;
  artefact: string | null;
  listedOn: string | null;
  changedAt: Date;
};
const onList = ['listed', 'released'];

const productOf = (row: Selectable<DisclosureTables['public_product']>): PublicProduct => ({
  ...{ product: row.product, caseNo: row.case_no, version: row.version, state: row.state },
  ...{ onList: onList.includes(row.state), title: row.title, description: row.description },
  ...{ class: row.class, purpose: row.purpose, owner: row.owner, operator: row.operator },
  ...{ resources: row.resources, registrationCode: row.registration_code, nationalCode: row.national_code },
  ...{ artefact: row.artefact, listedOn: row.listed_on, changedAt: row.told_at },
});

export type ProductFilter = {
  class?: string | undefined;
  purpose?: string | undefined;
  owner?: string | undefined;
  /** Made of this entry of the catalog. */
  resource?: string | undefined;
  /** Also those that were taken off the list. */
  withFormer?: boolean | undefined;
};

/** The product list of a city by number; without `withFormer` only what is offered now. */
export const listProducts = async (
  db: Db,
  jurisdiction: string,
  filter: ProductFilter,
  { after, limit }: Page<string>,
): Promise<Paged<PublicProduct, string>> => {
  let query = db.selectFrom('public_product').selectAll().where('jurisdiction', '=', jurisdiction);
  for (const column of ['class', 'purpose', 'owner'] as const) {
    const asked = filter[column];
    if (asked !== undefined) query = query.where(column, '=', asked);
  }
  if (filter.resource !== undefined)
    query = query.where(sql<boolean>`resources @> ${[filter.resource]}::text[]`);
  if (!filter.withFormer) query = query.where('state', 'in', onList);
  if (after !== undefined) query = query.where('product', '>', after);
  const rows = await query
    .orderBy('product')
    .limit(limit + 1)
    .execute();
  return paged(rows, limit, ({ product }) => product, productOf);
};

/** Products of a city, changed last first; those taken off the list too. */
export const newestProducts = async (
  db: Db,
  jurisdiction: string,
  limit: number,
): Promise<PublicProduct[]> => {
  const rows = await db
    .selectFrom('public_product')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('told_at', 'desc')
    .orderBy('product')
    .limit(limit)
    .execute();
  return rows.map(productOf);
};

/** A product by its number, its registration code or its national code, one taken off the list too. */
export const findProduct = async (
  db: Db,
  jurisdiction: string,
  number: string,
): Promise<PublicProduct | undefined> => {
  const row = await db
    .selectFrom('public_product')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where((eb) =>
      eb.or([
        eb('product', '=', number),
        eb('registration_code', '=', number),
        eb('national_code', '=', number),
      ]),
    )
    .orderBy('product')
    .executeTakeFirst();
  return row && productOf(row);
};
