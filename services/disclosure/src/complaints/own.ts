/** What a complainant sees and does with number and code (S4): no account, no name; what comes of it, and review. */
import type { IntakeText } from '@gongshu/infra/cases/tables';
import type { DocumentTables } from '@gongshu/infra/documents/tables';
import { instant } from '@gongshu/infra/cases/view-time';
import { sha256 } from '@gongshu/infra/hash';
import { receiptHash } from '@gongshu/infra/intake/receipts';
import { receiptFor, takeIn } from '@gongshu/infra/intake/take';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { ComplaintAct, ComplaintFacts, ComplaintState } from '@gongshu/shared/complaint/types';
import type { ComplaintRules } from '@gongshu/shared/complaint/rules';
import { problem } from '@gongshu/shared/problems';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { DisclosureDeps } from '../deps.ts';
import { isCode } from './code.ts';
import { type Brought, lookedAt } from './attached.ts';
import type { ComplaintTables } from './tables.ts';
import { complainant, dropFiles, keepFiles } from './take.ts';

type Db = Kysely<ComplaintTables>;
type Row = Selectable<ComplaintTables['procedure']>;
export type NumberAndCode = { number: string; code: string };

/** The complaint of a number, where the code is its own. Throws `notFound` for any other, known or not. */
export const ownComplaint = async (db: Db, { number, code }: NumberAndCode): Promise<Row> => {
  const row = await db
    .selectFrom('procedure')
    .innerJoin('complainant', 'complainant.case_no', 'procedure.case_no')
    .selectAll('procedure')
    .select('complainant.code_hash')
    .where('procedure.case_no', '=', number)
    .executeTakeFirst();
  if (!row || !isCode(code, row.code_hash)) throw problem('notFound');
  return row;
};

/** The words of the authority that are meant for the complainant, by the entry that tells them. */
export const toldIn = ['factsRequested', 'notAccepted', 'answered', 'reviewDecided'];

export type ComplaintStatus = {
  number: string;
  about: string;
  stage: ComplaintState['stage'];
  outcome: ComplaintState['outcome'];
  result: ComplaintState['result'];
  receivedAt: string;
  /** The limit that runs now: key of the period, its last day, and what silence of the authority brings about then. */
  limit: { key: string; lastDay: string | null; onSilence: 'deemedAccepted' | null } | null;
  /** What may be done with number and code now. */
  acts: ('supplyFacts' | 'requestReview' | 'withdrawComplaint')[];
  /** What the authority said, oldest first; to the anonymous by the pack the result alone. */
  told: { kind: string; at: string; words: string | null }[];
  /** Documents that came with the answer; none to whom its words are withheld. */
  letters: Letter[];
};

/** Limits a complainant waits for. */
export const ownLimits = ['acceptance', 'correction', 'answer', 'reviewRequest', 'review'];

/** Whether the complainant is told the words of an entry: to the anonymous by the pack the result alone. */
export const tellsWords = (rules: ComplaintRules, { identity }: ComplaintFacts, kind: string): boolean =>
  toldIn.includes(kind) &&
  (kind === 'factsRequested' || identity === 'named' || rules.anonymous.value.told === 'answer');

export const wordsOf = (body: IntakeText | null): string | null => {
  if (!body) return null;
  return body.reason ?? body.reasons?.map(({ text }) => text).join('\n') ?? null;
};

/** As what the documents of an answer, and of the decision of its review, are filed. */
export const letterRole = 'complaintAnswer';
export type Letter = { hash: string; title: string; mediaType: string; bytes: number };

const lettersOf = async (db: Db, row: Row) => {
  const { facts, rules } = factsAndRules(row);
  // The last step of an answer: until the act is in the course of the case, its documents are no answer yet.
  if (!tellsWords(rules, facts, 'answered') || !(row.state as Partial<ComplaintState>).answeredAt) return [];
  return (db as unknown as Kysely<DocumentTables>)
    .selectFrom('document_link')
    .innerJoin('document', (join) =>
      join
        .onRef('document.jurisdiction', '=', 'document_link.jurisdiction')
        .onRef('document.organisation', '=', 'document_link.organisation')
        .onRef('document.hash', '=', 'document_link.hash'),
    )
    .selectAll('document')
    .select('document_link.title as filed_title')
    .where('document_link.jurisdiction', '=', row.jurisdiction)
    .where('document_link.case_no', '=', row.case_no)
    .where('document_link.role', '=', letterRole)
    .orderBy('document_link.linked_at')
    .orderBy('document.hash')
    .execute();
};

/** A letter of the answer, for who has number and code. Throws `notFound` for any other. */
export const ownLetter = async (db: Db, own: NumberAndCode, hash: string) => {
  const letter = (await lettersOf(db, await ownComplaint(db, own))).find((one) => one.hash === hash);
  if (!letter) throw problem('notFound');
  return letter;
};

const factsAndRules = ({ start }: Row) => start as ProcedureStart<ComplaintRules, ComplaintFacts>;

/** The complaint as its complainant reads it; nothing of who complained, nor of who was asked. */
export const complaintStatus = async (db: Db, own: NumberAndCode): Promise<ComplaintStatus> => {
  const row = await ownComplaint(db, own);
  const { facts, rules } = factsAndRules(row);
  const state = row.state as unknown as Partial<ComplaintState>;
  const entries = await db
    .selectFrom('procedure_entry')
    .leftJoin('intake_text', 'intake_text.receipt', 'procedure_entry.receipt')
    .select(['kind', 'at', 'intake_text.body'])
    .where('case_no', '=', row.case_no)
    .where('kind', 'in', toldIn)
    .orderBy('position')
    .execute();
  const limit = Object.values(row.readings).find(({ key }) => ownLimits.includes(key));
  return {
    ...{ number: row.case_no, about: facts.about, stage: state.stage ?? 'submitted' },
    ...{ outcome: state.outcome ?? null, result: state.result ?? null, receivedAt: instant(row.opened_at) },
    limit:
      limit && row.outcome === null
        ? {
            ...{ key: limit.key, lastDay: limit.lastDay },
            onSilence: limit.key === 'acceptance' ? 'deemedAccepted' : null,
          }
        : null,
    acts: row.waits_for
      .filter(({ role }) => role === 'public')
      .map(({ act }) => act as ComplaintStatus['acts'][number]),
    told: entries.map(({ kind, at, body }) => ({
      ...{ kind, at: instant(at) },
      words: tellsWords(rules, facts, kind) ? wordsOf(body) : null,
    })),
    letters: (await lettersOf(db, row)).map(({ hash, filed_title, title, media_type, bytes }) => ({
      ...{ hash, title: filed_title ?? title, mediaType: media_type, bytes },
    })),
  };
};

export type OwnAct = {
  kind: 'supplyFacts' | 'requestReview' | 'withdrawComplaint';
  text: string | null;
  attachments: readonly Brought[];
};
export type OwnReceipt = {
  number: string;
  act: OwnAct['kind'];
  receipt: string;
  receivedAt: string;
  hash: string;
  state: 'taken' | 'delivered';
};

/**
 * Does what number and code allow, as the complainant: the same key again changes nothing and hears the same. Throws
 * `notFound` for a wrong pair, the machine's refusals, `idempotencyKeyReused`, `attachmentUnreadable`, `attachmentsTooLarge`
 * (422).
 */
export const actAsComplainant = async (
  { db: anyDb, deliver }: DisclosureDeps,
  own: NumberAndCode,
  { kind, text, attachments }: OwnAct,
  key: string,
): Promise<OwnReceipt> => {
  const db = anyDb as unknown as Db;
  const { case_no: caseNo, jurisdiction } = await ownComplaint(db, own);
  const files = await lookedAt(attachments);
  const requestHash = sha256(canonicalJson({ text, attachments: files.map(({ hash }) => hash) }));
  const { receipt, receivedAt } = await takeIn(
    db as never,
    caseNo,
    async (caseTrx, taken) => {
      const trx = caseTrx as unknown as Transaction<ComplaintTables>;
      await trx
        .insertInto('complaint_act')
        .values({ receipt: taken.receipt, case_no: caseNo, request_hash: requestHash })
        .execute();
      const kept = await keepFiles(trx, caseNo, files, { at: taken.receivedAt, receipt: taken.receipt });
      const act: ComplaintAct = kind === 'supplyFacts' ? { kind, attachments: kept } : { kind };
      return {
        ...{ act: kind, jurisdiction, caseNo, turnId: null, workflowId: caseNo, actor: complainant },
        payload: { procedure: true, act },
        ...(text !== null && { text: { reason: text } }),
      };
    },
    {
      receipt: receiptFor(`${complainant.id} ${caseNo}`, key, `/v1/complaints/${kind}`),
      service: 'disclosure',
    },
  );
  const before = await db
    .selectFrom('complaint_act')
    .select('request_hash')
    .where('receipt', '=', receipt)
    .executeTakeFirst();
  if (before && before.request_hash !== requestHash) throw problem('idempotencyKeyReused');
  const { state, code, params } = await deliver(receipt);
  if (state === 'refused') await dropFiles(db, receipt);
  if (state === 'refused') throw problem(code ?? 'alreadyDecided', { ...(params && { params }) });
  return {
    ...{ number: caseNo, act: kind, receipt, receivedAt: toInstantText(receivedAt.getTime()) },
    hash: receiptHash({ receipt, jurisdiction, act: kind, caseNo, receivedAt }),
    state: state === 'delivered' ? 'delivered' : 'taken',
  };
};
