import {
  DuckDBDataChunk,
  VARCHAR,
  BIGINT,
  type DuckDBAppender,
  type DuckDBConnection,
} from '@duckdb/node-api';
import { Refused } from '../../refused.ts';
import type { LoadedSheet, OpenOptions, ReadLimits } from '../../table.ts';
import { uniqueNames } from '../names.ts';
import { mustTellNobodyBeside } from './beside.ts';
import { readLinks } from './links.ts';
import { Members } from './members.ts';
import { readSharedTexts } from './shared-strings.ts';
import { readSheet, type SheetRow } from './sheet.ts';
import { readWorkbook } from './workbook.ts';

const chunkRows = 2_048;

/** Gathers the rows of one sheet under its first one, the header, into a table. */
class SheetTable {
  readonly columns: LoadedSheet['columns'] = [];
  rows = 0;

  private readonly sheet: string;
  private readonly table: string;
  private readonly connection: DuckDBConnection;
  private readonly limits: ReadLimits;
  /** Its row in the sheet. */
  header = 0;
  private appender: DuckDBAppender | undefined;
  private waiting: SheetRow['cells'][] = [];
  private written = 0;

  constructor(connection: DuckDBConnection, table: string, sheet: string, limits: ReadLimits) {
    this.connection = connection;
    this.table = table;
    this.sheet = sheet;
    this.limits = limits;
  }

  /** @throws Refused unevenRows where a row reaches beyond the header; tooLarge. */
  take(row: SheetRow): void {
    if (this.header === 0) {
      this.header = row.row;
      for (const [index, name] of uniqueNames(row.cells.map((cell) => cell ?? '')).entries())
        this.columns.push({ name, column: `c${index}` });
      return;
    }
    const at = { row: row.row - this.header, sheet: this.sheet };
    if (row.cells.length > this.columns.length)
      throw new Refused(
        'unevenRows',
        `${row.cells.length} cells where the header has ${this.columns.length}`,
        at,
      );
    if (at.row > this.limits.rows) throw new Refused('tooLarge', `more than ${this.limits.rows} rows`, at);
    for (this.rows += 1; this.rows < at.row; this.rows += 1) this.waiting.push([]);
    this.waiting.push(row.cells);
  }

  async write(last = false): Promise<void> {
    if (this.columns.length === 0) return;
    const types = this.columns.map(({ column }) => `${column} varchar`);
    if (!this.appender) {
      await this.connection.run(`create table ${this.table} (r bigint, ${types.join(', ')})`);
      this.appender = await this.connection.createAppender(this.table);
    }
    while (this.waiting.length >= chunkRows || (last && this.waiting.length > 0))
      this.append(this.waiting.splice(0, chunkRows));
    if (last) {
      this.appender.flushSync();
      this.appender.closeSync();
    }
  }

  private append(rows: SheetRow['cells'][]): void {
    const chunk = DuckDBDataChunk.create([BIGINT, ...this.columns.map(() => VARCHAR)], rows.length);
    chunk.setColumnValues(
      0,
      rows.map((_, index) => BigInt(this.written + index + 1)),
    );
    for (const index of this.columns.keys())
      chunk.setColumnValues(
        index + 1,
        rows.map((cells) => cells[index] ?? null),
      );
    this.appender?.appendDataChunk(chunk);
    this.written += rows.length;
  }
}

/**
 * Takes every sheet of a workbook into DuckDB, hidden ones too. A row's number is its place below the header, empty
 * rows between counted; the header is the first row that holds anything. Sheets without cells give no table.
 * @throws Refused as Members, readWorkbook, readSheet say; empty where no sheet holds a cell.
 */
export const loadXlsx = async (
  connection: DuckDBConnection,
  path: string,
  size: number,
  limits: ReadLimits,
  options: OpenOptions,
): Promise<LoadedSheet[]> => {
  const members = await Members.open(path, size, limits, options);
  try {
    await mustTellNobodyBeside(members);
    const workbook = await readWorkbook(members, limits);
    const texts = await readSharedTexts(members, limits);
    const loaded: LoadedSheet[] = [];
    for (const [index, sheet] of workbook.sheets.entries()) {
      const table = `sheet_${index}`;
      const into = new SheetTable(connection, table, sheet.name, limits);
      const links = await readSheet(
        members,
        sheet,
        workbook,
        texts,
        limits,
        (row) => into.take(row),
        () => into.write(),
      );
      await into.write(true);
      if (into.columns.length === 0) continue;
      const read = { sheet: sheet.name, table, columns: into.columns, rows: into.rows };
      await readLinks(connection, read, into.header, links);
      loaded.push(read);
    }
    if (loaded.length === 0) throw new Refused('empty', 'a workbook without cells');
    return loaded;
  } finally {
    members.close();
  }
};
