/** Fingerprints a product is compared with (E1): its sources’, and those of versions released before. */
import { createReadStream } from 'node:fs';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import type { FingerprintTables } from '@gongshu/infra/fingerprints/tables';
import { type FingerprintHeader, fingerprintRows } from '@gongshu/shared/egress/fingerprint';
import { type Kysely, sql } from 'kysely';

type Db = Kysely<FingerprintTables>;

/** A file in the document store; `id` is the resource, or the number of the version's case. */
export type KeptFingerprint = { id: string; document: string; bytes: number; keyId: string };

/**
 * The newest fingerprint of each resource. `missing` have none: a product made from them cannot be held against them, which
 * is to be said wherever the result is shown, never passed over.
 */
export const fingerprintsOf = async (
  db: Db,
  { jurisdiction, resources }: { jurisdiction: string; resources: readonly string[] },
): Promise<{ found: KeptFingerprint[]; missing: string[] }> => {
  if (resources.length === 0) return { found: [], missing: [] };
  const rows = await db
    .selectFrom('source_fingerprint')
    .distinctOn('resource')
    .select(['resource', 'document', 'bytes', 'key_id'])
    .where('jurisdiction', '=', jurisdiction)
    .where('resource', 'in', [...resources])
    .orderBy('resource')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const found = rows.map((row) => ({
    ...{ id: row.resource, document: row.document, bytes: Number(row.bytes), keyId: row.key_id },
  }));
  return { found, missing: [...new Set(resources)].filter((one) => !found.some(({ id }) => id === one)) };
};

/**
 * Versions that have been released before: of the same product, or of any made from one of the resources; recalled and
 * retired ones too, as whoever got them has them still. The version itself is none of them. In the order of their numbers.
 */
export const earlierReleasesOf = async (
  db: Db,
  { caseNo, jurisdiction, resources }: { caseNo: string; jurisdiction: string; resources: readonly string[] },
): Promise<KeptFingerprint[]> => {
  const rows = await db
    .selectFrom('release_fingerprint as f')
    .innerJoin('product_version as v', 'v.case_no', 'f.case_no')
    .innerJoin('product as p', 'p.product_no', 'v.product_no')
    .distinctOn('f.case_no')
    .select(['f.case_no', 'f.document', 'f.bytes', 'f.key_id'])
    .where('p.jurisdiction', '=', jurisdiction)
    .where('f.case_no', '<>', caseNo)
    .where('v.released_at', 'is not', null)
    .where((eb) =>
      eb.or([
        sql<boolean>`f.resources && ${[...resources]}::text[]`,
        eb(
          'v.product_no',
          '=',
          eb.selectFrom('product_version').select('product_no').where('case_no', '=', caseNo),
        ),
      ]),
    )
    .orderBy('f.case_no')
    .orderBy('f.attempt', 'desc')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.case_no, document: row.document, bytes: Number(row.bytes), keyId: row.key_id },
  }));
};

/**
 * Keeps the fingerprint that a scan made of an artefact: the file in the document store, its row beside the evidence. It
 * counts once the version is released. Safe to run again: the first one of an attempt stands.
 */
export const keepReleaseFingerprint = async (
  { db, documents }: { db: Db; documents: Pick<DocumentStore, 'receive' | 'maxDataBytes'> },
  kept: {
    caseNo: string;
    attempt: number;
    file: string;
    header: FingerprintHeader;
    resources: readonly string[];
    at: Date;
  },
): Promise<KeptFingerprint> => {
  const { caseNo, attempt, header } = kept;
  const received = await documents.receive(createReadStream(kept.file), documents.maxDataBytes);
  await received.keep();
  await db
    .insertInto('release_fingerprint')
    .values({
      ...{ case_no: caseNo, attempt, document: received.hash, bytes: received.bytes, key_id: header.keyId },
      ...{ rows: fingerprintRows(header), resources: [...kept.resources], kept_at: kept.at },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('release_fingerprint')
    .select(['document', 'bytes', 'key_id'])
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow();
  return { id: caseNo, document: row.document, bytes: Number(row.bytes), keyId: row.key_id };
};
