import { toInstantText } from '@gongshu/shared/business-date';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { documentStates, type DocumentStore } from './store.ts';
import type { DocumentTables } from './tables.ts';

/** A document as a case lists it. */
export const CaseDocument = z
  .object({
    hash: z.string(),
    title: z.string().nullable().describe('Null for who does not handle the case'),
    role: z.string().describe('As what it was filed'),
    mediaType: z.string(),
    bytes: z.int(),
    filedBy: z.string(),
    filedAt: z.iso.datetime({ offset: true }),
    state: z.enum(documentStates).describe('Whether the file is there and still is what was filed'),
  })
  .meta({ id: 'CaseDocument' });
export type CaseDocument = z.infer<typeof CaseDocument>;

/**
 * The documents filed with a case (or another object, by its number), oldest first, each with the state of its file as
 * found now. Titles only where `words`.
 */
export const documentsOf = async (
  db: Kysely<DocumentTables>,
  store: DocumentStore,
  { jurisdiction, caseNo, words }: { jurisdiction: string; caseNo: string; words: boolean },
): Promise<CaseDocument[]> => {
  const rows = await db
    .selectFrom('document_link')
    .innerJoin('document', (join) =>
      join
        .onRef('document.jurisdiction', '=', 'document_link.jurisdiction')
        .onRef('document.organisation', '=', 'document_link.organisation')
        .onRef('document.hash', '=', 'document_link.hash'),
    )
    .select(['document.hash', 'document.title', 'document.media_type', 'document.bytes'])
    .select([
      'document_link.role',
      'document_link.title as filed_title',
      'document_link.organisation',
      'document_link.linked_at',
    ])
    .where('document_link.jurisdiction', '=', jurisdiction)
    .where('document_link.case_no', '=', caseNo)
    .orderBy('document_link.linked_at')
    .orderBy('document.hash')
    .orderBy('document_link.role')
    .execute();
  const views: CaseDocument[] = [];
  for (const row of rows)
    views.push({
      hash: row.hash,
      title: words ? (row.filed_title ?? row.title) : null,
      role: row.role,
      mediaType: row.media_type,
      bytes: row.bytes,
      filedBy: row.organisation,
      filedAt: toInstantText(row.linked_at.getTime()),
      state: await store.state(row.hash, row.bytes),
    });
  return views;
};
