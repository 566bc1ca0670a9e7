/** Whose the documents of a procedure are: the bodies that take part in it read them, beside bureau and auditor (design 5). */
import type { Kysely } from 'kysely';
import type { ObjectOf } from '../documents/readable.ts';
import type { ProcedureTables } from './tables.ts';
import { handlersOf } from './view.ts';

export const procedureObject =
  (db: Kysely<ProcedureTables>): ObjectOf =>
  async (caseNo) => {
    const row = await db
      .selectFrom('procedure')
      .select('jurisdiction')
      .where('case_no', '=', caseNo)
      .executeTakeFirst();
    return row && { jurisdiction: row.jurisdiction, handlers: await handlersOf(db, caseNo) };
  };
