/** The fingerprint of an artefact, kept with its evidence: later products are compared with it once its version is out. */
import { existsSync } from 'node:fs';
import type { FingerprintTables } from '@gongshu/infra/fingerprints/tables';
import type { EvidenceAsk } from '@gongshu/shared/product/evidence';
import type { Kysely } from 'kysely';
import type { EvidenceDeps } from './evidence-deps.ts';

/** Nothing where the engine wrote none: what is not judged is not released. A second run keeps the first one's. */
export const keepRelease = async (
  db: Kysely<FingerprintTables>,
  { keep, key }: Pick<EvidenceDeps, 'keep' | 'key'>,
  { caseNo, attempt }: Pick<EvidenceAsk, 'caseNo' | 'attempt'>,
  { resources, file, rows, at }: { resources: string[]; file: string; rows: number; at: number },
): Promise<void> => {
  if (!existsSync(file)) return;
  const { hash, bytes } = await keep(file);
  await db
    .insertInto('release_fingerprint')
    .values({
      ...{ case_no: caseNo, attempt, document: hash, bytes, key_id: key.id, rows, resources },
      kept_at: new Date(at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
