/** The tariffs that usage is rated by (F1, F3): those published, on the days on which they may be charged. */
import type { TariffTables } from '@gongshu/infra/tariffs/tables';
import type { BusinessDate } from '@gongshu/shared/business-date';
import type { ChargeUnit, CustomerClass } from '@gongshu/shared/packs/topics/pricing';
import type { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import type { Kysely } from 'kysely';
import type { PricingTables } from '../tables.ts';
import { daysOnList, type Standing, within } from './standing.ts';

export type TariffInForce = {
  tariff: string;
  product: string;
  unit: ChargeUnit;
  class: CustomerClass;
  /** A code; null: whatever the scenario. */
  scenario: string | null;
  purpose: ProductPurpose;
  /** Whole fen a unit, before the discount. */
  fen: bigint;
  /** The part taken off, an exact decimal. */
  discount: string;
  /** First and last day on which it is charged, both within the days asked for. */
  from: BusinessDate;
  until: BusinessDate;
};

/**
 * Published tariffs of an operator by days (Asia/Shanghai), first and last day included. Days on which its product did
 * not stand on the list are left out, so one tariff may come in several pieces; no two pieces of the same product,
 * unit, class, scenario and purpose share a day.
 */
export const tariffsInForce = async (
  db: Kysely<PricingTables>,
  {
    jurisdiction,
    operator,
    from,
    until,
  }: { jurisdiction: string; operator: string; from: BusinessDate; until: BusinessDate },
): Promise<TariffInForce[]> => {
  const own = db as unknown as Kysely<TariffTables & PricingTables>;
  const rows = await own
    .selectFrom('tariff')
    .select(['tariff', 'product', 'unit', 'class', 'scenario', 'purpose', 'fen', 'discount'])
    .select(['from_on', 'until_on'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('state', '=', 'published')
    .where('from_on', '<=', until)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', from)]))
    .orderBy('product')
    .orderBy('from_on')
    .orderBy('tariff')
    .execute();
  const products = [...new Set(rows.map(({ product }) => product))];
  const listed = await daysByProduct(own, jurisdiction, products);
  return rows.flatMap(({ from_on, until_on, fen, ...row }) => {
    const asked = {
      from: from_on > from ? from_on : from,
      until: until_on !== null && until_on < until ? until_on : until,
    };
    return within(asked, listed.get(row.product) ?? []).map((days) => ({
      ...row,
      fen: BigInt(fen),
      ...days,
    }));
  });
};

/** Days on the list by product, over all its versions; by how it stands where nothing of its past was told. */
const daysByProduct = async (
  db: Kysely<TariffTables & PricingTables>,
  jurisdiction: string,
  products: readonly string[],
) => {
  const told = new Map<string, Standing[]>();
  if (products.length === 0) return new Map<string, ReturnType<typeof daysOnList>>();
  const history = await db
    .selectFrom('product_standing')
    .select(['product', 'version', 'state', 'at'])
    .where('jurisdiction', '=', jurisdiction)
    .where('product', 'in', products)
    .orderBy('at')
    .orderBy('sequence')
    .execute();
  for (const one of history) told.set(one.product, [...(told.get(one.product) ?? []), one]);
  const now = await db
    .selectFrom('product_version')
    .select('product')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('product', 'in', products)
    .where('state', 'in', ['listed', 'released'])
    .execute();
  const standing = new Set(now.map(({ product }) => product));
  const always = [{ from: '0001-01-01', until: null }];
  return new Map(
    products.map((product) => {
      const past = told.get(product);
      return [product, past ? daysOnList(past) : standing.has(product) ? always : []];
    }),
  );
};
