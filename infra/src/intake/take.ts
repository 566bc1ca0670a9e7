/** Taking in an act: durable before the workflow hears of it, stamped by the database's clock. */
import { createHash, randomUUID } from 'node:crypto';
import type { ServiceName } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { transact } from '../again.ts';
import type { ApplicationTables, IntakeText } from '../cases/tables.ts';
import { keptDays } from '../http/idempotency.ts';
import { tellReceipt, tellReceiptGiven } from './receipts.ts';

/** What is taken in: ids and codes in `payload`, words in `text`. */
export type IntakeAct = {
  act: string;
  jurisdiction: string;
  caseNo: string;
  turnId: string | null;
  workflowId: string;
  payload: Record<string, unknown>;
  text?: IntakeText;
  actor: { id: string; role: string; organisation: string | null };
};

export type Taken = { receipt: string; receivedAt: Date };

/**
 * The receipt of an act by the caller's key: the same request sent again after a crash finds its own row. It is the
 * update's id too, so that Temporal gives the same answer even after the case closed.
 */
export const receiptFor = (actorId: string, key: string, path: string): string => {
  const hex = createHash('sha256')
    .update(JSON.stringify([actorId, key, path]))
    .digest('hex');
  return `SJ-${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}`;
};

/** Silence waits this long after a deadline, in real time; an intake that takes half of it is rolled back. */
export const graceMillis = (env: NodeJS.ProcessEnv = process.env): number => {
  const millis = Number(env['GONGSHU_GRACE_MILLIS'] ?? 4_000);
  return Number.isFinite(millis) && millis >= 100 ? millis : 4_000;
};

/**
 * The lock between intake and silence on one case: an intake holds it shared from before its stamp is given until
 * its commit is done; silence takes it whole before it looks. So no act stamped before the deadline can appear after
 * the last look, however long its commit took.
 */
export const lockCase = (trx: Transaction<ApplicationTables>, caseNo: string, mode: 'intake' | 'silence') =>
  mode === 'intake'
    ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${`intake:${caseNo}`}, 0))`.execute(trx)
    : sql`select pg_advisory_xact_lock(hashtextextended(${`intake:${caseNo}`}, 0))`.execute(trx);

/**
 * Writes the act's row, and whatever `also` writes with it, in one transaction; of a receipt that begins a case number
 * and hash are told with it. `service`: whose receipt a person is given for an act on a running case; number and hash
 * are told once the act is taken in. Throws `intakeTooSlow` (503) without
 * a receipt when the commit would come later than half the grace before silence, `idempotencyKeyReused` (422) for a key
 * whose act was taken in so long ago that its answer is forgotten.
 */
export const takeIn = async (
  db: Kysely<ApplicationTables>,
  /** The case whose silence must wait for this act; `null` for one that begins with it. */
  caseNo: string | null,
  make: (trx: Transaction<ApplicationTables>, taken: Taken) => Promise<IntakeAct>,
  { service, ...options }: { receipt?: string; limitMillis?: number; service?: ServiceName } = {},
): Promise<Taken & { caseNo: string }> => {
  const taken = await transact(db, (trx) => takeWithin(trx, caseNo, make, options));
  if (service !== undefined && caseNo !== null) await tellReceiptGiven(db, service, taken.receipt);
  return taken;
};

/** An act as its row, waiting to be delivered. */
export const intakeRow = (
  { act, jurisdiction, caseNo, turnId, workflowId, payload, actor }: Omit<IntakeAct, 'text'>,
  { receipt, receivedAt }: Taken,
) => ({
  ...{ receipt, act, jurisdiction },
  case_no: caseNo,
  turn_id: turnId,
  workflow_id: workflowId,
  payload: JSON.stringify(payload) as never,
  actor_id: actor.id,
  actor_role: actor.role,
  actor_organisation: actor.organisation,
  received_at: receivedAt,
  ...{ code: null, settled_at: null, fault: null, settled_by: null },
});

/**
 * Writes a word to a workflow beside the change it tells of, as of the change's own instant; no silence waits for it.
 * Answers with its receipt, to be delivered after the commit, or by the deliverer within seconds.
 */
export const tellWorkflow = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Transaction<any>,
  word: Omit<IntakeAct, 'text' | 'turnId'>,
  receivedAt: Date,
): Promise<string> => {
  const receipt = `SJ-${randomUUID()}`;
  await trx
    .insertInto('intake')
    .values(intakeRow({ ...word, turnId: null }, { receipt, receivedAt }))
    .execute();
  return receipt;
};

/** The same inside the caller's transaction, near its end: the act is stamped here, and commits with the rest. */
export const takeWithin = async (
  trx: Transaction<ApplicationTables>,
  caseNo: string | null,
  make: (trx: Transaction<ApplicationTables>, taken: Taken) => Promise<IntakeAct>,
  {
    receipt = `SJ-${randomUUID()}`,
    limitMillis = graceMillis() / 2,
  }: { receipt?: string; limitMillis?: number } = {},
): Promise<Taken & { caseNo: string }> => {
  if (caseNo !== null) await lockCase(trx, caseNo, 'intake');
  const { rows } = await sql<{ law: Date; real: Date }>`
      select platform.law_now() as law, clock_timestamp() as real`.execute(trx);
  const [now] = rows;
  if (!now) throw new Error('the database gave no time');
  const before = await trx
    .selectFrom('intake')
    .select(['received_at', 'case_no', 'taken_at'])
    .where('receipt', '=', receipt)
    .executeTakeFirst();
  // Its answer is forgotten by now, and with it what was asked: it may well be another act.
  if (before && now.real.getTime() - before.taken_at.getTime() > keptDays * 86_400_000)
    throw problem('idempotencyKeyReused');
  if (before) return { receipt, receivedAt: before.received_at, caseNo: before.case_no };
  const taken: Taken = { receipt, receivedAt: now.law };
  const act = await make(trx, taken);
  await trx
    .insertInto('intake')
    .values({ ...intakeRow(act, taken), taken_at: now.real })
    .execute();
  if (act.text)
    await trx
      .insertInto('intake_text')
      .values({ receipt, body: JSON.stringify(act.text) as never })
      .execute();
  if (caseNo === null)
    await tellReceipt(
      trx,
      { ...taken, jurisdiction: act.jurisdiction, act: act.act, caseNo: act.caseNo },
      act.payload,
      act.actor,
    );
  const { rows: late } = await sql<{ late: boolean }>`
      select clock_timestamp() - ${now.real}::timestamptz > ${`${limitMillis} milliseconds`}::interval as late`.execute(
    trx,
  );
  if (late[0]?.late) throw problem('intakeTooSlow');
  return { ...taken, caseNo: act.caseNo };
};
