/** Rows of an import on their way into the ledger: what is new is written, by its voucher once (F4). */
import { randomUUID } from 'node:crypto';
import type { CostRow, ParsedCosts } from '@gongshu/shared/import/cost-rows';
import type { CostKind } from '@gongshu/shared/packs/topics/pricing';
import { type ProblemCode, problemTable } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { contentHashOf } from './items.ts';
import type { CostTrx } from './tables.ts';

export type ImportError = {
  row: number;
  column: string;
  value: string;
  code: string;
  reason: { zh: string; en: string };
  article?: { instrument: string; article: string };
};
type Field = keyof ParsedCosts['columns'];
/** A row kept out: where it stands in the file, and why. */
export const refusedRow = (
  { columns }: ParsedCosts,
  cost: CostRow,
  field: Field,
  code: ProblemCode,
  article?: ImportError['article'],
): ImportError => ({
  ...{ row: cost.row, column: columns[field] ?? field, code, reason: problemTable[code].title },
  value: String(cost[field as keyof CostRow] ?? '').slice(0, 60),
  ...(article && { article }),
});

const perLot = 1_000;
export type Taken = { cost: CostRow; id: string };

/** Writes what is not there by its voucher; the others are the same as before, or refused. */
export const writeRows = async (
  trx: CostTrx,
  file: ParsedCosts,
  costs: readonly CostRow[],
  run: { id: string; jurisdiction: string; operator: string; acting: Acting },
): Promise<{ taken: Taken[]; unchanged: number; errors: ImportError[] }> => {
  const [taken, errors]: [Taken[], ImportError[]] = [[], []];
  let unchanged = 0;
  const { jurisdiction, operator, acting } = run;
  for (let from = 0; from < costs.length; from += perLot) {
    const lot = costs.slice(from, from + perLot);
    const written = await trx
      .insertInto('cost_item')
      .values(
        lot.map((cost) => ({
          ...{ id: `FY-${randomUUID()}`, jurisdiction, operator, year: cost.year },
          ...{ incurred_on: cost.incurredOn, kind: cost.kind as CostKind, product: cost.product },
          ...{ fen: cost.fen, related: true, ground: cost.ground, document: null, voucher: cost.voucher },
          ...{ content_hash: contentHashOf(cost, cost.year) },
          ...{ import: run.id, reverses: null, reversed_by: null },
          ...{ recorded_by: acting.actor.id, recorded_at: acting.at },
        })),
      )
      .onConflict((conflict) => conflict.columns(['jurisdiction', 'operator', 'voucher']).doNothing())
      .returning(['id', 'voucher'])
      .execute();
    const ids = new Map(written.map(({ voucher, id }) => [voucher, id]));
    const standing = lot.filter(({ voucher }) => !ids.has(voucher));
    const rows =
      standing.length === 0
        ? []
        : await trx
            .selectFrom('cost_item')
            .select(['voucher', 'content_hash', 'reversed_by'])
            .where('jurisdiction', '=', jurisdiction)
            .where('operator', '=', operator)
            .where(
              'voucher',
              'in',
              standing.map(({ voucher }) => voucher),
            )
            .execute();
    const stood = new Map(rows.map((row) => [row.voucher, row]));
    for (const cost of lot) {
      const id = ids.get(cost.voucher);
      const before = stood.get(cost.voucher);
      if (id !== undefined) taken.push({ cost, id });
      else if (before?.content_hash !== contentHashOf(cost, cost.year))
        errors.push(refusedRow(file, cost, 'voucher', 'costVoucherDiffers'));
      else if (before.reversed_by !== null) errors.push(refusedRow(file, cost, 'voucher', 'costReversed'));
      else unchanged += 1;
    }
  }
  return { taken, unchanged, errors };
};

/** Vouchers among these that stand in the ledger already. */
export const vouchersOf = async (
  trx: CostTrx,
  { jurisdiction, operator }: { jurisdiction: string; operator: string },
  costs: readonly CostRow[],
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (let from = 0; from < costs.length; from += perLot) {
    const rows = await trx
      .selectFrom('cost_item')
      .select('voucher')
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where(
        'voucher',
        'in',
        costs.slice(from, from + perLot).map(({ voucher }) => voucher),
      )
      .execute();
    for (const { voucher } of rows) if (voucher !== null) found.add(voucher);
  }
  return found;
};
