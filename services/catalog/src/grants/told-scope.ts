/** What a grant covers, as its event tells it: resources, and fields by marks that stand for their names (A8, E1). */
import { fieldMark, type GrantedResource } from '@gongshu/infra/products/fields';
import { kindOfField } from '@gongshu/shared/egress/field-kinds';
import type { FieldGrade } from '@gongshu/shared/resource';
import type { UseTrx } from './deps.ts';

/** An event carries no more; a grant of more fields is told without them, and products read it as covering none. */
const mostFields = 5_000;

/** `fields` by name; grades as the catalog has them now. A name that stands twice is told with both grades. */
export const toldScope = async (
  trx: UseTrx,
  entries: readonly { resource: string; reviewer: string; fields: readonly string[] }[],
): Promise<GrantedResource[]> => {
  const known = await trx
    .selectFrom('resource_field')
    .select(['resource_id', 'name', 'grade'])
    .where(
      'resource_id',
      'in',
      entries.map(({ resource }) => resource),
    )
    .orderBy('position')
    .execute();
  const told = entries.map(({ resource, reviewer, fields }) => ({
    ...{ resource, reviewer },
    fields: known
      .filter(({ resource_id, name }) => resource_id === resource && fields.includes(name))
      .map(({ name, grade }) => ({
        field: fieldMark(resource, name),
        grade: grade as FieldGrade | null,
        kind: kindOfField(name) ?? null,
      })),
  }));
  const number = told.reduce((sum, { fields }) => sum + fields.length, 0);
  return number <= mostFields ? told : told.map((one) => ({ ...one, fields: [] }));
};
