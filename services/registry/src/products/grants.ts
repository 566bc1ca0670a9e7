import type { ProductTables } from '@gongshu/infra/products/tables';
import { type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';

export type GrantRow = Selectable<ProductTables['product_grant']>;

/** Whether a grant runs on a day of Asia/Shanghai: not suspended or ended, and within its term, both days included. */
export const runsOn = (
  { state, from_on, until_on }: Pick<GrantRow, 'state' | 'from_on' | 'until_on'>,
  on: BusinessDate,
): boolean => state === 'running' && (from_on ?? on) <= on && on <= (until_on ?? on);

/** The grants a version was built under run still, today of Asia/Shanghai. Throws `grantNotRunning` (422), naming one. */
export const grantsMustRun = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  grants: readonly string[],
  now: Date,
): Promise<void> => {
  const today = businessDateOf(now.getTime());
  const known = await db
    .selectFrom('product_grant')
    .select(['grant_no', 'state', 'from_on', 'until_on'])
    .where('jurisdiction', '=', jurisdiction)
    .where('grant_no', 'in', [...grants])
    .execute();
  const grant = grants.find((no) => !known.some((one) => one.grant_no === no && runsOn(one, today)));
  if (grant !== undefined) throw problem('grantNotRunning', { params: { grant } });
};
