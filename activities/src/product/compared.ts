/** What a product is compared with (E1): fingerprints of its granted resources, and of versions released before. */
import type { FingerprintTables } from '@gongshu/infra/fingerprints/tables';
import type { ProductContents } from '@gongshu/shared/product/contents';
import type { EgressFacts } from '@gongshu/shared/product/types';
import { type Kysely, sql } from 'kysely';
import type { EarlierRelease } from '../egress/engine/differencing.ts';
import type { ScanSource } from '../egress/engine/scan-ask.ts';
import type { EvidenceDeps } from './evidence-deps.ts';

type Db = Kysely<FingerprintTables>;
type Case = { caseNo: string; jurisdiction: string; facts: EgressFacts };

/** Every resource of the grants a product was built under, declared as its origin or not. */
export const resourcesOf = async (db: Db, { jurisdiction, facts }: Case): Promise<string[]> => {
  const grants = await db
    .selectFrom('product_grant')
    .select('resources')
    .where('jurisdiction', '=', jurisdiction)
    .where('grant_no', 'in', facts.grants)
    .execute();
  return [...new Set(grants.flatMap(({ resources }) => resources.map(({ resource }) => resource)))].sort();
};

/**
 * The newest fingerprint of each resource. Those said to be lawfully public are counted, not held against the product;
 * the checkers confirm them, each.
 */
export const sourcesOf = async (
  db: Db,
  { pathOf }: Pick<EvidenceDeps, 'pathOf'>,
  { jurisdiction }: Case,
  { resources, contents }: { resources: readonly string[]; contents: ProductContents },
): Promise<ScanSource[]> => {
  if (resources.length === 0) return [];
  const rows = await db
    .selectFrom('source_fingerprint')
    .distinctOn('resource')
    .select(['resource', 'document', 'bytes'])
    .where('jurisdiction', '=', jurisdiction)
    .where('resource', 'in', resources)
    .orderBy('resource')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const lawfullyPublic = new Set(contents.publicSources.map(({ resource }) => resource));
  return Promise.all(
    rows.map(async ({ resource, document, bytes }) => ({
      ...{ id: resource, form: 'fingerprint' as const, lawfullyPublic: lawfullyPublic.has(resource) },
      file: await pathOf(document, Number(bytes)),
    })),
  );
};

/** Granted resources that the product cannot be compared with: no fingerprint stands, and none is needed as of public ones. */
export const notCompared = (
  resources: readonly string[],
  sources: readonly Pick<ScanSource, 'id'>[],
  { publicSources }: Pick<ProductContents, 'publicSources'>,
): string[] =>
  resources.filter(
    (one) => !sources.some(({ id }) => id === one) && !publicSources.some(({ resource }) => resource === one),
  );

/** Versions that went out, of this product and of others made from the same sources: what is out stays out, recalled too. */
export const earlierOf = async (
  db: Db,
  { pathOf }: Pick<EvidenceDeps, 'pathOf'>,
  { caseNo, jurisdiction, facts }: Case,
  resources: readonly string[],
): Promise<EarlierRelease[]> => {
  const rows = await db
    .selectFrom('release_fingerprint')
    .innerJoin('product_version', 'product_version.case_no', 'release_fingerprint.case_no')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .distinctOn('release_fingerprint.case_no')
    .select(['release_fingerprint.case_no', 'document', 'bytes'])
    .where('product.jurisdiction', '=', jurisdiction)
    .where('release_fingerprint.case_no', '!=', caseNo)
    .where('released_at', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('product.product_no', '=', facts.product),
        sql<boolean>`release_fingerprint.resources && ${[...resources]}::text[]`,
      ]),
    )
    .orderBy('release_fingerprint.case_no')
    .orderBy('attempt', 'desc')
    .execute();
  return Promise.all(
    rows.map(async ({ case_no, document, bytes }) => ({
      id: case_no,
      file: await pathOf(document, Number(bytes)),
    })),
  );
};
