/**
 * Sealed bids (O1; 招标投标法 二十八、三十六): kept outside every workflow, event, view and log until the opening; late by the
 * database's law clock, whatever the timer does.
 */
import { sha256 } from '@gongshu/infra/hash';
import { lockCase } from '@gongshu/infra/intake/take';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { Sealing } from '@gongshu/infra/selections/sealing';
import type { SelectionTables } from '@gongshu/infra/selections/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answersTo, type BidReceipt, givenBefore, sealAnswers, type Sender } from './bid-answers.ts';
import { caseOf, clauseOf, type RegistrySelectionTables, type SelectionDeps } from './deps.ts';

const words = z.string().trim().min(1).max(20_000);
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);

export const Bid = z.strictObject({
  contents: words.describe('What is offered'),
  documents: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1).max(200),
        hash: Hash,
        condition: Code.nullable().default(null).describe('The condition of the pack that it proves'),
        base64: z
          .base64()
          .max(4_000_000)
          .optional()
          .describe(
            'The file itself, sealed with the bid; without it the hash binds what is shown at the opening',
          ),
      }),
    )
    .max(60)
    .default([]),
  mlps: z
    .array(
      z.strictObject({
        level: z.int().min(1).max(5),
        from: z.iso.date(),
        until: z.iso.date(),
        document: Hash,
      }),
    )
    .max(10)
    .default([])
    .describe('Certificates of multi-level protection (等保)'),
});
export type Bid = z.output<typeof Bid>;

/** `nonce`: nobody can guess a bid from its hash. */
const Envelope = z.object({ caseNo: z.string(), bidder: z.string(), nonce: z.string(), bid: Bid });
export type Envelope = z.output<typeof Envelope>;

/** Files whose bytes are not those of their hash. Throws `bidHashDiffers` (422) with every place. */
const mustMatch = ({ documents }: Bid): void => {
  const errors = documents.flatMap(({ hash, base64 }, at) =>
    base64 === undefined || sha256(Buffer.from(base64, 'base64')) === hash
      ? []
      : [
          {
            ...{ pointer: `/body/documents/${at}/base64`, code: 'hashDiffers' },
            message: { zh: '与哈希不符', en: 'Does not match its hash' },
          },
        ],
  );
  if (errors.length > 0) throw problem('bidHashDiffers', { errors });
};

export type Closing = { closesAt: number | null; closed: boolean };

/** Whether bids have closed by an instant, by the calendar and not by the timer. */
export const closingOf = (row: ProcedureRow, at: number): Closing => {
  const { state } = caseOf(row);
  const closesAt = state.closedAt ?? row.readings['bids']?.at ?? null;
  return { closesAt, closed: closesAt !== null && at >= closesAt };
};

/** Throws `stepNotReached`, `bidLate`, `notInvited` (409), each with what it rests on. */
const mustBeTaken = async (
  trx: Transaction<SelectionTables>,
  { packs }: Pick<SelectionDeps, 'packs'>,
  row: ProcedureRow,
  bidder: string,
  at: number,
): Promise<void> => {
  const pack = packs.resolve(row.jurisdiction);
  const { state, facts } = caseOf(row);
  const { closesAt, closed } = closingOf(row, at);
  if (closed && closesAt !== null)
    throw problem('bidLate', { params: { closedAt: toInstantText(closesAt) }, ...clauseOf(pack, 'lateBid') });
  if (state.stage !== 'bidding')
    throw problem('stepNotReached', { params: { stage: row.stage }, ...clauseOf(pack, 'route') });
  if (facts.by !== 'invitation') return;
  const invited = await trx
    .selectFrom('selection_invitee')
    .select('organisation')
    .where('case_no', '=', row.case_no)
    .where('organisation', '=', bidder)
    .executeTakeFirst();
  if (!invited) throw problem('notInvited', clauseOf(pack, 'modes'));
};

/** The law's instant inside a transaction that holds the case's lock: the opening waits for all stamped before it. */
const stamped = async (
  trx: Transaction<SelectionTables>,
  caseNo: string,
  mode: 'intake' | 'silence',
): Promise<Date> => {
  await lockCase(trx as never, caseNo, mode);
  const { rows } = await sql<{ law: Date }>`select platform.law_now() as law`.execute(trx);
  if (!rows[0]) throw new Error('the database gave no time');
  return rows[0].law;
};

const rowOf = (trx: Kysely<SelectionTables>, caseNo: string): Promise<ProcedureRow> =>
  trx.selectFrom('procedure').selectAll().where('case_no', '=', caseNo).executeTakeFirstOrThrow();

export const aboutBid = (caseNo: string, bidder: string): string => `bid ${caseNo} ${bidder}`;

/** One request of a bidder after the other: a double click finds the answer of the first. Taken before the stamp. */
const inTurn = (trx: Transaction<RegistrySelectionTables>, caseNo: string, bidder: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${aboutBid(caseNo, bidder)}, 0))`.execute(trx);

/** Who may bid at all: a registered bidder or operator of the city. Throws `bidderUnknown` (422). */
const mustBeRegistered = async (
  trx: Transaction<RegistrySelectionTables>,
  jurisdiction: string,
  bidder: string,
): Promise<void> => {
  const party = await trx
    .selectFrom('party')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', bidder)
    .where('kind', 'in', ['bidder', 'operator'])
    .executeTakeFirst();
  if (!party) throw problem('bidderUnknown');
};

/**
 * Seals a bid, in place of the bidder's earlier one; the same key again gives the same receipt. Throws as above; nothing
 * is told to anyone.
 */
export const takeBid = (
  deps: SelectionDeps,
  { case_no: caseNo, jurisdiction }: ProcedureRow,
  { bidder, key }: Sender,
  bid: Bid,
): Promise<z.output<typeof BidReceipt>> => {
  mustMatch(bid);
  const request = sha256(canonicalJson(bid));
  const nonce = randomBytes(32).toString('hex');
  return deps.db.transaction().execute(async (trx) => {
    await inTurn(trx, caseNo, bidder);
    const at = await stamped(trx as never, caseNo, 'intake');
    const answers = await answersTo(trx as never, deps, caseNo, bidder);
    const before = givenBefore(answers, key, request);
    if (before) return before;
    await mustBeRegistered(trx, jurisdiction, bidder);
    await mustBeTaken(trx as never, deps, await rowOf(trx as never, caseNo), bidder, at.getTime());
    const text = canonicalJson({ caseNo, bidder, nonce, bid });
    const receipt = { caseNo, envelopeHash: sha256(text), receivedAt: toInstantText(at.getTime()) };
    const sealed = {
      envelope: deps.sealing.seal(text, aboutBid(caseNo, bidder)),
      ...{ envelope_hash: receipt.envelopeHash, received_at: at },
      answers: sealAnswers(deps, { caseNo, bidder }, [...answers, { key, request, receipt }]),
    };
    await trx
      .insertInto('sealed_bid')
      .values({ case_no: caseNo, bidder, ...sealed })
      .onConflict((conflict) => conflict.columns(['case_no', 'bidder']).doUpdateSet(sealed))
      .execute();
    return receipt;
  });
};

const withdrawal = 'withdrawal';

/** Withdraws the bidder's own bid before the close, once a key. Throws `noBid` (404), `bidLate` (409). */
export const withdrawBid = (
  deps: SelectionDeps,
  { case_no: caseNo }: ProcedureRow,
  { bidder, key }: Sender,
): Promise<z.output<typeof BidReceipt>> =>
  deps.db.transaction().execute(async (trx) => {
    await inTurn(trx, caseNo, bidder);
    const at = await stamped(trx as never, caseNo, 'intake');
    const answers = await answersTo(trx as never, deps, caseNo, bidder);
    const before = givenBefore(answers, key, withdrawal);
    if (before) return before;
    await mustBeTaken(trx as never, deps, await rowOf(trx as never, caseNo), bidder, at.getTime());
    const gone = await trx
      .updateTable('sealed_bid')
      .set({ envelope: null })
      .where('case_no', '=', caseNo)
      .where('bidder', '=', bidder)
      .where('envelope', 'is not', null)
      .returning('envelope_hash')
      .executeTakeFirst();
    if (!gone) throw problem('noBid');
    const receivedAt = toInstantText(at.getTime());
    const receipt = { caseNo, envelopeHash: gone.envelope_hash, receivedAt };
    await trx
      .updateTable('sealed_bid')
      .set({
        answers: sealAnswers(deps, { caseNo, bidder }, [...answers, { key, request: withdrawal, receipt }]),
      })
      .where('case_no', '=', caseNo)
      .where('bidder', '=', bidder)
      .execute();
    return receipt;
  });

export type Sealed = { bidder: string; envelope: string; envelopeHash: string; receivedAt: number };

/** Everything in the box once it has closed. Throws `bidsNotClosed` (409) with what it rests on. */
export const closedBox = (deps: SelectionDeps, row: ProcedureRow): Promise<Sealed[]> =>
  deps.db.transaction().execute(async (trx) => {
    const at = await stamped(trx as never, row.case_no, 'silence');
    const now = await rowOf(trx as never, row.case_no);
    if (['opening', 'bidding'].includes(now.stage) && !closingOf(now, at.getTime()).closed)
      throw problem('bidsNotClosed', clauseOf(deps.packs.resolve(row.jurisdiction), 'bidsSealedUntil'));
    const rows = await trx
      .selectFrom('sealed_bid')
      .selectAll()
      .where('case_no', '=', row.case_no)
      .where('envelope', 'is not', null)
      .orderBy('received_at')
      .orderBy('bidder')
      .execute();
    return rows.map((one) => ({
      ...{ bidder: one.bidder, envelope: one.envelope ?? '', envelopeHash: one.envelope_hash },
      receivedAt: one.received_at.getTime(),
    }));
  });

/** What lies in an envelope; `undefined` where its seal or its hash is broken. */
export const unsealed = (
  sealing: Sealing,
  caseNo: string,
  { bidder, envelope, envelopeHash }: Pick<Sealed, 'bidder' | 'envelope' | 'envelopeHash'>,
): Envelope | undefined => {
  const text = sealing.unseal(envelope, aboutBid(caseNo, bidder));
  if (text === undefined || sha256(text) !== envelopeHash) return undefined;
  return Envelope.parse(JSON.parse(text));
};
