import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { EvidenceItem } from '@gongshu/shared/product/evidence-report';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { type Actor, reaches } from '@gongshu/shared/may';
import { type Kysely, sql } from 'kysely';

export type CaseFilter = {
  state?: 'open' | 'ended' | undefined;
  stage?: string | undefined;
  product?: string | undefined;
  before: string | undefined;
  limit: number;
};

/** Cases of products within the actor's reach, newest number first: all of the city, or those it takes part in. */
export const listCases = (
  db: Kysely<ProductTables>,
  actor: Actor,
  { state, stage, product, before, limit }: CaseFilter,
): Promise<ProcedureRow[]> => {
  const whole = reaches(actor, 'readEgressCases').includes('jurisdiction');
  let query = db
    .selectFrom('procedure')
    .innerJoin('product_version', 'product_version.case_no', 'procedure.case_no')
    .selectAll('procedure')
    .where('jurisdiction', '=', actor.jurisdiction)
    .where('kind', '=', 'productEgress');
  if (!whole)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('procedure_body')
          .select(sql`1`.as('one'))
          .whereRef('procedure_body.case_no', '=', 'procedure.case_no')
          .where('procedure_body.organisation', '=', actor.organisation ?? ''),
      ),
    );
  if (state !== undefined) query = query.where('outcome', state === 'open' ? 'is' : 'is not', null);
  if (stage !== undefined) query = query.where('stage', '=', stage);
  if (product !== undefined) query = query.where('product_no', '=', product);
  if (before !== undefined) query = query.where('procedure.case_no', '<', before);
  return query.orderBy('procedure.case_no', 'desc').limit(limit).execute();
};

export type ItemRow = {
  item: number;
  kind: EvidenceItem['kind'];
  place: Record<string, unknown>;
  public_source: string | null;
};

/** Findings of an artefact by their numbers, after one of them. */
export const listItems = (
  db: Kysely<ProductTables>,
  { caseNo, attempt, after, limit }: { caseNo: string; attempt: number; after: number; limit: number },
): Promise<ItemRow[]> =>
  db
    .selectFrom('egress_item')
    .select(['item', 'kind', 'place', 'public_source'])
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .where('item', '>', after)
    .orderBy('item')
    .limit(limit)
    .execute();

/** One identifier of the report after a place in it; the report's own order. */
export const listFindings = async (
  db: Kysely<ProductTables>,
  { caseNo, attempt, after, limit }: { caseNo: string; attempt: number; after: number; limit: number },
): Promise<{ place: number; file: string; finding: Record<string, unknown> }[]> => {
  const { rows } = await sql<{ place: number; file: string; finding: Record<string, unknown> }>`
    select place::int, file, finding from (
      select row_number() over (order by scan_place, found_place) as place, scan ->> 'file' as file, finding
      from egress_evidence
      cross join lateral jsonb_array_elements(report -> 'scans') with ordinality as scans (scan, scan_place)
      cross join lateral jsonb_array_elements(scan -> 'findings') with ordinality as found (finding, found_place)
      where case_no = ${caseNo} and attempt = ${attempt}
    ) as listed
    where place > ${after}
    order by place
    limit ${limit}`.execute(db);
  return rows;
};
