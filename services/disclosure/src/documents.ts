/** Whose the documents of disclosure are: of cases, of entries of its registers. */
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import { procedureObject } from '@gongshu/infra/procedures/document-object';
import type { Kysely } from 'kysely';
import { type EvidenceDb, evidenceObject, findEvidence } from './evidence/register.ts';

/** What `may()` asks about the owner of a document, by its number; undefined for what is none of ours. */
export const disclosureObject = (anyDb: Kysely<any>): ObjectOf => {
  const ofCase = procedureObject(anyDb as never);
  return async (number, actor, filedBy) => {
    if (!number.startsWith('ZM-')) return ofCase(number, actor, filedBy);
    const evidence = await findEvidence(anyDb as EvidenceDb, number);
    return evidence && evidenceObject(evidence);
  };
};
