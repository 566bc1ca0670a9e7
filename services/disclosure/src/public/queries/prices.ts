/** Tariffs, ceilings, and services with a fee (F1, F3, F6), each list in pages of any length. Amounts in fen. */
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type ExpressionBuilder, type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { type Page, type Paged, paged, type Rests } from './page.ts';

type Db = Kysely<DisclosureTables>;

/** A tariff; `until` is its last day, `null` where none is set. */
export type PublicTariff = Rests & {
  tariff: string;
  product: string;
  operator: string;
  unit: string;
  class: string;
  scenario: string | null;
  purpose: string;
  fen: number;
  /** The part taken off, an exact decimal. */
  discount: string;
  from: string;
  until: string | null;
  publishedAt: Date;
};

const lastDay = sql<string | null>`least(until_on, ended_on)`;
type TariffWhere = ExpressionBuilder<DisclosureTables, 'public_tariff'>;
const known = (eb: TariffWhere) =>
  eb.and([eb('published_at', 'is not', null), sql<boolean>`coalesce(${lastDay}, from_on) >= from_on`]);

const tariffOf = (row: Selectable<DisclosureTables['public_tariff']> & { last: string | null }) =>
  ({
    ...{ tariff: row.tariff, product: row.product, operator: row.operator, unit: row.unit },
    ...{ class: row.class, scenario: row.scenario, purpose: row.purpose, fen: row.fen },
    ...{ discount: row.discount, from: row.from_on, until: row.last, publishedAt: row.published_at },
    ...{ article: row.article, instrument: row.instrument },
  }) as PublicTariff;

const tariffs = (db: Db, jurisdiction: string, on: BusinessDate) =>
  db
    .selectFrom('public_tariff')
    .selectAll()
    .select(lastDay.as('last'))
    .where('jurisdiction', '=', jurisdiction)
    .where(known)
    .where(sql<boolean>`coalesce(${lastDay}, 'infinity') >= ${on}`)
    .orderBy('product')
    .orderBy('from_on')
    .orderBy('tariff');

/**
 * Published tariffs of products that apply on a day or come to apply after it (`on`, Asia/Shanghai), by product, first day
 * first. What ended before `on`, or never came to apply, is left out.
 */
export const tariffsFrom = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  products: readonly string[],
): Promise<PublicTariff[]> => {
  const rows = await tariffs(db, jurisdiction, on)
    .where('product', '=', sql<string>`any(${[...products]}::text[])`)
    .execute();
  return rows.map(tariffOf);
};

type TariffKey = [product: string, from: string, tariff: string];
/** The same of every product of a city, in pages; `after` is the last one before. */
export const listTariffs = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  { after, limit }: Page<TariffKey>,
): Promise<Paged<PublicTariff, TariffKey>> => {
  const rows = await tariffs(db, jurisdiction, on)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(product, from_on, tariff) > (${after?.[0]}::text, ${after?.[1]}::date, ${after?.[2]}::text)`,
      ),
    )
    .limit(limit + 1)
    .execute();
  return paged(
    rows,
    limit,
    ({ product, from_on, tariff }): TariffKey => [product ?? '', from_on ?? '', tariff],
    tariffOf,
  );
};

export type PublicCeiling = Rests & {
  caseNo: string;
  product: string;
  operator: string;
  unit: string;
  fen: number;
  beforeFen: number | null;
  from: string;
  setAt: Date;
};

type CeilingRow = Selectable<DisclosureTables['public_ceiling']>;
const ceilingOf = (row: CeilingRow): PublicCeiling => ({
  ...{ caseNo: row.case_no, product: row.product, operator: row.operator, unit: row.unit, fen: row.fen },
  ...{ beforeFen: row.before_fen, from: row.from_on, setAt: row.set_at },
  ...{ article: row.article, instrument: row.instrument },
});

type Asked = {
  jurisdiction: string;
  on: BusinessDate;
  /** Of which products and units. */
  where: RawBuilder<unknown>;
  after?: RawBuilder<unknown>;
  limit?: number;
};
const ceilings = async (
  db: Db,
  { jurisdiction, on, where, after = sql`true`, limit }: Asked,
): Promise<CeilingRow[]> => {
  const { rows } = await sql<CeilingRow>`
    select *
    from (
      (
        select distinct on (product, unit) *
        from public_ceiling
        where jurisdiction = ${jurisdiction}
          and from_on <= ${on}
          and ${where}
        order by product, unit, from_on desc, set_at desc, case_no desc
      )
      union all
      (
        select *
        from public_ceiling
        where jurisdiction = ${jurisdiction}
          and from_on > ${on}
          and ${where}
      )
    ) as ceiling
    where ${after}
    order by product, unit, from_on, set_at, case_no
    limit ${limit ?? null}`.execute(db);
  return rows;
};

/** The ceiling in force on a day for each unit of products, and those ahead, by product and unit, first day first. */
export const ceilingsFrom = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  products: readonly string[],
): Promise<PublicCeiling[]> => {
  const where = sql`product = any(${[...products]}::text[])`;
  return (await ceilings(db, { jurisdiction, on, where })).map(ceilingOf);
};

type CeilingKey = [product: string, unit: string, from: string, setAt: string, caseNo: string];
/** The same of every product of a city, in pages; `after` is the last one before. */
export const listCeilings = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  { after, limit }: Page<CeilingKey>,
): Promise<Paged<PublicCeiling, CeilingKey>> => {
  const asked = { jurisdiction, on, limit: limit + 1 };
  const rows = await ceilings(
    db,
    after === undefined
      ? { ...asked, where: sql`true` }
      : {
          ...asked,
          where: sql`(product, unit) >= (${after[0]}::text, ${after[1]}::text)`,
          after: sql`(product, unit, from_on, set_at, case_no)
            > (${after[0]}::text, ${after[1]}::text, ${after[2]}::date, ${after[3]}::timestamptz, ${after[4]}::text)`,
        },
  );
  return paged(
    rows,
    limit,
    ({ product, unit, from_on, set_at, case_no }): CeilingKey => [
      ...([product, unit, from_on, set_at.toISOString(), case_no] as const),
    ],
    ceilingOf,
  );
};

export type PublicServiceFee = Rests & {
  fee: string;
  operator: string;
  item: string;
  version: number;
  title: string;
  kind: string;
  unit: string;
  costFen: number;
  margin: string;
  marginFen: number;
  fen: number;
  from: string;
};

const feeOf = (row: Selectable<DisclosureTables['public_service_fee']>): PublicServiceFee =>
  ({
    ...{ fee: row.fee, operator: row.operator, item: row.item, version: row.version },
    ...{ title: row.title ?? row.item, kind: row.kind, unit: row.unit, costFen: row.cost_fen },
    ...{ margin: row.margin, marginFen: row.margin_fen, fen: row.fen, from: row.from_on },
    ...{ article: row.article, instrument: row.instrument },
  }) as PublicServiceFee;

type FeeKey = [operator: string, item: string];
/**
 * The list of service fees as it applies on a day, by operator and item, in pages; what is withdrawn by then is left out.
 * `after` is the last one before.
 */
export const listServiceFees = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  { after, limit }: Page<FeeKey>,
): Promise<Paged<PublicServiceFee, FeeKey>> => {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('public_service_fee')
        .distinctOn(['operator', 'item'])
        .selectAll()
        .where('jurisdiction', '=', jurisdiction)
        .where('withdrawn', 'is not', null)
        .where('from_on', '<=', on)
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(operator, item) > (${after?.[0]}::text, ${after?.[1]}::text)`),
        )
        .orderBy('operator')
        .orderBy('item')
        .orderBy('version', 'desc')
        .as('fee'),
    )
    .selectAll()
    .where('withdrawn', '=', false)
    .orderBy('operator')
    .orderBy('item')
    .limit(limit + 1)
    .execute();
  return paged(rows, limit, ({ operator, item }): FeeKey => [operator, item], feeOf);
};
