/** Whose the documents of a procedure are: the bodies that take part in it read them, beside bureau and auditor (design 5). */
import type { Kysely } from 'kysely';
import type { ObjectOf } from '../documents/readable.ts';
import { standsFor } from './reader.ts';
import type { ProcedureTables } from './tables.ts';
import { handlersOf } from './view.ts';

/** Of a complaint each body that takes part reads what it filed itself: the rest may show who complained (S4). */
export const procedureObject =
  (db: Kysely<ProcedureTables>): ObjectOf =>
  async (caseNo, _actor, filedBy) => {
    const row = await db
      .selectFrom('procedure')
      .select(['jurisdiction', 'kind'])
      .where('case_no', '=', caseNo)
      .executeTakeFirst();
    if (!row) return undefined;
    const { jurisdiction, kind } = row;
    const bodies = await handlersOf(db, caseNo);
    if (kind !== 'complaint') return { jurisdiction, handlers: bodies };
    const replaced = await db
      .selectFrom('procedure_entry')
      .select(['kind', 'data'])
      .where('case_no', '=', caseNo)
      .where('kind', '=', 'bodyReplaced')
      .orderBy('position')
      .execute();
    return { jurisdiction, handlers: bodies.filter((body) => standsFor(body, replaced).has(filedBy)) };
  };
