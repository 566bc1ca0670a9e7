/** What one body holds: fields of its running grants and of its products, for what they tell together (X6; 国家 二十一). */
import { fieldMark } from '@gongshu/infra/products/fields';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { kindOfField } from '@gongshu/shared/egress/field-kinds';
import type { Holding } from '@gongshu/shared/egress/linkage';
import type { EgressState } from '@gongshu/shared/product/types';
import { type Kysely, sql } from 'kysely';

/** Whether the city has a body of this id on record, as a party or as a merchant. */
export const knowsBody = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  body: string,
): Promise<boolean> => {
  const { rows } = await sql`
    select from registry.party where jurisdiction = ${jurisdiction} and id = ${body}
    union all
    select from registry.merchant where jurisdiction = ${jurisdiction} and organisation = ${body}`.execute(
    db,
  );
  return rows.length > 0;
};

/** Grants that run or are suspended, and versions of products under way or out, by number; at most 500 of each. */
export const holdingsOf = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  body: string,
): Promise<Holding[]> => {
  const grants = await db
    .selectFrom('product_grant')
    .select(['grant_no', 'resources'])
    .where('jurisdiction', '=', jurisdiction)
    .where('applicant', '=', body)
    .where('state', 'in', ['running', 'suspended'])
    .orderBy('grant_no')
    .limit(500)
    .execute();
  const versions = await db
    .selectFrom('product_version')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .innerJoin('procedure', 'procedure.case_no', 'product_version.case_no')
    .innerJoin('product_artefact', 'product_artefact.case_no', 'product_version.case_no')
    .select(['product.product_no', 'product_version.version', 'procedure.state'])
    .select(['product_artefact.attempt', 'product_artefact.contents'])
    .where('product.jurisdiction', '=', jurisdiction)
    .where('product.owner', '=', body)
    .where('product_version.state', 'in', ['underWay', 'listed', 'released', 'suspended'])
    .orderBy('product.product_no')
    .orderBy('product_version.version')
    .limit(500)
    .execute();
  const grades = new Map(
    grants.flatMap(({ resources }) =>
      resources.flatMap(({ resource, fields }) =>
        fields.map(({ field, grade }) => [`${resource} ${field}`, grade] as const),
      ),
    ),
  );
  return [
    ...grants.map(
      ({ grant_no, resources }): Holding => ({
        ...{ kind: 'grant', id: grant_no },
        fields: resources.flatMap(({ resource, fields }) =>
          fields.map(({ field, grade, kind }) => ({
            ...{ name: null, origins: [{ resource, field }], grade, quasi: false, kind: kind ?? null },
          })),
        ),
      }),
    ),
    ...versions
      .filter(({ attempt, state }) => attempt === (state as Partial<EgressState>).attempt)
      .map(({ product_no, version, contents }): Holding => {
        const { fields, quasiIdentifiers } = contents;
        return {
          ...{ kind: 'product', id: `${product_no}/${version}` },
          fields: fields.map(({ name, from }) => {
            const origins = from.map((one) => ({
              ...{ resource: one.resource, field: fieldMark(one.resource, one.field) },
            }));
            const [origin] = origins;
            // As its source is graded: what was made of it by desensitising is what the evidence speaks of.
            const grade = origin ? (grades.get(`${origin.resource} ${origin.field}`) ?? null) : null;
            const kind = kindOfField(name) ?? from.map((one) => kindOfField(one.field)).find(Boolean) ?? null;
            return { name, origins, grade, kind, quasi: quasiIdentifiers?.includes(name) ?? false };
          }),
        };
      }),
  ];
};
