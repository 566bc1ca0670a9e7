/** Naming a document in an act: it must have been uploaded by the body that names it, and belongs to the case then. */
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { receiptBeside } from '../intake/take-back.ts';
import type { DocumentTables } from './tables.ts';

/** The hash a document is named by: `sha256:` and 64 hex digits. */
export const DocumentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

// The same two tables stand in several schemas, beside other tables of each.
// biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
const documents = (trx: Kysely<any>): Kysely<DocumentTables> => trx;

export type Cited = {
  hash: string;
  /** Where the request names it, for the refusal. */
  pointer?: string;
};

const unknown = (pointer: string): ProblemPlace => ({
  pointer,
  code: 'documentUnknown',
  message: { zh: '本单位未上传此材料', en: 'Your body has not uploaded this document' },
});

/**
 * Throws `documentUnknown` (422), with every place, unless this body of this city uploaded each. Another body's upload
 * does not count: who knows a hash must not by naming it gain the right to read, or lend a document to a case.
 */
export const mustAllBeStored = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  {
    cited,
    organisation,
    jurisdiction,
  }: { cited: readonly Cited[]; organisation: string | null; jurisdiction: string },
): Promise<void> => {
  if (cited.length === 0) return;
  const rows = await documents(trx)
    .selectFrom('document')
    .select('hash')
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', organisation ?? '')
    .where(
      'hash',
      'in',
      cited.map(({ hash }) => hash),
    )
    .execute();
  const stored = new Set(rows.map(({ hash }) => hash));
  const missing = cited.filter(({ hash }) => !stored.has(hash));
  if (missing.length > 0)
    throw problem('documentUnknown', {
      errors: missing.map(({ pointer = '/body/documentHash' }) => unknown(pointer)),
    });
};

/** The same for one document. Throws `documentUnknown` (422) at `pointer` (`/body/documentHash` when left out). */
export const mustBeStored = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { organisation, jurisdiction, ...cited }: Cited & { organisation: string | null; jurisdiction: string },
): Promise<void> => mustAllBeStored(trx, { cited: [cited], organisation, jurisdiction });

/**
 * The document belongs to this case (or other object with handlers) from now on, and whoever handles that may read it.
 * `by` is the body that uploaded it; `role` says as what it was filed, by code. Again, it changes nothing. With `receipt`
 * it is filed by that act, and taken back where the act is refused (intake/take-back.ts).
 */
export const linkDocument = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  link: {
    hash: string;
    jurisdiction: string;
    caseNo: string;
    role: string;
    by: string;
    at: Date;
    title?: string | undefined;
    receipt?: string;
  },
): Promise<void> => {
  await documents(trx)
    .insertInto('document_link')
    .values({
      jurisdiction: link.jurisdiction,
      case_no: link.caseNo,
      hash: link.hash,
      role: link.role,
      organisation: link.by,
      title: link.title ?? null,
      linked_at: link.at,
      receipt: link.receipt ?? null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['jurisdiction', 'case_no', 'hash', 'role', 'organisation'])
        .doUpdateSet({ receipt: receiptBeside('document_link') }),
    )
    .execute();
};
