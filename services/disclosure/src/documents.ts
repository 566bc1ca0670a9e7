/** Whose the documents of disclosure are: of cases, of entries of its registers. */
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { procedureObject } from '@gongshu/infra/procedures/document-object';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { type Actor, reaches } from '@gongshu/shared/may';
import type { Kysely } from 'kysely';
import { reviewerOf } from './complaints/reviewer.ts';
import { type EvidenceDb, evidenceObject, findEvidence } from './evidence/register.ts';

/** Of a complaint whoever decides its review reads every document (S4). */
const reviewerOfCase = async (
  db: Kysely<ProcedureTables>,
  caseNo: string,
  actor: Actor,
): Promise<string[]> => {
  if (!reaches(actor, 'readComplainant').includes('handler')) return [];
  const row = await db
    .selectFrom('procedure')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('kind', '=', 'complaint')
    .executeTakeFirst();
  return row ? reviewerOf(row as ProcedureRow, actor) : [];
};

/** What `may()` asks about the owner of a document, by its number; undefined for what is none of ours. */
export const disclosureObject = (anyDb: Kysely<any>): ObjectOf => {
  const ofCase = procedureObject(anyDb as never);
  return async (number, actor, filedBy) => {
    if (number.startsWith('ZM-')) {
      const evidence = await findEvidence(anyDb as EvidenceDb, number);
      return evidence && evidenceObject(evidence);
    }
    const object = await ofCase(number, actor, filedBy);
    if (!object) return undefined;
    return {
      ...object,
      handlers: [...(object.handlers ?? []), ...(await reviewerOfCase(anyDb, number, actor))],
    };
  };
};
