import type { ProductTables } from '@gongshu/infra/products/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

/** The grants a version was built under run still, today of Asia/Shanghai. Throws `grantNotRunning` (422), naming one. */
export const grantsMustRun = async (
  db: Kysely<ProductTables>,
  jurisdiction: string,
  grants: readonly string[],
  now: Date,
): Promise<void> => {
  const today = businessDateOf(now.getTime());
  const running = await db
    .selectFrom('product_grant')
    .select('grant_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('grant_no', 'in', [...grants])
    .where('state', '=', 'running')
    .where((eb) => eb.or([eb('from_on', 'is', null), eb('from_on', '<=', today)]))
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute();
  const grant = grants.find((one) => !running.some(({ grant_no }) => grant_no === one));
  if (grant !== undefined) throw problem('grantNotRunning', { params: { grant } });
};
