import { sha256 } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { parseCatalogCsv } from '@gongshu/shared/import/catalog-csv';
import { ColumnMapping } from '@gongshu/shared/import/mapping';
import { CatalogFileRefused } from '@gongshu/shared/import/reasons';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import type { z } from 'zod';
import {
  countImports,
  findMapping,
  insertImportRun,
  insertMapping,
  lockByKeys,
  oneImportAtATime,
  writeResources,
} from '../queries/resource-import.ts';
import type { ResourceRow } from '../queries/resource.ts';
import type { ResourceTables } from '../tables/resource.ts';
import {
  entryOfRow,
  type ImportedEntry,
  type ImportError,
  importOutcome,
  type ImportOutcome,
} from './resource-import-rows.ts';
import { type Acting, packOf, type ResourceDeps } from './resource-law.ts';

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
): Promise<{
  id: string;
  mapping: z.output<typeof ColumnMapping>;
  organisations: Record<string, string>;
}> => {
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

/** An error under the name that the file gives the column. */
const named = (error: ImportError, columns: Partial<Record<string, string>>): ImportError => {
  const [column] = [error.column, ...(error.column === 'provider' ? ['providerCode'] : [])].flatMap(
    (part) => columns[part] ?? [],
  );
  return { ...error, column: column ?? error.column };
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
  columns: FileRead['columns'],
  onlyOf: string | undefined,
): { entries: ImportedEntry[]; errors: ImportError[] } => {
  const known = new Map(Object.entries(organisations));
  const entries: ImportedEntry[] = [];
  const errors: ImportError[] = [...file.errors];
  for (const row of file.rows) {
    const organisation = known.get(row.providerCode) ?? row.providerCode;
    if (onlyOf !== undefined && organisation !== onlyOf) {
      errors.push(named(notYours(row.row, row.providerCode), columns));
      continue;
    }
    const read = entryOfRow(row, organisation);
    if ('entry' in read) entries.push(read.entry);
    else errors.push(named(read.error, columns));
  }
  return { entries, errors };
};

/** Entries to take in, read from a file, with what could not be read. */
type FileRead = {
  jurisdiction: string;
  mappingId: string;
  mode: ImportMode;
  fileHash: string;
  /** Names of the file's columns by part of an entry. */
  columns: Partial<Record<string, string>>;
  total: number;
  entries: readonly ImportedEntry[];
  errors: readonly ImportError[];
};

const countsOf = (outcomes: readonly ImportOutcome[], applied: boolean) => {
  const countOf = (kind: ImportOutcome['kind']) =>
    applied ? outcomes.filter((one) => one.kind === kind).length : 0;
  return { created: countOf('created'), changed: countOf('changed'), unchanged: countOf('unchanged') };
};

type Counts = ReturnType<typeof countsOf> & { total: number; refused: number };

/** The run, its event and its audit entry; entries changed that others may know already are named to the auditors. */
const recordRun = async (
  trx: Trx,
  id: string,
  { jurisdiction, mappingId: mapping_id, mode, fileHash }: FileRead,
  { total, created, changed, unchanged, refused }: Counts,
  written: readonly ResourceRow[],
  { actor, at }: Acting,
): Promise<void> => {
  await insertImportRun(trx, {
    ...{ id, jurisdiction, mapping_id, mode, sha256: fileHash, total, created, changed, unchanged, refused },
    imported_by: actor.id,
    imported_at: at,
  });
  await record(trx, 'catalog', {
    ...{ key: id, type: 'resource.imported.v1' as const, subject: id, jurisdiction, at, actor },
    data: { import: id, fileHash, rows: total, added: created, changed, unchanged, refused },
    audit: { changed: written.filter(({ version }) => version > 1).map((row) => row.id) },
  });
};

/**
 * Takes entries into the catalog in one transaction: they become `compiled`, none gets a grade that isn't stated, the
 * same entries again change nothing, also when two imports arrive at once. With `allOrNothing` one refusal leaves
 * everything as it was; with `keepGood` the good ones stay.
 */
export const takeIn = (
  { db, packs }: ResourceDeps,
  file: FileRead,
  acting: Acting,
): Promise<ImportReport> => {
  const { jurisdiction, mode, total } = file;
  const { areaCode } = packOf(packs, jurisdiction);
  return db.transaction().execute(async (trx) => {
    await oneImportAtATime(trx, jurisdiction);
    const number = (await countImports(trx, jurisdiction)) + 1;
    const id = `${areaCode}-DR-${String(number).padStart(6, '0')}`;
    const outcomes = await outcomesOf(trx, file.entries, { id, jurisdiction, areaCode, at: acting.at });
    const refusals = outcomes.flatMap((one) =>
      one.kind === 'refused' ? [named(one.error, file.columns)] : [],
    );
    const errors = [...file.errors, ...refusals].toSorted((one, other) => one.row - other.row);
    const refused = new Set(errors.map(({ row }) => row)).size;
    const applied = mode === 'keepGood' || refused === 0;
    const counts = { total, ...countsOf(outcomes, applied), refused };
    if (!applied) return { id: null, applied, ...counts, errors, ignoredColumns: [] };
    const written = outcomes.flatMap((one) => ('row' in one ? [one.row] : []));
    await writeResources(trx, written);
    await recordRun(trx, id, file, counts, written, acting);
    return { id, applied, ...counts, errors, ignoredColumns: [] };
  });
};

/**
 * Takes a department's file into the catalog by a column mapping; see `takeIn`. `onlyOf`: the one body whose entries the
 * actor may bring, other rows are refused. Throws `importMappingUnknown`, `importUnreadable`.
 */
export const importResources = async (
  deps: ResourceDeps,
  given: {
    jurisdiction: string;
    mappingId: string;
    mode: ImportMode;
    bytes: Uint8Array;
    onlyOf: string | undefined;
  },
  acting: Acting,
): Promise<ImportReport> => {
  const { jurisdiction, mappingId, mode, bytes, onlyOf } = given;
  const mapping = await findMapping(deps.db, jurisdiction, mappingId);
  if (!mapping) throw problem('importMappingUnknown');
  const file = read(bytes, mapping.mapping);
  const { columns } = mapping.mapping;
  const intake = {
    ...{ jurisdiction, mappingId, mode, fileHash: sha256(bytes), total: file.total },
    columns,
    ...entriesOf(file, mapping.organisations, columns, onlyOf),
  };
  return { ...(await takeIn(deps, intake, acting)), ignoredColumns: file.ignoredColumns };
};
