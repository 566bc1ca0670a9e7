/** Keeping records of use: each id once, in whatever way and how often it comes. */
import type { SettlementTables, UsageRow } from '@gongshu/infra/settlements/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { type PricingLaw, pricingLaw } from '@gongshu/shared/pricing/law';
import { decimalText, quantityOf } from '@gongshu/shared/pricing/money';
import {
  judgeUsage,
  keptUsage,
  type UsageContext,
  type UsageGiven,
  type UsageReason,
  type UsageRecord,
} from '@gongshu/shared/settlement/usage';
import { type Kysely, sql, type Transaction } from 'kysely';

export type Owner = { jurisdiction: string; operator: string };
export type UsageDb = Kysely<SettlementTables>;
export type UsageTrx = Transaction<SettlementTables>;

/** What came of a record: it counts, it counted before, or it does not, and why. */
export type Taken =
  | { kind: 'new' | 'same' }
  | { kind: 'refused'; reason: UsageReason | { code: 'usageDiffers'; at: string } };

/** The last day that was billed; null before the first bill. */
export const billedUntil = async (db: UsageDb, { jurisdiction, operator }: Owner): Promise<string | null> => {
  const { until } = await db
    .selectFrom('billing_period')
    .select((eb) => eb.fn.max('until_on').as('until'))
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .executeTakeFirstOrThrow();
  return until;
};

/** What records of an operator are held against at an instant: bodies and products of its city, days billed. */
export const usageContext = async (db: UsageDb, owner: Owner, at: Date): Promise<UsageContext> => {
  const { jurisdiction } = owner;
  const ids = async (table: 'body' | 'product_version', column: string): Promise<Set<string>> => {
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(column)} as id
      from ${sql.table(table)}
      where jurisdiction = ${jurisdiction}`.execute(db);
    return new Set(rows.map(({ id }) => id));
  };
  return {
    today: businessDateOf(at.getTime()),
    billedUntil: await billedUntil(db, owner),
    products: await ids('product_version', 'product'),
    bodies: await ids('body', 'id'),
  };
};

type Source = Pick<UsageRow, 'source' | 'recorded_at' | 'recorded_by'>;

const sameAs = (kept: UsageRow, given: UsageRecord): boolean =>
  kept.product === given.product &&
  kept.unit === given.unit &&
  decimalText(quantityOf(kept.qty)) === given.qty &&
  kept.merchant === given.merchant &&
  kept.class === given.class &&
  kept.purpose === given.purpose &&
  kept.scenario === given.scenario &&
  kept.used_on === given.usedOn &&
  kept.reverses === null;

const keptRows = async (trx: UsageDb, { jurisdiction, operator }: Owner, ids: readonly string[]) =>
  new Map(
    (ids.length === 0
      ? []
      : await trx
          .selectFrom('usage_record')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .where('operator', '=', operator)
          .where(sql<boolean>`id = any(${[...ids]}::text[])`)
          .execute()
    ).map((row) => [row.id, row]),
  );

/** One statement for any number of records; answers the ids that were new. */
const insertAll = async (
  trx: UsageTrx,
  { jurisdiction, operator }: Owner,
  records: readonly UsageRecord[],
  { source, recorded_at, recorded_by }: Source,
): Promise<Set<string>> => {
  if (records.length === 0) return new Set();
  const column = (of: (record: UsageRecord) => string | null) => records.map(of);
  const { rows } = await sql<{ id: string }>`
    insert into usage_record
      (jurisdiction, operator, id, product, unit, qty, merchant, class, purpose, scenario, used_on,
       source, recorded_at, recorded_by)
    select ${jurisdiction}, ${operator}, id, product, unit, qty, merchant, class, purpose, scenario, used_on,
           ${source}, ${recorded_at}, ${recorded_by}
    from unnest(
      ${column(({ id }) => id)}::text[], ${column(({ product }) => product)}::text[],
      ${column(({ unit }) => unit)}::text[], ${column(({ qty }) => qty)}::numeric[],
      ${column(({ merchant }) => merchant)}::text[], ${column((one) => one.class)}::text[],
      ${column(({ purpose }) => purpose)}::text[], ${column(({ scenario }) => scenario)}::text[],
      ${column(({ usedOn }) => usedOn)}::date[]
    ) as given (id, product, unit, qty, merchant, class, purpose, scenario, used_on)
    on conflict (jurisdiction, operator, id) do nothing
    returning id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
};

/**
 * Takes records in their order: an id that stands with the same content counts once, whatever the month it is of; with
 * other content it is refused, and the first stands. Within the list the same holds.
 */
export const takeUsage = async (
  trx: UsageTrx,
  owner: Owner,
  given: readonly UsageGiven[],
  { context, law, source }: { context: UsageContext; law: PricingLaw; source: Source },
): Promise<Taken[]> => {
  const known = await keptRows(
    trx,
    owner,
    given.map(({ id }) => id),
  );
  const fresh = new Map<string, UsageRecord>();
  const taken = given.map((one): Taken => {
    const record = keptUsage(one);
    const kept = known.get(one.id);
    if (kept) return sameAs(kept, record) ? { kind: 'same' } : differs;
    const before = fresh.get(one.id);
    if (before) return isSame(before, record) ? { kind: 'same' } : differs;
    const reason = judgeUsage(one, context, law);
    if (reason) return { kind: 'refused', reason };
    fresh.set(one.id, record);
    return { kind: 'new' };
  });
  await insertAll(trx, owner, [...fresh.values()], source);
  return taken;
};

const differs: Taken = { kind: 'refused', reason: { code: 'usageDiffers', at: '/id' } };

const isSame = (a: UsageRecord, b: UsageRecord): boolean =>
  (Object.keys(a) as (keyof UsageRecord)[]).every((key) => a[key] === b[key]);

/** The law and the context in one, for whoever takes records. */
export const usageTaking = async (
  db: UsageDb,
  pack: ResolvedPack,
  owner: Owner,
  source: Source,
): Promise<{ context: UsageContext; law: PricingLaw; source: Source }> => ({
  context: await usageContext(db, owner, source.recorded_at),
  law: pricingLaw(pack),
  source,
});
