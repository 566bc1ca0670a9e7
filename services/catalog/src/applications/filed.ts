/** The documents of an application: uploaded by the applicant, and filed with the case. */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import type { Transaction } from 'kysely';
import type { Contents } from './contents.ts';

/**
 * Files the documents that the contents name with the case, once each. Throws `documentUnknown` (422) by place for what
 * the applicant has not uploaded.
 */
export const fileDocuments = async (
  trx: Transaction<ApplicationTables>,
  { documents = [] }: Contents,
  by: { caseNo: string; jurisdiction: string; organisation: string; at: Date },
): Promise<void> => {
  const { caseNo, jurisdiction, organisation, at } = by;
  const cited = documents.map(({ hash }, index) => ({
    hash,
    pointer: `/body/contents/documents/${index}/hash`,
  }));
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  for (const { hash, title } of documents)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role: 'application', by: organisation, at, title });
};
