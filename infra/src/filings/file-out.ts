/** Filing a package (备案, P2, O7): its row in the lifecycle's own transaction; the filer sends it from there. */
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { sha256 } from '../hash.ts';
import type { FilingTables } from './tables.ts';

// The table stands beside others of the registry's schema.
// biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
const filings = (trx: Kysely<any>): Kysely<FilingTables> => trx;

export type FileOut = {
  /** The number of the package (`nextFiling`). */
  filing: string;
  caseNo: string;
  jurisdiction: string;
  /** The body it goes to, as the pack names it. */
  to: string | null;
  /** What is filed, in words; it stays in the table and in the package. */
  content: object;
  /** Hashes of documents that belong to the case; their files go along. */
  documents: readonly string[];
  at: Date;
};

/** What the package's hash is over: canonical JSON, so that the receiver can check it. */
export const packageText = ({
  filing,
  caseNo,
  jurisdiction,
  to,
  content,
  documents,
}: Omit<FileOut, 'at'>): string =>
  canonicalJson({ filing, caseNo, jurisdiction, to, content, documents: [...new Set(documents)] });

/**
 * Writes the package down to be sent; the lifecycle's own event tells of it. The same number again changes nothing and
 * answers with the hash that stands.
 */
export const fileOut = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  given: FileOut,
): Promise<{ package: string }> => {
  const text = packageText(given);
  const { filing: number, caseNo, jurisdiction, to, documents, at } = given;
  await filings(trx)
    .insertInto('filing')
    .values({
      ...{ number, case_no: caseNo, jurisdiction, recipient: to ?? 'provincialAuthority' },
      ...{ content: text, documents: [...new Set(documents)], package_hash: sha256(text), state: 'pending' },
      filed_at: at,
    } as never)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .execute();
  const { package_hash } = await filings(trx)
    .selectFrom('filing')
    .select('package_hash')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return { package: package_hash };
};

export type FilingAnswer = {
  filing: string;
  state: 'receipted' | 'returned';
  /** The date on the answer. */
  on: string;
  /** The number the body above gave it. */
  number?: string | null;
  document?: string | null;
  reasonCodes?: readonly string[];
  at: Date;
};

/** The body above receipted the package or returned it; the lifecycle's own event tells of it. Once: a second answer changes nothing. */
export const answerFiling = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { filing, state, on, number = null, document = null, reasonCodes = [], at }: FilingAnswer,
): Promise<void> => {
  await filings(trx)
    .updateTable('filing')
    .set({
      ...{ state, answered_at: at, answered_on: on, answer_number: number, answer_document: document },
      reason_codes: [...reasonCodes],
    })
    .where('number', '=', filing)
    .where('answered_at', 'is', null)
    .execute();
};

/** For routes of answers. Throws `filingNotSent` (409) while the newest package of the case has not gone out. */
export const mustHaveBeenSent = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  db: Kysely<any>,
  caseNo: string,
): Promise<void> => {
  const newest = await filings(db)
    .selectFrom('filing')
    .select(['number', 'sent_at'])
    .where('case_no', '=', caseNo)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  if (newest && newest.sent_at === null)
    throw problem('filingNotSent', { params: { filing: newest.number } });
};
