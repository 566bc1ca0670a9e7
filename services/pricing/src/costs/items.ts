/** Entries of the cost ledger: taken in, reversed, adjusted by an audit; nothing is edited (F4; 朔州 十（二）). */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { CostKind } from '@gongshu/shared/packs/topics/pricing';
import { judgeCost } from '@gongshu/shared/pricing/cost';
import { pricingLaw, refused } from '@gongshu/shared/pricing/law';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { costChange } from './change.ts';
import { holdOpenPeriod, holdPeriod, mustHaveArisen } from './period.ts';
import type { CostGiven } from './schema.ts';
import type { AdjustmentRow, CostDb, CostItemRow, CostTrx, Period } from './tables.ts';

const periodOf = ({ jurisdiction, operator, year }: CostItemRow): Period => ({
  ...{ jurisdiction, operator, year },
});
const toldOf = (row: CostItemRow) => ({ cost: row.id, kind: row.kind, product: row.product, fen: row.fen });

/** Products of the city among these, whatever their state: cost arises before a product is listed. */
export const knownProducts = async (
  db: CostDb,
  jurisdiction: string,
  products: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (products.length === 0) return new Set();
  const rows = await db
    .selectFrom('product_version')
    .select('product')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('product', 'in', [...new Set(products)])
    .execute();
  return new Set(rows.map(({ product }) => product));
};

/** Throws `costProductUnknown` (422) at every place that names a product the city does not have. */
export const mustKnowProducts = async (
  db: CostDb,
  jurisdiction: string,
  named: readonly { product: string; pointer: string }[],
): Promise<void> => {
  const known = await knownProducts(
    db,
    jurisdiction,
    named.map(({ product }) => product),
  );
  const unknown = named.filter(({ product }) => !known.has(product));
  if (unknown.length === 0) return;
  throw problem('costProductUnknown', {
    errors: unknown.map(({ pointer }) => ({
      ...{ pointer, code: 'costProductUnknown' },
      message: { zh: '本市没有这个产品', en: 'The city has no such product' },
    })),
  });
};

/** A cost by which the same voucher is known again. */
export const contentHashOf = (
  {
    incurredOn,
    kind,
    product,
    fen,
  }: Pick<CostGiven, 'kind' | 'product' | 'fen'> & { incurredOn?: string | null | undefined },
  year: number,
): string => jsonHash({ year, incurredOn: incurredOn ?? null, kind, product, fen });

const byVoucher = (trx: CostTrx, { jurisdiction, operator }: Period, voucher: string) =>
  trx
    .selectFrom('cost_item')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('voucher', '=', voucher)
    .executeTakeFirst();

/**
 * Takes one cost into the operator's own ledger. The same voucher with the same content is counted once: what stands is
 * answered, `isNew` false. Throws `costKindNotListed`, `costUnrelated` (422, with the article), `costYearWrong`,
 * `costProductUnknown`, `documentUnknown` (422), `costPeriodClosed`, `costVoucherDiffers`, `costReversed` (409).
 */
export const recordCost = (
  db: CostDb,
  pack: ResolvedPack,
  given: CostGiven,
  acting: Acting,
): Promise<{ row: CostItemRow; isNew: boolean }> => {
  const [first, ...more] = judgeCost(given, pricingLaw(pack));
  if (first) throw refused([first, ...more]);
  const { organisation: operator, id: by } = acting.actor;
  const year = given.year ?? Number(given.incurredOn?.slice(0, 4));
  mustHaveArisen(year, given.incurredOn ?? null, acting.at);
  const period = { jurisdiction: pack.jurisdiction, operator, year };
  const content_hash = contentHashOf(given, year);
  return db.transaction().execute(async (trx) => {
    if (given.product !== null)
      await mustKnowProducts(trx, pack.jurisdiction, [{ product: given.product, pointer: '/body/product' }]);
    await holdOpenPeriod(trx, period);
    const row = await trx
      .insertInto('cost_item')
      .values({
        ...{ id: `FY-${randomUUID()}`, ...period, incurred_on: given.incurredOn ?? null },
        ...{ kind: given.kind as CostKind, product: given.product, fen: given.fen, related: true },
        ...{ ground: given.ground, document: given.document ?? null, voucher: given.voucher ?? null },
        ...{ content_hash, import: null, reverses: null, reversed_by: null },
        ...{ recorded_by: by, recorded_at: acting.at },
      })
      .onConflict((conflict) => conflict.columns(['jurisdiction', 'operator', 'voucher']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) {
      const standing = await byVoucher(trx, period, given.voucher ?? '');
      if (standing?.content_hash === content_hash) {
        // What was reversed counts no longer: to answer it as if it did would lose the cost.
        if (standing.reversed_by !== null) throw problem('costReversed');
        return { row: standing, isNew: false };
      }
      throw problem('costVoucherDiffers', { params: { cost: standing?.id ?? '' } });
    }
    if (given.document !== undefined) {
      const cited = { hash: given.document, pointer: '/body/document' };
      await mustBeStored(trx, { ...cited, organisation: operator, jurisdiction: pack.jurisdiction });
      await linkDocument(trx, {
        ...{ hash: given.document, jurisdiction: pack.jurisdiction, caseNo: row.id, role: 'cost' },
        ...{ by: operator, at: acting.at },
      });
    }
    const told = { type: 'cost.recorded.v1', subject: row.id, rule: 'costKinds' } as const;
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data: toldOf(row) }));
    return { row, isNew: true };
  });
};

/** The item, held until the transaction ends, after its year: every writer takes the two in this order. */
const held = async (trx: CostTrx, id: string): Promise<CostItemRow> =>
  trx.selectFrom('cost_item').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

export const adjustmentsOf = (db: CostDb, id: string): Promise<AdjustmentRow[]> =>
  db.selectFrom('cost_adjustment').selectAll().where('item', '=', id).orderBy('version').execute();

const mustStand = (row: CostItemRow): void => {
  if (row.reverses !== null || row.reversed_by !== null) throw problem('costReversed');
};

/**
 * Reverses an item by another that points to it. Throws `costReversed`, `costAdjusted`, `costPeriodClosed` (409).
 */
export const reverseCost = (
  db: CostDb,
  pack: ResolvedPack,
  item: CostItemRow,
  ground: string,
  acting: Acting,
): Promise<CostItemRow> =>
  db.transaction().execute(async (trx) => {
    const period = periodOf(item);
    await holdOpenPeriod(trx, period);
    const row = await held(trx, item.id);
    mustStand(row);
    if ((await adjustmentsOf(trx, row.id)).length > 0) throw problem('costAdjusted');
    const reversal = await trx
      .insertInto('cost_item')
      .values({
        ...{ id: `FY-${randomUUID()}`, ...period, incurred_on: row.incurred_on, kind: row.kind },
        ...{ product: row.product, fen: row.fen, related: true, ground, document: null, voucher: null },
        ...{ content_hash: row.content_hash, import: null, reverses: row.id, reversed_by: null },
        ...{ recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await trx.updateTable('cost_item').set({ reversed_by: reversal.id }).where('id', '=', row.id).execute();
    const told = { type: 'cost.reversed.v1', subject: row.id, rule: 'costKinds' } as const;
    const data = { ...toldOf(row), reversal: reversal.id };
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data }));
    return reversal;
  });

/**
 * What an audit has the item count for from now on, beside the original, also in a closed year. Throws `costReversed`
 * (409), `documentUnknown` (422).
 */
export const adjustCost = (
  db: CostDb,
  pack: ResolvedPack,
  item: CostItemRow,
  { fen, ground, document }: { fen: number; ground: string; document: string },
  acting: Acting,
): Promise<CostItemRow> =>
  db.transaction().execute(async (trx) => {
    const period = periodOf(item);
    await holdPeriod(trx, period);
    const row = await held(trx, item.id);
    mustStand(row);
    const { organisation } = acting.actor;
    const cited = { hash: document, pointer: '/body/document' };
    await mustBeStored(trx, { ...cited, organisation, jurisdiction: row.jurisdiction });
    await linkDocument(trx, {
      ...{ hash: document, jurisdiction: row.jurisdiction, caseNo: row.id, role: 'costAdjustment' },
      ...{ by: organisation, at: acting.at },
    });
    const before = (await adjustmentsOf(trx, row.id)).at(-1);
    const made = await trx
      .insertInto('cost_adjustment')
      .values({
        ...{ id: `TZ-${randomUUID()}`, item: row.id, version: (before?.version ?? 0) + 1 },
        ...{ fen, before_fen: before?.fen ?? row.fen, ground, document, organisation },
        ...{ recorded_by: acting.actor.id, recorded_at: acting.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = {
      ...toldOf(row),
      ...{ fen, beforeFen: made.before_fen, adjustment: made.id, version: made.version, document },
      adjustedBy: organisation,
    };
    const told = { type: 'cost.adjusted.v1', subject: row.id, key: made.id, rule: 'costReport' } as const;
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data }));
    return row;
  });
