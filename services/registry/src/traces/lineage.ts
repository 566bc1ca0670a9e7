/** What is on record of where a version of a product comes from (D2). */
import { instant, instantOrNull } from '@gongshu/infra/cases/view-time';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { ActObject } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { EgressFacts, EgressState } from '@gongshu/shared/product/types';
import type { Lineage } from '@gongshu/shared/trace/provenance';
import type { Kysely } from 'kysely';

/** The lineage of a version, and whom it concerns. Throws `notFound`. */
export const lineageOf = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  { product, version }: { product: string; version: number },
): Promise<{ lineage: Lineage; object: ActObject }> => {
  const row = await db
    .selectFrom('product_version')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .innerJoin('procedure', 'procedure.case_no', 'product_version.case_no')
    .select(['product_version.case_no', 'product_version.released_at', 'product.owner', 'product.operator'])
    .select(['product.registration_code', 'procedure.start', 'procedure.state', 'procedure.authority'])
    .select('procedure.opened_at')
    .where('product.product_no', '=', product)
    .where('product.jurisdiction', '=', jurisdiction)
    .where('product_version.version', '=', version)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  const { case_no: caseNo, owner, operator, authority } = row;
  const { grants } = row.start.facts as EgressFacts;
  const { artefact, attempt } = row.state as Partial<EgressState>;
  const made = await db
    .selectFrom('product_artefact')
    .select(['artefact', 'contents'])
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt ?? 1)
    .executeTakeFirst();
  const entries = await db
    .selectFrom('procedure_entry')
    .select(['kind', 'at'])
    .where('case_no', '=', caseNo)
    .where('kind', 'in', ['checkPassed', 'agreed'])
    .orderBy('position')
    .execute();
  const lastOf = (kind: string) => instantOrNull(entries.findLast((one) => one.kind === kind)?.at ?? null);
  const covered = await db
    .selectFrom('product_grant')
    .select(['grant_no', 'resources'])
    .where('grant_no', 'in', grants.length > 0 ? grants : [''])
    .orderBy('grant_no')
    .execute();
  const reviewers = covered.flatMap(({ resources }) => resources.map(({ reviewer }) => reviewer));
  return {
    lineage: {
      ...{ product, version, caseNo, owner, operator, authority, registrationCode: row.registration_code },
      artefact: made?.artefact ?? artefact ?? '',
      fields: made?.contents.fields ?? [],
      grants: covered.map(({ grant_no: number, resources }) => ({
        number,
        resources: resources.map(({ resource, reviewer }) => ({ resource, reviewer })),
      })),
      submittedAt: instant(row.opened_at),
      ...{ checkedAt: lastOf('checkPassed'), agreedAt: lastOf('agreed') },
      releasedAt: instantOrNull(row.released_at),
    },
    object: { jurisdiction, owner, handlers: [operator, ...reviewers] },
  };
};
