/** Handing an act to its workflow: exactly once, at once when Temporal answers, later when it does not. */
import {
  ApplicationFailure,
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { isProblemCode, type ProblemCode } from '@gongshu/shared/problems';
import { type Kysely, sql } from 'kysely';
import type { ApplicationTables, IntakeState, IntakeTable } from '../cases/tables.ts';
import type { Selectable } from 'kysely';
import { transact } from '../again.ts';
import { startRounds } from '../rounds.ts';
import { takeBack } from './take-back.ts';
import { isProcedureAct } from '../procedures/hand.ts';
import type { ProcedureTables } from '../procedures/tables.ts';

export type IntakeRow = Selectable<IntakeTable>;

/** How a row is handed over: starts the case's workflow, sends an update, or a signal. Written by who knows the workflows. */
export type Hand = (client: Client, row: IntakeRow) => Promise<unknown>;

/** `params`: what the refusal's sentence names, where the workflow said it just now. */
export type Delivery = {
  state: IntakeState;
  code: ProblemCode | null;
  params?: Readonly<Record<string, string | number>>;
};

export type DeliverDeps = {
  db: Kysely<ApplicationTables>;
  client: Client;
  hand: Hand;
  /** How long Temporal may take to answer before the row is left for later. */
  patienceMillis?: number;
};

const settle = (db: Kysely<ApplicationTables>, receipt: string, state: IntakeState, code: string | null) =>
  db
    .updateTable('intake')
    .set({ state, code, settled_at: sql`platform.law_now()` })
    .where('receipt', '=', receipt)
    .where('state', 'in', ['taken', 'parked'])
    .execute();

/** Refused, and with it taken back what was written beside the act. */
const settleRefused = (db: Kysely<ApplicationTables>, receipt: string, code: string): Promise<void> =>
  transact(db, async (trx) => {
    await settle(trx, receipt, 'refused', code);
    await takeBack(trx, receipt);
  });

/** Why a closed workflow took no act: what its turn, or its case, ended with; `undefined` where neither has ended. */
const whyEnded = async (db: Kysely<ApplicationTables>, row: IntakeRow): Promise<ProblemCode | undefined> => {
  if (isProcedureAct(row)) {
    const procedure = await (db as unknown as Kysely<ProcedureTables>)
      .selectFrom('procedure')
      .select('outcome')
      .where('case_no', '=', row.case_no)
      .executeTakeFirst();
    return procedure?.outcome ? 'alreadyDecided' : undefined;
  }
  const ended =
    row.turn_id === null
      ? await db
          .selectFrom('application')
          .select('outcome')
          .where('case_no', '=', row.case_no)
          .executeTakeFirst()
      : await db.selectFrom('turn').select('outcome').where('turn_id', '=', row.turn_id).executeTakeFirst();
  switch (ended?.outcome ?? 'open') {
    case 'open':
      return undefined;
    case 'withdrawn':
      return 'withdrawn';
    case 'deemedApproved':
    case 'deemedRefused':
    case 'lapsed':
      return row.turn_id === null ? 'alreadyDecided' : 'deadlinePassed';
    default:
      return 'alreadyDecided';
  }
};

/** What the refusal of an update says beside its code. */
const paramsOf = (error: unknown): Delivery['params'] | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const [params] = error.cause.details ?? [];
  return params !== null && typeof params === 'object' ? (params as Delivery['params']) : undefined;
};

/** The code a refusal carries; `undefined` where the fault is Temporal's or the way's, to be tried again. */
const refusalOf = async (db: Kysely<ApplicationTables>, row: IntakeRow, error: unknown) => {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type } = error.cause;
    return isProblemCode(type) ? type : undefined;
  }
  if (error instanceof WorkflowNotFoundError) return whyEnded(db, row);
  return undefined;
};

/** After so many tries that were no outage of Temporal's, a row is parked for a person to look at. */
export const maxAttempts = 8;

const isOutage = (error: unknown): boolean => {
  if (!(error instanceof Error) || error instanceof WorkflowNotFoundError) return false;
  const text = `${error.name} ${error.message} ${(error as { cause?: Error }).cause?.message ?? ''}`;
  return /RPCTimeout|UNAVAILABLE|DEADLINE_EXCEEDED|CANCELLED|ECONN|connect|Failed to/i.test(text);
};

/**
 * Delivers one row and says how it stands afterwards. Rows of the same case taken in before it go first. Safe to run
 * twice and side by side: the receipt is the update's id, and a row is settled once.
 */
export const deliver = async (deps: DeliverDeps, receipt: string): Promise<Delivery> => {
  const { db } = deps;
  const row = await db.selectFrom('intake').selectAll().where('receipt', '=', receipt).executeTakeFirst();
  if (!row) return { state: 'refused', code: null };
  if (row.state !== 'taken' && row.state !== 'parked')
    return { state: row.state, code: isProblemCode(row.code) ? row.code : null };
  const earlier = await db
    .selectFrom('intake')
    .select('receipt')
    .where('case_no', '=', row.case_no)
    .where('state', '=', 'taken')
    .where('seq', '<', row.seq)
    .orderBy('seq')
    .execute();
  for (const before of earlier) {
    const done = await handOver(deps, before.receipt);
    if (done.state === 'taken') return { state: 'taken', code: null };
  }
  return handOver(deps, receipt);
};

const handOver = async (
  { db, client, hand, patienceMillis = 8_000 }: DeliverDeps,
  receipt: string,
): Promise<Delivery> => {
  const row = await db
    .selectFrom('intake')
    .selectAll()
    .where('receipt', '=', receipt)
    .executeTakeFirstOrThrow();
  if (row.state !== 'taken' && row.state !== 'parked')
    return { state: row.state, code: isProblemCode(row.code) ? row.code : null };
  try {
    await client.withDeadline(Date.now() + patienceMillis, () => hand(client, row));
  } catch (error) {
    // Only a start throws it: an earlier try had got through.
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      await settle(db, receipt, 'delivered', null);
      return { state: 'delivered', code: null };
    }
    const code = await refusalOf(db, row, error);
    if (code) {
      await settleRefused(db, receipt, code);
      const params = paramsOf(error);
      return { state: 'refused', code, ...(params && { params }) };
    }
    await leave(db, row, error);
    return { state: row.state === 'parked' ? 'parked' : 'taken', code: null };
  }
  await settle(db, receipt, 'delivered', null);
  return { state: 'delivered', code: null };
};

/** Left for the deliverer: later each time; parked once it has failed too often for a reason that is no outage. */
const leave = async (db: Kysely<ApplicationTables>, row: IntakeRow, error: unknown): Promise<void> => {
  const outage = isOutage(error);
  const attempts = row.attempts + (outage ? 0 : 1);
  const park = attempts >= maxAttempts;
  const wait = Math.min(60, 2 ** Math.min(6, row.attempts + 1));
  await db
    .updateTable('intake')
    .set({
      attempts: sql`attempts + ${outage ? 0 : 1}`,
      next_try_at: sql`clock_timestamp() + ${`${wait} seconds`}::interval`,
      fault: error instanceof Error ? error.name : 'unknown',
      ...(park && { state: 'parked' as const }),
    })
    .where('receipt', '=', row.receipt)
    .where('state', '=', 'taken')
    .execute();
};

/** Delivers what was left over, every so often, until told to stop. */
export const startDeliverer = (
  deps: DeliverDeps,
  { everyMillis = 1_000, onError }: { everyMillis?: number; onError: (error: unknown) => void },
): (() => Promise<void>) => {
  const round = async (stopping: AbortSignal): Promise<void> => {
    const due = await deps.db
      .selectFrom('intake')
      .select('receipt')
      .where('state', '=', 'taken')
      .where('next_try_at', '<=', sql<Date>`clock_timestamp()`)
      // What a request is delivering just now is left to it.
      .where('taken_at', '<=', sql<Date>`clock_timestamp() - interval '2 seconds'`)
      .orderBy('seq')
      .limit(200)
      .execute();
    for (const { receipt } of due) if (!stopping.aborted) await deliver(deps, receipt);
  };
  return startRounds(round, { pauseMillis: everyMillis, pauseFirst: true, onError });
};
