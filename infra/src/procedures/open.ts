/** Opening a procedure: its number, its row and the act that starts its workflow, in one transaction. */
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { whyNoNewCase } from '@gongshu/shared/packs/pack';
import { type ProcedureKind, procedureNo, procedures } from '@gongshu/shared/procedure/kinds';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import type { z } from 'zod';
import type { IntakeText } from '../cases/tables.ts';
import { nextNumber } from '../cases/number.ts';
import type { Receipt } from '../cases/acting.ts';
import { receiptHash } from '../intake/receipts.ts';
import { receiptFor, type Taken, takeIn, takeWithin } from '../intake/take.ts';
import { openingAct } from './hand.ts';
import type { ProcedureDeps } from './deps.ts';
import type { ProcedureTables } from './tables.ts';

export type Opening<R, F> = {
  kind: ProcedureKind;
  pack: ResolvedPack;
  authority: string;
  rules: R;
  /** What the machine must know of its beginning; asked inside the transaction, so that it may look and refuse. */
  facts: (trx: Transaction<ProcedureTables>, taken: Taken & { caseNo: string }) => Promise<F>;
  by: { id: string; role: string; organisation: string | null };
  text?: IntakeText;
  calendarVersion: string;
  lawNow: Date;
};

const make = async <R, F>(
  trx: Transaction<ProcedureTables>,
  { kind, pack, authority, rules, facts, by, calendarVersion }: Opening<R, F>,
  { receipt, receivedAt }: Taken,
): Promise<ProcedureStart<R, F>> => {
  const { jurisdiction } = pack;
  const year = yearOf(businessDateOf(receivedAt.getTime()));
  const { series } = procedures[kind];
  const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series });
  const caseNo = procedureNo(kind, pack.areaCode, year, number);
  // The row first: what the facts write beside it refers to it.
  await trx
    .insertInto('procedure')
    .values({
      ...{ case_no: caseNo, kind, jurisdiction, authority, calendar_version: calendarVersion },
      pack_version: pack.version,
      start: JSON.stringify({}) as never,
      stage: 'opened',
      outcome: null,
      state: JSON.stringify({}) as never,
      ...{ wake_at: null, wake_key: null, opened_by: by.id, opened_at: receivedAt, ended_at: null },
    })
    .execute();
  const start: ProcedureStart<R, F> = {
    ...{ procedure: kind, caseNo, jurisdiction, authority, rules, receipt },
    jurisdictionTitle: pack.title,
    packVersion: pack.version,
    facts: await facts(trx, { receipt, receivedAt, caseNo }),
    startedAt: receivedAt.getTime(),
    by: { account: by.id, organisation: by.organisation, role: by.role },
  };
  await trx
    .updateTable('procedure')
    .set({ start: JSON.stringify(start) as never })
    .where('case_no', '=', caseNo)
    .execute();
  return start;
};

/** Throws `policyNotYetInForce`, `policyExpired` (409): no case is opened under a pack that is not in force. */
export const mustBeInForce = (pack: ResolvedPack, lawNow: Date): void => {
  const closed = whyNoNewCase(pack, businessDateOf(lawNow.getTime()));
  if (closed) throw problem(closed, { params: { from: pack.from ?? '', until: pack.until ?? '' } });
};

const actOf = <R, F>(opening: Opening<R, F>, start: ProcedureStart<R, F>) => ({
  act: openingAct,
  jurisdiction: start.jurisdiction,
  caseNo: start.caseNo,
  turnId: null,
  workflowId: start.caseNo,
  payload: { start },
  actor: opening.by,
  ...(opening.text && { text: opening.text }),
});

/** Takes the opening in. The same receipt again finds its own case. */
export const openProcedure = <R, F>(
  db: Kysely<ProcedureTables>,
  opening: Opening<R, F>,
  receipt: string,
): Promise<Taken & { caseNo: string }> => {
  mustBeInForce(opening.pack, opening.lawNow);
  return takeIn(
    db as never,
    null,
    async (trx, taken) =>
      actOf(opening, await make(trx as unknown as Transaction<ProcedureTables>, opening, taken)),
    { receipt },
  );
};

/** The same inside a transaction that has already changed something: a failed evaluation opens a new selection. */
export const openProcedureWithin = <R, F>(
  trx: Transaction<ProcedureTables>,
  opening: Opening<R, F>,
  receipt: string,
): Promise<Taken & { caseNo: string }> =>
  takeWithin(trx as never, null, async (_trx, taken) => actOf(opening, await make(trx, opening, taken)), {
    receipt,
  });

/** Waits, two seconds at most, until the case's first entries stand: who opened it reads it as it began. */
export const begun = async (db: Kysely<ProcedureTables>, caseNo: string): Promise<void> => {
  const end = performance.now() + 2_000;
  while (performance.now() < end) {
    const row = await db
      .selectFrom('procedure')
      .select('entries')
      .where('case_no', '=', caseNo)
      .executeTakeFirst();
    if (!row || row.entries > 0) return;
    await new Promise((go) => setTimeout(go, 30));
  }
};

/** Opens for the actor of a request and answers with the receipt: 201, or 202 while Temporal is away. */
export const answerOpening = async <R, F>(
  { db, deliver, calendarVersion }: ProcedureDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  opening: Omit<Opening<R, F>, 'by' | 'calendarVersion' | 'lawNow'> & { role: string },
): Promise<z.output<typeof Receipt>> => {
  const { id, organisation, jurisdiction } = request.actor;
  const taken = await openProcedure(
    db,
    {
      ...opening,
      by: { id, organisation, role: opening.role },
      calendarVersion: await calendarVersion(jurisdiction),
      lawNow: await request.lawNow(),
    },
    receiptFor(id, request.idempotencyKey, request.url),
  );
  const { state } = await deliver(taken.receipt);
  if (state === 'delivered') await begun(db, taken.caseNo);
  void reply
    .code(state === 'delivered' ? 201 : 202)
    .header('location', `${procedures[opening.kind].path}/${taken.caseNo}`);
  return {
    ...{ receipt: taken.receipt, act: openingAct, caseNo: taken.caseNo, turn: null, state },
    receivedAt: toInstantText(taken.receivedAt.getTime()),
    hash: receiptHash({ ...taken, jurisdiction: opening.pack.jurisdiction, act: openingAct }),
  };
};
