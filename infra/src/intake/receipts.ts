/**
 * Receipts as proofs (收件回执, Licensing Law art. 32): the hash that stands on them, and what everyone is told of each
 * that a person is given, so that the number and the hash can be verified by whoever holds them.
 */
import { toInstantText } from '@gongshu/shared/business-date';
import type { EventType, ServiceName } from '@gongshu/shared/events';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { Kysely, Transaction } from 'kysely';
import { transact } from '../again.ts';
import type { ApplicationTables } from '../cases/tables.ts';
import { jsonHash } from '../hash.ts';
import { openingAct } from '../procedures/hand.ts';
import { record } from '../record.ts';

/** What a receipt says; nothing of it changes once it is given. */
export type Receipted = {
  receipt: string;
  jurisdiction: string;
  act: string;
  caseNo: string;
  receivedAt: Date;
};

/** `sha256:` over the canonical JSON (RFC 8785) of number, city, act, case and instant (Asia/Shanghai). */
export const receiptHash = ({ receipt, jurisdiction, act, caseNo, receivedAt }: Receipted): string =>
  jsonHash({ receipt, jurisdiction, act, caseNo, receivedAt: toInstantText(receivedAt.getTime()) });

const serviceOf = (act: string, payload: Record<string, unknown>): ServiceName | undefined => {
  if (act === 'submitApplication') return 'catalog';
  if (act === 'submitOnboarding') return 'registry';
  if (act !== openingAct) return undefined;
  const { procedure } = payload['start'] as ProcedureStart;
  return procedures[procedure as ProcedureKind].service;
};

const issuedBy: Record<ServiceName, EventType> = {
  catalog: 'catalogReceipt.issued.v1',
  registry: 'registryReceipt.issued.v1',
  pricing: 'pricingReceipt.issued.v1',
  disclosure: 'disclosureReceipt.issued.v1',
};

type Giver = { id: string; role: string; organisation: string | null };

const tell = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the service
  trx: Transaction<any>,
  service: ServiceName,
  taken: Receipted,
  actor: Giver,
): Promise<void> => {
  const { receipt, jurisdiction, receivedAt } = taken;
  await record(trx, service, {
    ...{ key: `${receipt}/issued`, type: issuedBy[service], subject: receipt, jurisdiction, actor },
    at: receivedAt,
    data: { receipt, hash: receiptHash(taken), at: toInstantText(receivedAt.getTime()) },
    audit: { caseNo: taken.caseNo },
  });
};

/** Tells number and hash of a receipt that begins a case, in the transaction that takes it in. */
export const tellReceipt = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the service
  trx: Transaction<any>,
  taken: Receipted,
  payload: Record<string, unknown>,
  actor: Giver,
): Promise<void> => {
  const service = serviceOf(taken.act, payload);
  if (service !== undefined) await tell(trx, service, taken, actor);
};

/**
 * Tells the same of the receipt of an act on a running case, once, after it was taken in and before its receipt is
 * given: in a transaction of its own, so that no act waits for the audit's head while it holds the lock of its case
 * (decision 0009). Whoever crashed in between has no receipt; the same request sent again comes by here.
 */
export const tellReceiptGiven = (
  db: Kysely<ApplicationTables>,
  service: ServiceName,
  receipt: string,
): Promise<void> =>
  transact(db, async (trx) => {
    const { actor_id, actor_role, actor_organisation, case_no, received_at, ...row } = await trx
      .selectFrom('intake')
      .select(['receipt', 'act', 'jurisdiction', 'case_no', 'received_at'])
      .select(['actor_id', 'actor_role', 'actor_organisation'])
      .where('receipt', '=', receipt)
      .executeTakeFirstOrThrow();
    await tell(
      trx,
      service,
      { ...row, caseNo: case_no, receivedAt: received_at },
      { id: actor_id, role: actor_role, organisation: actor_organisation },
    );
  });
