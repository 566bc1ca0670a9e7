/** Reading tariffs and ceilings, by number, a page at a time (F3). */
import type { CeilingTable, TariffTable } from '@gongshu/infra/tariffs/tables';
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from './judge.ts';

/** Whether the product stands on the list now: a tariff of one that does not is charged to nobody. */
const offered = sql<boolean>`exists (
  select from product_version as version
  where version.jurisdiction = priced.jurisdiction and version.product = priced.product
    and version.state in ('listed', 'released')
)`;

/** `class` is that of the product's newest version: what a paper calls it. */
const productClass = sql<string | null>`(
  select version.class from product_version as version
  where version.jurisdiction = priced.jurisdiction and version.product = priced.product
  order by version.version desc
  limit 1
)`;

export type TariffAsRead = Selectable<TariffTable> & { offered: boolean; product_class: string | null };
export type CeilingAsRead = Selectable<CeilingTable>;

const tariffs = (db: Kysely<Tables>) =>
  db
    .selectFrom('tariff as priced')
    .selectAll()
    .select(offered.as('offered'))
    .select(productClass.as('product_class'));

/** One tariff as it is read; undefined for a number nobody has. */
export const findTariff = (db: Kysely<Tables>, tariff: string): Promise<TariffAsRead | undefined> =>
  tariffs(db).where('tariff', '=', tariff).executeTakeFirst();

export type TariffFilter = {
  jurisdiction?: string | undefined;
  operator?: string | undefined;
  product?: string | undefined;
  state?: string | undefined;
  /** That day's tariffs, and those announced for a later one; published ones alone. */
  on?: BusinessDate | undefined;
  published?: boolean;
  after: string | undefined;
  limit: number;
};

/** By number; at most `limit`. */
export const listTariffs = (
  db: Kysely<Tables>,
  { jurisdiction, operator, product, state, on, published = false, after, limit }: TariffFilter,
): Promise<TariffAsRead[]> =>
  tariffs(db)
    .$if(jurisdiction !== undefined, (query) => query.where('jurisdiction', '=', jurisdiction ?? ''))
    .$if(operator !== undefined, (query) => query.where('operator', '=', operator ?? ''))
    .$if(product !== undefined, (query) => query.where('product', '=', product ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state as 'filed'))
    .$if(published, (query) => query.where('state', '=', 'published'))
    .$if(on !== undefined, (query) =>
      query.where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on ?? '')])),
    )
    .$if(after !== undefined, (query) => query.where('tariff', '>', after ?? ''))
    .orderBy('tariff')
    .limit(limit)
    .execute();

/** Ceilings of a day and those that follow it, by case and unit; at most `limit`. */
export const listCeilings = (
  db: Kysely<Tables>,
  {
    jurisdiction,
    product,
    on,
    after,
    limit,
  }: {
    jurisdiction?: string | undefined;
    product?: string | undefined;
    on: BusinessDate;
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<CeilingAsRead[]> =>
  db
    .selectFrom('ceiling')
    .selectAll()
    .where('void', '=', false)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
    .$if(jurisdiction !== undefined, (query) => query.where('jurisdiction', '=', jurisdiction ?? ''))
    .$if(product !== undefined, (query) => query.where('product', '=', product ?? ''))
    .$if(after !== undefined, (query) => {
      const [caseNo, unit] = after ?? ['', ''];
      return query.where(sql<boolean>`(case_no, unit) > (${caseNo}, ${unit})`);
    })
    .orderBy('case_no')
    .orderBy('unit')
    .limit(limit)
    .execute();
