/** Taking a complaint in (S4): whoever brings it, over REST or by the form; who it is stays beside it. */
import { createHash } from 'node:crypto';
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { openProcedure } from '@gongshu/infra/procedures/open';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { openingAct } from '@gongshu/infra/procedures/hand';
import { receiptHash } from '@gongshu/infra/intake/receipts';
import { receiptFor } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { complaintRules } from '@gongshu/shared/complaint/rules';
import type { ComplaintFacts } from '@gongshu/shared/complaint/types';
import type { Actor } from '@gongshu/shared/may';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { DisclosureDeps } from '../deps.ts';
import { codeOf, hashOfCode, newSalt } from './code.ts';
import { type Attached, lookedAt } from './attached.ts';
import type { ComplaintBrought } from './given.ts';
import type { ComplaintTables } from './tables.ts';

/** Whoever complains acts under this name: no account of theirs reaches a case, an event, an audit entry or a log. */
export const complainant = { id: 'complainant', role: 'public', organisation: null } as const;

/** What the complainant is answered. The code is told here alone. */
export type ComplaintReceipt = {
  number: string;
  code: string;
  receipt: string;
  receivedAt: string;
  /** Whoever holds number of the receipt and this can have it verified. */
  hash: string;
  state: 'taken' | 'delivered';
};

const packOf = ({ packs }: DisclosureDeps, jurisdiction: string): ResolvedPack => {
  if (!packs.jurisdictions.includes(jurisdiction)) throw problem('notFound');
  return packWith(packs, jurisdiction, 'complaint');
};

/** Throws `complainantNotAllowed`, `anonymousNotAllowed` (422), each with its article. */
const mustBeAllowed = (
  pack: ResolvedPack,
  { identity }: ComplaintBrought,
  from: 'public' | 'merchant',
): void => {
  const { mayComplain, anonymous } = complaintRules(pack);
  if (!mayComplain.value.includes(from))
    throw problem('complainantNotAllowed', clauseIn(pack, 'complaint', 'mayComplain'));
  if (identity === null && !anonymous.value.allowed)
    throw problem('anonymousNotAllowed', clauseIn(pack, 'complaint', 'anonymous'));
};

/** The case must be the merchant's own; throws `linkedCaseUnknown` (422) for any other, known or not. */
const mustBeOwn = async (
  trx: Transaction<ComplaintTables>,
  { jurisdiction, linkedCase }: ComplaintBrought,
  actor: Actor,
): Promise<void> => {
  if (linkedCase === null) return;
  const own = await trx
    .selectFrom('known_case')
    .select('case_no')
    .where('case_no', '=', linkedCase)
    .where('jurisdiction', '=', jurisdiction)
    .where('applicant', '=', actor.organisation ?? '')
    .executeTakeFirst();
  if (own && actor.jurisdiction === jurisdiction) return;
  throw problem('linkedCaseUnknown', {
    errors: [
      {
        ...{ pointer: '/body/linkedCase', code: 'linkedCaseUnknown' },
        message: { zh: '不是本单位的案件', en: 'No case of your body' },
      },
    ],
  });
};

/**
 * Of a signed-in merchant of the city what is kept: its body, where it gives a name or points at its own case. Anybody
 * else complains as one of the public: it is nothing of its employer's, which may be whom it complains about.
 */
const keptOf = ({ identity, linkedCase }: ComplaintBrought, actor: Actor, from: ComplaintFacts['from']) =>
  from !== 'merchant' || (identity === null && linkedCase === null)
    ? { account: null, organisation: null }
    : { account: actor.id, organisation: actor.organisation };

/**
 * Takes the complaint in and answers number and code. The same key with the same complaint answers the same, with
 * another it throws `idempotencyKeyReused` (422): the caller's key is to be hard to guess. Throws what the pack does not allow, `attachmentUnreadable`, `attachmentsTooLarge`, `linkedCaseUnknown` (422), `notFound` (404) for a city that is not here.
 */
export const takeComplaint = async (
  deps: DisclosureDeps,
  given: ComplaintBrought,
  { actor, key, lawNow }: { actor: Actor; key: string; lawNow: Date },
): Promise<ComplaintReceipt> => {
  const { jurisdiction } = given;
  const db = deps.db as unknown as Kysely<ComplaintTables>;
  const pack = packOf(deps, jurisdiction);
  const from =
    actor.roles.includes('merchant') && actor.jurisdiction === jurisdiction ? 'merchant' : 'public';
  mustBeAllowed(pack, given, from);
  const files = await lookedAt(given.attachments);
  const sent = { ...given, attachments: files.map(({ mediaType, hash }) => ({ mediaType, hash })) };
  const requestHash = createHash('sha256')
    .update(canonicalJson([sent, actor.jurisdiction, actor.organisation]))
    .digest('hex');
  const facts = async (caseTrx: object, caseNo: string, receivedAt: Date): Promise<ComplaintFacts> => {
    const trx = caseTrx as Transaction<ComplaintTables>;
    await mustBeOwn(trx, given, actor);
    const salt = newSalt();
    await trx
      .insertInto('complainant')
      .values({
        ...{ case_no: caseNo, jurisdiction, linked_case: given.linkedCase, ...keptOf(given, actor, from) },
        ...{ name: given.identity?.name ?? null, contact: given.identity?.contact ?? null },
        ...{ salt, code_hash: hashOfCode(codeOf(salt, key)), request_hash: requestHash },
      })
      .execute();
    const attachments = await keepFiles(trx, caseNo, files, { at: receivedAt });
    return {
      ...{ about: given.about, from, identity: given.identity === null ? 'anonymous' : 'named' },
      ...{ ownWords: given.ownWords, linked: given.linkedCase !== null, attachments },
    };
  };
  const { receipt, receivedAt, caseNo } = await openProcedure(
    db as unknown as ProcedureDeps['db'],
    {
      ...{ kind: 'complaint', pack, rules: complaintRules(pack), by: complainant, lawNow },
      authority: await bureauOf(db, 'body', jurisdiction),
      calendarVersion: await deps.calendarVersion(jurisdiction),
      text: { reason: given.text },
      facts: (trx, taken) => facts(trx, taken.caseNo, taken.receivedAt),
    },
    receiptFor(`${complainant.id} ${actor.id}`, key, '/v1/complaints'),
  );
  const { salt, request_hash } = await db
    .selectFrom('complainant')
    .select(['salt', 'request_hash'])
    .where('case_no', '=', caseNo)
    .executeTakeFirstOrThrow();
  if (request_hash !== requestHash) throw problem('idempotencyKeyReused');
  const { state } = await deps.deliver(receipt);
  return {
    ...{ number: caseNo, code: codeOf(salt, key), receipt },
    hash: receiptHash({ receipt, jurisdiction, act: openingAct, caseNo, receivedAt }),
    ...{
      receivedAt: toInstantText(receivedAt.getTime()),
      state: state === 'delivered' ? 'delivered' : 'taken',
    },
  };
};

/** Files beside the complaint, one at a time in memory; one sent twice is kept once. How many were new. */
export const keepFiles = async (
  trx: Transaction<ComplaintTables>,
  caseNo: string,
  files: readonly Attached[],
  { at, receipt = null }: { at: Date; receipt?: string | null },
): Promise<number> => {
  let kept = 0;
  for (const { mediaType, content, hash } of files) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('complaint_attachment')
      .values({
        ...{ case_no: caseNo, hash, media_type: mediaType, bytes: content.size, received_at: at, receipt },
        content: Buffer.from(await content.arrayBuffer()),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    kept += Number(numInsertedOrUpdatedRows ?? 0);
  }
  return kept;
};

/** What came with a refused act is no part of the complaint; until it is gone nobody is shown it either (identity.ts). */
export const dropFiles = async (db: Kysely<ComplaintTables>, receipt: string): Promise<void> => {
  await db.deleteFrom('complaint_attachment').where('receipt', '=', receipt).execute();
};
