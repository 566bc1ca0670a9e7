/** Reading who complained (S4): by who handles the complaint, each reading an audit entry. */
import { randomUUID } from 'node:crypto';
import { record } from '@gongshu/infra/record';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ComplaintTables } from './tables.ts';

/** What came with an act that was refused is no part of the complaint. */
const notRefused = sql<boolean>`not exists (
  select
  from intake
  where intake.receipt = complaint_attachment.receipt
    and intake.state = 'refused'
)`;

/** Why it is read. */
export const readingPurposes = ['contact', 'verify', 'handOver'] as const;
export type ReadingPurpose = (typeof readingPurposes)[number];
export type Reader = { id: string; role: string; organisation: string | null };
type Of = { caseNo: string; jurisdiction: string; purpose: ReadingPurpose; actor: Reader; at: Date };

/** That somebody read who complained, what came along or which case it is about. */
export const recordReading = async (
  trx: Transaction<ComplaintTables>,
  { caseNo, jurisdiction, purpose, actor, at }: Of,
): Promise<void> => {
  await record(trx, 'disclosure', {
    ...{ key: `${caseNo}/read/${randomUUID()}`, type: 'complaint.identityRead.v1', subject: caseNo },
    ...{ jurisdiction, at, actor, data: { caseNo, purpose } },
  });
};

/** Reads in the transaction that records the reading: nothing is shown that is not on record. */
const onRecord = <T>(
  db: Kysely<ComplaintTables>,
  of: Of,
  read: (trx: Transaction<ComplaintTables>) => Promise<T>,
): Promise<T> =>
  db.transaction().execute(async (trx) => {
    const found = await read(trx);
    await recordReading(trx, of);
    return found;
  });

export type Identity = {
  caseNo: string;
  name: string | null;
  contact: string | null;
  organisation: string | null;
  linkedCase: string | null;
  attachments: { hash: string; mediaType: string; bytes: number }[];
};

export const readIdentity = (db: Kysely<ComplaintTables>, of: Of): Promise<Identity> =>
  onRecord(db, of, async (trx) => {
    const row = await trx
      .selectFrom('complainant')
      .select(['name', 'contact', 'organisation', 'linked_case'])
      .where('case_no', '=', of.caseNo)
      .executeTakeFirst();
    const files = await trx
      .selectFrom('complaint_attachment')
      .select(['hash', 'media_type', 'bytes'])
      .where('case_no', '=', of.caseNo)
      .where(notRefused)
      .orderBy('hash')
      .execute();
    return {
      ...{ caseNo: of.caseNo, name: row?.name ?? null, contact: row?.contact ?? null },
      ...{ organisation: row?.organisation ?? null, linkedCase: row?.linked_case ?? null },
      attachments: files.map(({ hash, media_type, bytes }) => ({ hash, mediaType: media_type, bytes })),
    };
  });

/** One file; it may show who complained. Throws `notFound`. */
export const readAttachment = (db: Kysely<ComplaintTables>, of: Of, hash: string) =>
  onRecord(db, of, async (trx) => {
    const file = await trx
      .selectFrom('complaint_attachment')
      .select(['media_type', 'content'])
      .where('case_no', '=', of.caseNo)
      .where('hash', '=', hash)
      .where(notRefused)
      .executeTakeFirst();
    if (!file) throw problem('notFound');
    return { mediaType: file.media_type, content: file.content };
  });
