import type { ApplicationTables, IntakeTable } from './tables.ts';
import { receiptHash } from '../intake/receipts.ts';
import { takeBack } from '../intake/take-back.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import { record } from '../record.ts';
import type { ServiceName } from '@gongshu/shared/events/define';
import { type Lifecycle, lifecycles } from '@gongshu/shared/lifecycle';
import { problem } from '@gongshu/shared/problems';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { instant, instantOrNull } from './view-time.ts';
import { type IntakeItem, type ReceiptView, refusalTexts } from './view-intake.ts';
import type { ApplicationReader } from './visible.ts';

export type IntakeRow = Selectable<IntakeTable>;

export const findIntake = (db: ApplicationReader, receipt: string): Promise<IntakeRow | undefined> =>
  db.selectFrom('intake').selectAll().where('receipt', '=', receipt).executeTakeFirst();

const actView = (row: IntakeRow) => ({
  receipt: row.receipt,
  act: row.act,
  caseNo: row.case_no,
  turn: row.turn_id,
  receivedAt: instant(row.received_at),
  hash: receiptHash({ ...row, caseNo: row.case_no, receivedAt: row.received_at }),
  state: row.state,
});

/** A receipt as it stands; a refusal with its words, the deadline of the turn among them. */
export const receiptView = async (db: ApplicationReader, row: IntakeRow): Promise<ReceiptView> => {
  const turn =
    row.state === 'refused' && row.turn_id !== null
      ? await db.selectFrom('turn').select('deadline').where('turn_id', '=', row.turn_id).executeTakeFirst()
      : undefined;
  return {
    ...actView(row),
    settledAt: instantOrNull(row.settled_at),
    code: row.code,
    problem: row.state === 'refused' ? refusalTexts(row.code, turn?.deadline ?? null) : null,
  };
};

/** Acts of a city in one state, in the order they were taken in, after `after`; at most `limit`. */
export const listIntake = async (
  db: ApplicationReader,
  { jurisdiction, state }: { jurisdiction: string; state: 'parked' | 'taken' },
  { after, limit }: { after: number | undefined; limit: number },
): Promise<IntakeRow[]> => {
  let query = db
    .selectFrom('intake')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('state', '=', state);
  if (after !== undefined) query = query.where('seq', '>', after);
  return query.orderBy('seq').limit(limit).execute();
};

export const intakeItem = (row: IntakeRow): IntakeItem => ({
  ...actView(row),
  actor: { id: row.actor_id, role: row.actor_role, organisation: row.actor_organisation },
  attempts: row.attempts,
  fault: row.fault,
});

/** A turn's case, or a procedure's. */
const caseOf = async (
  trx: Transaction<ApplicationTables>,
  caseNo: string,
): Promise<{ name: Lifecycle | ProcedureKind; service: ServiceName; packVersion: string }> => {
  const application = await trx
    .selectFrom('application')
    .select(['pack_version', 'lifecycle'])
    .where('case_no', '=', caseNo)
    .executeTakeFirst();
  if (application) {
    const { lifecycle, pack_version: packVersion } = application;
    return { name: lifecycle, service: lifecycles[lifecycle].service, packVersion };
  }
  const { kind, pack_version: packVersion } = await (trx as unknown as Transaction<ProcedureTables>)
    .selectFrom('procedure')
    .select(['kind', 'pack_version'])
    .where('case_no', '=', caseNo)
    .executeTakeFirstOrThrow();
  return { name: kind, service: procedures[kind].service, packVersion };
};

/**
 * Strikes a parked act out, once: it will reach no workflow, silence waits for it no longer. Throws `intakeSettled`
 * (409) when it is not parked (any more).
 */
export const strikeOut = async (
  db: Kysely<ApplicationTables>,
  receipt: string,
  {
    actor,
    at,
    reason,
  }: {
    actor: { id: string; role: string; organisation: string | null };
    at: Date;
    reason: string;
  },
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const struck = await trx
      .updateTable('intake')
      .set({ state: 'struckOut', settled_by: actor.id, settled_at: at })
      .where('receipt', '=', receipt)
      .where('state', '=', 'parked')
      .returning(['act', 'case_no', 'jurisdiction'])
      .executeTakeFirst();
    if (!struck) throw problem('intakeSettled');
    const words = JSON.stringify({ strikeReason: reason });
    await sql`
      insert into intake_text as text (receipt, body)
      values (${receipt}, ${words}::jsonb)
      on conflict (receipt) do update
      set body = text.body || excluded.body`.execute(trx);
    await takeBack(trx, receipt);
    const of = await caseOf(trx, struck.case_no);
    await record(trx, of.service, {
      key: `${receipt}/struckOut`,
      type: `${of.name}.actStruckOut.v1`,
      subject: struck.case_no,
      jurisdiction: struck.jurisdiction,
      at,
      actor,
      data: { caseNo: struck.case_no, packVersion: of.packVersion, receipt, act: struck.act },
    });
  });
