/** Of which kind the revenue of metered use is, by the kinds that a pack counts (F4: 乌海 九（一）names three). */
import type { ChargeUnit, IncomeKind } from '../packs/topics/pricing.ts';
import type { PricingLaw } from '../pricing/law.ts';

/** What is sold by the item is a product; what is called, runs or flows is a service. */
const inOrder: Record<'item' | 'service', readonly IncomeKind[]> = {
  item: ['productSales', 'operationFees', 'dataServices', 'dataTrading'],
  service: ['dataServices', 'operationFees', 'productSales', 'dataTrading'],
};

/** The first kind of the pack that fits; @throws RangeError for a pack that counts none but services to merchants. */
export const incomeOfUse = (
  unit: ChargeUnit,
  { incomeKinds }: Pick<PricingLaw, 'incomeKinds'>,
): IncomeKind => {
  const found = inOrder[unit === 'item' ? 'item' : 'service'].find((kind) =>
    incomeKinds.value.includes(kind),
  );
  if (!found) throw new RangeError('the pack counts no income that metered use could be');
  return found;
};
