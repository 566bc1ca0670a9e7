/**
 * What the evidence engine says of one file (E1): where something was found and what kind it is, never the value itself.
 * The same file under the same pack and engine gives the same report, byte for byte in canonical JSON.
 */
import { z } from 'zod';

/** Direct identifiers the engine knows, each by a standard's form and checksum where it has one. */
export const identifierTypes = [
  'residentId',
  'uscc',
  'mobile',
  'landline',
  'bankCard',
  'passport',
  'plate',
  'email',
  'address',
  'coordinates',
  'name',
] as const;
export const IdentifierType = z.enum(identifierTypes);
export type IdentifierType = z.infer<typeof IdentifierType>;

export const scanVerdicts = ['clean', 'findings', 'refused'] as const;

/** Why a file is not judged: whoever cannot read a file whole must not call it clean. */
export const refusalReasons = [
  'empty',
  'tooLarge',
  'archive',
  'encrypted',
  'truncated',
  'unknownFormat',
  'mixedEncodings',
  'unevenRows',
  'tooManyColumns',
  'cellTooLong',
  'malformed',
  'columnMissing',
  'fingerprintUnusable',
  'outOfMemory',
  'timedOut',
  'stopped',
] as const;
export const RefusalReason = z.enum(refusalReasons);
export type RefusalReason = z.infer<typeof RefusalReason>;

const Row = z.int().min(1).describe('From 1, without the header');
const Column = z.string();
const Sheet = z.string().nullable().describe('Of a workbook');

/** One identifier at one place. `path` is a JSON pointer where the cell holds JSON. */
export const Finding = z.strictObject({
  row: Row,
  column: Column,
  sheet: Sheet,
  path: z.string().nullable(),
  type: IdentifierType,
  detector: z.string().describe('Which rule of the engine found it'),
});
export type Finding = z.infer<typeof Finding>;

/** How far a set of quasi-identifiers singles people out. Null where no sensitive field was named. */
export const GroupFinding = z.strictObject({
  qi: z.array(Column).min(1),
  sensitive: Column.nullable(),
  searched: z.boolean().describe('Found by the search, not declared'),
  sheet: Sheet,
  k: z.int().min(0),
  l: z.int().min(0).nullable(),
  t: z.number().min(0).max(1).nullable(),
  singledOut: z.int().min(0).describe('Rows whose combination is theirs alone'),
  singledOutRows: z.array(Row).describe('The first of them, in order'),
});
export type GroupFinding = z.infer<typeof GroupFinding>;

/** A cell of a table of aggregates through which a contributor shows. */
export const AggregateFinding = z.strictObject({
  sheet: Sheet,
  row: Row,
  column: Column,
  rule: z
    .enum(['minimumCell', 'dominance', 'pRatio', 'zero', 'recoverable'])
    .describe('recoverable: an empty cell that follows from the others of its row group and their total'),
});
export type AggregateFinding = z.infer<typeof AggregateFinding>;

/** How much of a source a product reproduces. `fields` are the product's columns that together did. */
export const RawFinding = z.strictObject({
  source: z.string(),
  sheet: Sheet,
  fields: z.array(Column),
  shareOfProduct: z.number().min(0).max(1),
  rows: z.int().min(0).describe("The product's rows that do"),
  lawfullyPublic: z.boolean().describe('Counted and shown, not held against the product'),
});
export type RawFinding = z.infer<typeof RawFinding>;

/** What two releases tell together that neither tells alone: a difference of fewer rows than k. */
export const DifferenceFinding = z.strictObject({
  against: z.string().describe('The version released before'),
  sheet: Sheet,
  fields: z.array(Column),
  appeared: z.int().min(0),
  disappeared: z.int().min(0),
});
export type DifferenceFinding = z.infer<typeof DifferenceFinding>;

/**
 * How the columns stand to the fields that were declared. `column` is null where the name itself tells of somebody or is
 * overlong: the place tells which.
 */
export const ColumnsFound = z.strictObject({
  undeclared: z
    .array(
      z.strictObject({
        sheet: Sheet,
        number: z.int().min(1).describe('Of the column, from 1'),
        column: Column.nullable(),
      }),
    )
    .describe('Columns of each sheet that no declared field names; at most `columnsKept`'),
  missing: z
    .array(z.strictObject({ pointer: z.string(), column: Column.nullable() }))
    .describe('Declared fields that stand in no sheet, by their place in the declaration'),
});
export type ColumnsFound = z.infer<typeof ColumnsFound>;

export const ScanReport = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  bytes: z.int().min(0),
  format: z.enum(['csv', 'parquet', 'jsonLines', 'xlsx']).nullable(),
  encoding: z.enum(['utf-8', 'gb18030']).nullable(),
  rows: z.int().min(0),
  verdict: z.enum(scanVerdicts),
  reason: RefusalReason.nullable(),
  /** In the order of sheet, row, column, type; at most `findingsKept`, their whole number in `counts`. */
  findings: z.array(Finding),
  counts: z.array(
    z.strictObject({ sheet: Sheet, column: Column, type: IdentifierType, rows: z.int().min(1) }),
  ),
  groups: z.array(GroupFinding),
  aggregates: z.array(AggregateFinding),
  raw: z.array(RawFinding),
  differences: z.array(DifferenceFinding),
  columns: ColumnsFound.optional().describe('Where fields were declared and the file could be read'),
  engine: z.string().describe('Version of the engine'),
  pack: z.strictObject({ jurisdiction: z.string(), version: z.string() }),
});
export type ScanReport = z.infer<typeof ScanReport>;

/** Findings a report lists; beyond that it counts. */
export const findingsKept = 100_000;
/** Undeclared columns a report lists. */
export const columnsKept = 1_000;
/** Singled-out rows a group lists. */
export const singledOutKept = 1_000;
