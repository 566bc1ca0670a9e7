import { type Kysely, sql, type Transaction } from 'kysely';
import type { DocumentTables } from '../documents/tables.ts';
import type { ApplicationTables } from '../cases/tables.ts';
import type { ProcedureTables } from '../procedures/tables.ts';

/** The receipt of a row that is written again: by two acts it stands for good, and is taken back with neither. */
export const receiptBeside = (table: 'document_link' | 'procedure_body') =>
  sql<string | null>`case when ${sql.ref(`${table}.receipt`)} = excluded.receipt then excluded.receipt end`;

/**
 * A refused act changes nothing: what was filed with it is filed no more, and who was to take part by it does not. The
 * uploads stay their body's own.
 */
export const takeBack = async (trx: Transaction<ApplicationTables>, receipt: string): Promise<void> => {
  const db = trx as unknown as Kysely<DocumentTables & ProcedureTables>;
  await db.deleteFrom('document_link').where('receipt', '=', receipt).execute();
  await db.deleteFrom('procedure_body').where('receipt', '=', receipt).execute();
};
