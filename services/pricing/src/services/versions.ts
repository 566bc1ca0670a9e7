/** Versions of an item of the list (F6): none is edited, a later one takes the place of the one before. */
import type { ExpressionBuilder } from 'kysely';
import type { ServiceTables } from './tables.ts';

type Fees = ServiceTables & { fee: ServiceTables['service_fee'] };

/** Of rows of `service_fee as fee`: no later version of the item has begun by the day, so it applies then or is to come. */
export const notReplacedBy = (day: string) => (where: ExpressionBuilder<Fees, 'fee'>) =>
  where.not(
    where.exists(
      where
        .selectFrom('service_fee as later')
        .select('later.id')
        .whereRef('later.jurisdiction', '=', 'fee.jurisdiction')
        .whereRef('later.operator', '=', 'fee.operator')
        .whereRef('later.item', '=', 'fee.item')
        .whereRef('later.from_on', '>', 'fee.from_on')
        .where('later.from_on', '<=', day),
    ),
  );
