/** Acting on a running procedure: who may, taken in with its words and documents, handed on, answered with the receipt. */
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { type ArticleRef, problem, type ProblemCode, problemTable } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Selectable, Transaction } from 'kysely';
import type { z } from 'zod';
import type { Receipt } from '../cases/acting.ts';
import type { IntakeText } from '../cases/tables.ts';
import { type Cited, linkDocument, mustAllBeStored } from '../documents/cite.ts';
import { receiptHash } from '../intake/receipts.ts';
import { receiptFor, type Taken, takeIn } from '../intake/take.ts';
import type { ProcedureDeps } from './deps.ts';
import type { ProcedureTable, ProcedureTables } from './tables.ts';

export type ProcedureRow = Selectable<ProcedureTable>;

/** The case of the address. Throws `notFound` for none, another kind's or another city's. */
export const procedureFor = async (
  { db }: Pick<ProcedureDeps, 'db'>,
  request: FastifyRequest,
  kind: ProcedureKind,
  caseNo: string,
): Promise<ProcedureRow> => {
  const row = await db
    .selectFrom('procedure')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('kind', '=', kind)
    .where('jurisdiction', '=', request.actor.jurisdiction)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

/** A document an act names, and as what it is filed with the case. */
export type Filed = Cited & { role: string; title?: string };

export type ActOnProcedure = {
  row: ProcedureRow;
  permission: Act;
  object?: ActObject;
  /** As the machine takes it, without instant, receipt and actor: ids, codes, hashes, dates and numbers only. */
  act: { kind: string };
  text?: IntakeText | undefined;
  documents?: readonly Filed[];
  /** What a refusal of the machine rests on. */
  article?: ArticleRef | undefined;
  /** What refusals with a rule of their own rest on, by their codes. */
  articles?: Partial<Record<ProblemCode, ArticleRef | undefined>> | undefined;
  /** Where in the request stands what refusals are about, by their codes: JSON pointers. */
  pointers?: Partial<Record<ProblemCode, string>>;
  /** Written with the act's row, all or none; what it throws refuses the act. */
  also?: (trx: Transaction<ProcedureTables>, taken: Taken) => Promise<void>;
  /** Tells several acts of one request apart. */
  part?: string;
};

/** Takes the act in and hands it on: its receipt, `taken` while Temporal is away. Throws the machine's refusal. */
export const takeProcedureAct = async (
  { db, deliver }: Pick<ProcedureDeps, 'db' | 'deliver'>,
  request: FastifyRequest,
  { row, permission, object, act, text, documents = [], also, part, ...rests }: ActOnProcedure,
): Promise<z.output<typeof Receipt>> => {
  const { jurisdiction, case_no: caseNo } = row;
  request.mustBeAllowed(object ?? { jurisdiction }, permission);
  const { id, organisation } = request.actor;
  const actor = { id, organisation, role: actingRole(request.actor, permission, object ?? { jurisdiction }) };
  const key = part === undefined ? request.idempotencyKey : `${request.idempotencyKey} ${part}`;
  const { receipt, receivedAt } = await takeIn(
    db as never,
    caseNo,
    async (caseTrx, taken) => {
      const trx = caseTrx as unknown as Transaction<ProcedureTables>;
      await mustAllBeStored(trx, { cited: documents, organisation, jurisdiction });
      await also?.(trx, taken);
      for (const { hash, role, title } of documents)
        await linkDocument(trx, {
          ...{ hash, jurisdiction, caseNo, role, title },
          by: organisation ?? id,
          at: taken.receivedAt,
          receipt: taken.receipt,
        });
      return {
        ...{ act: act.kind, jurisdiction, caseNo, turnId: null, workflowId: caseNo, actor },
        payload: { procedure: true, act },
        ...(text && { text }),
      };
    },
    { receipt: receiptFor(id, key, request.url), service: procedures[row.kind].service },
  );
  const { state, code, params } = await deliver(receipt);
  if (state === 'refused') {
    const article = (code && rests.articles?.[code]) ?? rests.article;
    const pointer = code && rests.pointers?.[code];
    throw problem(code ?? 'alreadyDecided', {
      ...{ ...(article && { article }), ...(params && { params }) },
      ...(pointer && { errors: [{ pointer, code, message: problemTable[code].title }] }),
    });
  }
  return {
    ...{ receipt, act: act.kind, caseNo, turn: null, state },
    receivedAt: toInstantText(receivedAt.getTime()),
    hash: receiptHash({ receipt, jurisdiction, act: act.kind, caseNo, receivedAt }),
  };
};

/** The same as an answer: 200 with the receipt, 202 while Temporal is away. */
export const actOnProcedure = async (
  deps: Pick<ProcedureDeps, 'db' | 'deliver'>,
  request: FastifyRequest,
  reply: FastifyReply,
  given: ActOnProcedure,
): Promise<z.output<typeof Receipt>> => {
  const receipt = await takeProcedureAct(deps, request, given);
  void reply.code(receipt.state === 'delivered' ? 200 : 202);
  return receipt;
};
