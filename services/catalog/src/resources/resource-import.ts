import { record } from '@gongshu/infra/record';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { parseCatalogCsv } from '@gongshu/shared/import/catalog-csv';
import { ColumnMapping } from '@gongshu/shared/import/mapping';
import { CatalogFileRefused } from '@gongshu/shared/import/reasons';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import {
  countImports,
  findMapping,
  insertImportRun,
  insertMapping,
  lockByKeys,
  oneImportAtATime,
  writeResources,
} from '../queries/resource-import.ts';
import type { ResourceTables } from '../tables/resource.ts';
import {
  entryOfRow,
  type ImportedEntry,
  type ImportError,
  importOutcome,
  type ImportOutcome,
} from './resource-import-rows.ts';
import { type Acting, packOf, type ResourceDeps } from './resource-law.ts';
import { sha256 } from './resource-model.ts';

type Trx = Transaction<ResourceTables>;
export type ImportMode = 'allOrNothing' | 'keepGood';

/** What an import did, every row accounted for: total = created + changed + unchanged + refused, when applied. */
export type ImportReport = {
  id: string | null;
  /** False when all or nothing was asked for and some row was refused: then nothing was written. */
  applied: boolean;
  total: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  errors: ImportError[];
  ignoredColumns: string[];
};

/** Keeps a column mapping, with the organisation ids of provider codes that are not their own id. Answers its id. */
export const keepMapping = async (
  { db }: Pick<ResourceDeps, 'db'>,
  jurisdiction: string,
  { mapping: given, organisations }: { mapping: ColumnMapping; organisations: Record<string, string> },
  { actor, at }: Acting,
): Promise<{ id: string; mapping: ColumnMapping; organisations: Record<string, string> }> => {
  const mapping = ColumnMapping.parse(given);
  const id = `map-${sha256(canonicalJson({ jurisdiction, mapping, organisations })).slice(7, 27)}`;
  await insertMapping(db, {
    ...{ id, jurisdiction, mapping, organisations },
    created_by: actor.id,
    created_at: at,
  });
  return { id, mapping, organisations };
};

const read = (bytes: Uint8Array, mapping: ColumnMapping) => {
  try {
    return parseCatalogCsv(bytes, mapping);
  } catch (error) {
    if (!(error instanceof CatalogFileRefused)) throw error;
    const { code, reason: message } = error;
    throw problem('importUnreadable', { errors: [{ pointer: '/body', code, message }], cause: error });
  }
};

const notYours = (row: number, value: string): ImportError => ({
  ...{ row, column: 'provider', value, code: 'providerNotYours' },
  reason: { zh: '不是本单位的目录', en: 'The entry belongs to another department' },
});

const perLot = 2_000;

/** What becomes of each entry, looked up in lots under the import lock. */
const outcomesOf = async (
  trx: Trx,
  entries: readonly ImportedEntry[],
  run: { id: string; jurisdiction: string; areaCode: string; at: Date },
): Promise<ImportOutcome[]> => {
  const outcomes: ImportOutcome[] = [];
  for (let from = 0; from < entries.length; from += perLot) {
    const lot = entries.slice(from, from + perLot);
    const known = await lockByKeys(
      trx,
      run.jurisdiction,
      lot.map(({ draft }) => draft.sourceKey),
    );
    for (const entry of lot) outcomes.push(importOutcome(known.get(entry.draft.sourceKey), entry, run));
  }
  return outcomes;
};

/** The rows of the file as entries, and those that can't be. `onlyOf`: the one body whose entries the actor may bring. */
const entriesOf = (
  file: ReturnType<typeof parseCatalogCsv>,
  organisations: Record<string, string>,
  onlyOf: string | undefined,
): { entries: ImportedEntry[]; errors: ImportError[] } => {
  const entries: ImportedEntry[] = [];
  const errors: ImportError[] = [...file.errors];
  for (const row of file.rows) {
    const organisation = organisations[row.providerCode] ?? row.providerCode;
    if (onlyOf !== undefined && organisation !== onlyOf) {
      errors.push(notYours(row.row, row.providerCode));
      continue;
    }
    const read = entryOfRow(row, organisation);
    if ('entry' in read) entries.push(read.entry);
    else errors.push(read.error);
  }
  return { entries, errors };
};

/**
 * Takes a department's file into the catalog, in one transaction: rows become `compiled` entries, none gets a grade the
 * file doesn't state, the same file again changes nothing, also when two arrive at once. With `allOrNothing` one bad row
 * leaves everything as it was; with `keepGood` the good rows stay. Throws `importMappingUnknown`, `importUnreadable`.
 */
export const importResources = async (
  { db, packs }: ResourceDeps,
  given: {
    jurisdiction: string;
    mappingId: string;
    mode: ImportMode;
    bytes: Uint8Array;
    onlyOf: string | undefined;
  },
  { actor, at }: Acting,
): Promise<ImportReport> => {
  const { jurisdiction, mappingId, mode } = given;
  const { areaCode } = packOf(packs, jurisdiction);
  const mapping = await findMapping(db, jurisdiction, mappingId);
  if (!mapping) throw problem('importMappingUnknown');
  const file = read(given.bytes, mapping.mapping);
  const { entries, errors } = entriesOf(file, mapping.organisations, given.onlyOf);
  const fileHash = sha256(given.bytes);
  return db.transaction().execute(async (trx) => {
    await oneImportAtATime(trx, jurisdiction);
    const number = (await countImports(trx, jurisdiction)) + 1;
    const id = `${areaCode}-DR-${String(number).padStart(6, '0')}`;
    const outcomes = await outcomesOf(trx, entries, { id, jurisdiction, areaCode, at });
    const allErrors = [
      ...errors,
      ...outcomes.flatMap((one) => (one.kind === 'refused' ? [one.error] : [])),
    ].toSorted((one, other) => one.row - other.row);
    const refused = new Set(allErrors.map(({ row }) => row)).size;
    const applied = mode === 'keepGood' || refused === 0;
    const countOf = (kind: ImportOutcome['kind']) =>
      applied ? outcomes.filter((one) => one.kind === kind).length : 0;
    const counts = {
      created: countOf('created'),
      changed: countOf('changed'),
      unchanged: countOf('unchanged'),
      refused,
    };
    const report = { total: file.total, ...counts, errors: allErrors, ignoredColumns: file.ignoredColumns };
    if (!applied) return { id: null, applied, ...report };

    const written = outcomes.flatMap((one) => ('row' in one ? [one.row] : []));
    await writeResources(trx, written);
    await insertImportRun(trx, {
      ...{ id, jurisdiction, mapping_id: mappingId, mode, sha256: fileHash, total: file.total, ...counts },
      imported_by: actor.id,
      imported_at: at,
    });
    const { created: added, changed, unchanged } = counts;
    await record(trx, 'catalog', {
      ...{ key: id, type: 'resource.imported.v1' as const, subject: id, jurisdiction, at, actor },
      data: { import: id, fileHash, rows: file.total, added, changed, unchanged, refused },
      audit: { changed: written.filter(({ version }) => version > 1).map((row) => row.id) },
    });
    return { id, applied, ...report };
  });
};
