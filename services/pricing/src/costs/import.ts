/** A file of costs taken into the ledger: every row accounted for, counted once by its voucher (F4). */
import { randomUUID } from 'node:crypto';
import { jsonHash, sha256 } from '@gongshu/infra/hash';
import { recordAll } from '@gongshu/infra/record';
import { xlsxRows, WorkbookRefused } from '@gongshu/infra/sheets/xlsx';
import { type CostRow, costRecords, costRows, type ParsedCosts } from '@gongshu/shared/import/cost-rows';
import { CatalogFileRefused } from '@gongshu/shared/import/reasons';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { judgeCost } from '@gongshu/shared/pricing/cost';
import { type PricingLaw, pricingLaw } from '@gongshu/shared/pricing/law';
import { sumOf, toFen } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { costChange } from './change.ts';
import { type ImportError, refusedRow, type Taken, vouchersOf, writeRows } from './import-write.ts';
import { knownProducts } from './items.ts';
import { hasArisen, holdPeriod } from './period.ts';
import type { CostDb } from './tables.ts';

/** total = recorded + unchanged + rows refused, when applied. `good`: what is good is kept; `none`: all rows or nothing. */
export type ImportReport = {
  id: string | null;
  applied: boolean;
  file: string;
  total: number;
  recorded: number;
  unchanged: number;
  refused: number;
  recordedFen: number;
  errors: ImportError[];
};
export type Keep = 'good' | 'none';

const fileOf = async (bytes: Buffer, kind: 'csv' | 'xlsx'): Promise<ParsedCosts> => {
  try {
    return costRows(kind === 'csv' ? costRecords(bytes) : await xlsxRows(bytes));
  } catch (error) {
    if (error instanceof CatalogFileRefused)
      throw problem('importUnreadable', {
        errors: [{ pointer: '/body', code: error.code, message: error.reason }],
        cause: error,
      });
    if (!(error instanceof WorkbookRefused)) throw error;
    throw problem('importUnreadable', {
      errors: [
        {
          ...{ pointer: '/body', code: 'workbookUnreadable' },
          message: { zh: '不是可读的 XLSX 工作簿', en: 'It is no XLSX workbook that can be read' },
        },
      ],
      cause: error,
    });
  }
};

/** What keeps a row out by itself: kind, relation, day, product. */
const faultsOf = (
  file: ParsedCosts,
  cost: CostRow,
  given: { law: PricingLaw; at: Date; products: ReadonlySet<string> },
): ImportError[] => [
  ...judgeCost(cost, given.law).map(({ code, at, article }) =>
    refusedRow(file, cost, at === '/kind' ? 'kind' : 'related', code, article),
  ),
  ...(hasArisen(cost.year, cost.incurredOn, given.at)
    ? []
    : [refusedRow(file, cost, cost.incurredOn ? 'incurredOn' : 'year', 'costYearWrong')]),
  ...(cost.product === null || given.products.has(cost.product)
    ? []
    : [refusedRow(file, cost, 'product', 'costProductUnknown')]),
];

/** Thrown inside the transaction, so that nothing of it stays. */
class NothingKept extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('all or nothing was asked for');
    this.report = report;
  }
}

const changesOf = (
  pack: ResolvedPack,
  taken: readonly Taken[],
  run: { id: string; operator: string; file: string; acting: Acting },
) =>
  [...new Set(taken.map(({ cost }) => cost.year))]
    .toSorted((a, b) => a - b)
    .map((year) => {
      const of = taken.filter(({ cost }) => cost.year === year);
      return costChange(pack, { jurisdiction: pack.jurisdiction, operator: run.operator, year }, run.acting, {
        ...{ type: 'cost.imported.v1', subject: run.id, key: `${run.id}/${year}`, rule: 'costKinds' },
        data: {
          ...{ import: run.id, file: run.file, recorded: of.length },
          fen: toFen(sumOf(of.map(({ cost }) => BigInt(cost.fen)))),
          costs: jsonHash(of.map(({ id }) => id)),
        },
      });
    });

/**
 * Takes the rows of a file into the operator's own ledger, at once or not at all. The same voucher with the same content
 * is counted once, in whatever file it comes; a row of a closed year, of other content, unrelated or of no listed kind is
 * refused by number, column and reason. Throws `importUnreadable` (422) for a file that cannot be read as a whole.
 */
export const importCosts = async (
  db: CostDb,
  pack: ResolvedPack,
  { bytes, kind, keep }: { bytes: Buffer; kind: 'csv' | 'xlsx'; keep: Keep },
  acting: Acting,
): Promise<ImportReport> => {
  const file = await fileOf(bytes, kind);
  const { jurisdiction } = pack;
  const operator = acting.actor.organisation;
  const products = await knownProducts(
    db,
    jurisdiction,
    file.rows.flatMap(({ product }) => product ?? []),
  );
  const given = { law: pricingLaw(pack), at: acting.at, products };
  const judged = file.rows.map((cost) => ({ cost, errors: faultsOf(file, cost, given) }));
  const sound = judged.flatMap(({ cost, errors }) => (errors.length > 0 ? [] : [cost]));
  const run = { id: `DR-${randomUUID()}`, jurisdiction, operator, file: sha256(bytes), acting };
  const reportOf = (written: Awaited<ReturnType<typeof writeRows>>, late: ImportError[]): ImportReport => {
    const errors = [...file.errors, ...judged.flatMap((one) => one.errors), ...late, ...written.errors];
    const { taken, unchanged } = written;
    return {
      ...{ id: run.id, applied: true, file: run.file, total: file.total, recorded: taken.length, unchanged },
      refused: new Set(errors.map(({ row }) => row)).size,
      recordedFen: toFen(sumOf(taken.map(({ cost }) => BigInt(cost.fen)))),
      errors: errors.toSorted((a, b) => a.row - b.row),
    };
  };
  try {
    return await db.transaction().execute(async (trx) => {
      const closed = new Set<number>();
      for (const year of [...new Set(sound.map((cost) => cost.year))].toSorted((a, b) => a - b))
        if ((await holdPeriod(trx, { jurisdiction, operator, year })) !== null) closed.add(year);
      // What was counted before its year was closed is the same as before; only new rows find it closed.
      const open = sound.filter(({ year }) => !closed.has(year));
      const known = await vouchersOf(trx, run, sound);
      const shut = sound.filter(({ year, voucher }) => closed.has(year) && !known.has(voucher));
      const again = sound.filter(({ year, voucher }) => closed.has(year) && known.has(voucher));
      const written = await writeRows(trx, file, [...open, ...again], run);
      const late = shut.map((cost) => refusedRow(file, cost, 'year', 'costPeriodClosed'));
      const report = reportOf(written, late);
      if (keep === 'none' && report.refused > 0)
        throw new NothingKept({
          ...report,
          id: null,
          applied: false,
          recorded: 0,
          unchanged: 0,
          recordedFen: 0,
        });
      await recordAll(trx, 'pricing', changesOf(pack, written.taken, run));
      return written.taken.length > 0 ? report : { ...report, id: null };
    });
  } catch (error) {
    if (error instanceof NothingKept) return error.report;
    throw error;
  }
};
