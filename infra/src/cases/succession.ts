/** A body goes into another: its open turns and what it is still to review move, and every workflow is told (G1). */
import { type Kysely, sql, type Transaction } from 'kysely';
import { lawNow } from '../law-clock.ts';
import { intakeRow, lockCase, receiptFor } from '../intake/take.ts';
import type { ApplicationTables } from './tables.ts';

export type Moved = {
  jurisdiction: string;
  from: string;
  to: string;
  /** The bureau hears of escalations in every case, so every open case is told. */
  everyCase: boolean;
};

const openCasesOf = async (
  trx: Transaction<ApplicationTables>,
  { jurisdiction, from, everyCase }: Moved,
): Promise<string[]> => {
  const { rows } = await sql<{ case_no: string }>`
    select case_no
    from application
    where jurisdiction = ${jurisdiction}
      and outcome is null
      and (
        ${everyCase}::boolean
        or operator_organisation = ${from}
        or exists (
          select from application_resource
          where application_resource.case_no = application.case_no and reviewer_organisation = ${from}
        )
        or exists (
          select from turn
          where turn.case_no = application.case_no and organisation = ${from} and outcome = 'open'
        )
      )
    order by case_no`.execute(trx);
  return rows.map(({ case_no }) => case_no);
};

/**
 * Moves the open cases of a body to its successor inside the caller's transaction, and writes one intake row a case by
 * which its workflow is told, outage or not. Ended cases and turns stay whose they were. Run again, it finds nothing.
 * Cases are locked first, as an act is: silence that looks waits, and then finds whose turn it is. How many moved.
 */
export const moveOpenCases = async (trx: Transaction<ApplicationTables>, moved: Moved): Promise<number> =>
  moveCases(trx, await openCasesOf(trx, moved), moved);

/** The same for cases that are named: those of a mandate that passed to another operator. `by` tells moves apart. */
export const moveCases = async (
  trx: Transaction<ApplicationTables>,
  cases: readonly string[],
  { jurisdiction, from, to, by = '' }: Pick<Moved, 'jurisdiction' | 'from' | 'to'> & { by?: string },
): Promise<number> => {
  for (const caseNo of cases) await lockCase(trx, caseNo, 'intake');
  if (cases.length === 0) return 0;
  await trx
    .updateTable('application')
    .set((eb) => ({ operator_organisation: to, version: eb('version', '+', 1) }))
    .where('case_no', 'in', cases)
    .where('outcome', 'is', null)
    .where('operator_organisation', '=', from)
    .execute();
  await trx
    .updateTable('application_resource')
    .set({ reviewer_organisation: to })
    .where('case_no', 'in', cases)
    .where('reviewer_organisation', '=', from)
    .execute();
  await trx
    .updateTable('turn')
    .set({ organisation: to })
    .where('case_no', 'in', cases)
    .where('organisation', '=', from)
    .where('outcome', '=', 'open')
    .execute();
  await tell(trx, cases, { jurisdiction, from, to, by });
  return cases.length;
};

const tell = async (
  trx: Transaction<ApplicationTables>,
  cases: readonly string[],
  { jurisdiction, from, to, by }: Pick<Moved, 'jurisdiction' | 'from' | 'to'> & { by: string },
): Promise<void> => {
  const receivedAt = await lawNow(trx);
  await trx
    .insertInto('intake')
    .values(
      cases.map((caseNo) => {
        const receipt = receiptFor('succession', by === '' ? `${from} ${to}` : `${from} ${to} ${by}`, caseNo);
        const actor = { id: 'registry', role: 'system', organisation: null };
        const word = { act: 'bodySucceeded', jurisdiction, caseNo, turnId: null, workflowId: caseNo, actor };
        return intakeRow({ ...word, payload: { from, to } }, { receipt, receivedAt });
      }),
    )
    .onConflict((conflict) => conflict.column('receipt').doNothing())
    .execute();
};

/**
 * The body that another's work went to, at the end of the way; `null` for one that stands. `table` holds the bodies of
 * the service's schema with their `successor`.
 */
export const successorOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
  organisation: string,
): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`
    with recursive way (id, step) as (
      select successor, 1
      from ${sql.table(table)}
      where jurisdiction = ${jurisdiction} and id = ${organisation} and successor is not null
      union all
      select next.successor, step + 1
      from way
      join ${sql.table(table)} as next on next.jurisdiction = ${jurisdiction} and next.id = way.id
      where next.successor is not null and step < 50
    )
    select id
    from way
    order by step desc
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
};

/** The bodies whose work went to another, at any distance. */
export const predecessorsOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: the bodies stand in `body` or in `party`, by schema
  db: Kysely<any>,
  table: 'body' | 'party',
  jurisdiction: string,
  organisation: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive way (id) as (
      select id
      from ${sql.table(table)}
      where jurisdiction = ${jurisdiction} and successor = ${organisation}
      union
      select before.id
      from way
      join ${sql.table(table)} as before on before.jurisdiction = ${jurisdiction} and before.successor = way.id
    )
    select id from way`.execute(db);
  return rows.map(({ id }) => id);
};
