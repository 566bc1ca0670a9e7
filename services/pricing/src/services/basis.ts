/** What the price of a service rests on (F6; 中卫 十四): the operator's cost ledger, each item of it carried once. */
import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import { compare, type Fraction, fraction, plus } from '@gongshu/shared/exact';
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import { quantityOf, rateOf, sumOf, toFen } from '@gongshu/shared/pricing/money';
import { problem, problemTable, type ProblemCode } from '@gongshu/shared/problems';
import { sql } from 'kysely';
import { isReported } from '../costs/filed.ts';
import { effectiveFen } from '../costs/ledger.ts';
import type { FeeGiven } from './schema.ts';
import type { CostBasis, ServiceTrx } from './tables.ts';
import { notReplacedBy } from './versions.ts';

export type Listed = { jurisdiction: string; operator: string };
type Law = Pick<PricingLaw, 'serviceFees'>;
type Ledger = Extract<FeeGiven['basis'], { kind: 'ledger' }>;

const refuse = (code: ProblemCode, { serviceFees }: Law, places: readonly string[], params = {}) =>
  problem(code, {
    ...{ article: serviceFees.article, params },
    errors: places.map((pointer) => ({ pointer, code, message: problemTable[code].title })),
  });

/**
 * Throws `serviceCostStated` (409): a figure with its paper serves until the ledger can: once the cost of the year before
 * was reported, a price rests on items of it.
 */
const mustLackLedger = async (trx: ServiceTrx, listed: Listed, law: Law, at: Date): Promise<void> => {
  const year = yearOf(businessDateOf(at.getTime())) - 1;
  if (await isReported(trx, { ...listed, year }))
    throw refuse('serviceCostStated', law, ['/body/basis/kind'], { year: String(year) });
};

/** What other services that apply from the day on carry of each cost: of several versions of one, the one that carries most. */
const carriedByOthers = async (
  trx: ServiceTrx,
  { jurisdiction, operator }: Listed,
  { item, from }: Pick<FeeGiven, 'item' | 'from'>,
): Promise<Map<string, Fraction>> => {
  const rows = await trx
    .selectFrom('service_fee as fee')
    .select(['item', 'cost_basis'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('item', '!=', item)
    .where('withdrawn', '=', false)
    .where(notReplacedBy(from))
    .execute();
  const most = new Map<string, Map<string, Fraction>>();
  for (const { item: other, cost_basis: basis } of rows) {
    if (basis.kind !== 'ledger') continue;
    const share = rateOf(basis.share ?? '1');
    for (const cost of basis.costs) {
      const byItem = most.get(cost) ?? new Map<string, Fraction>();
      const known = byItem.get(other);
      if (!known || compare(share, known) > 0) byItem.set(other, share);
      most.set(cost, byItem);
    }
  }
  return new Map([...most].map(([cost, byItem]) => [cost, [...byItem.values()].reduce(plus)]));
};

/** Throws `serviceCostCarried` (409), with each place, where services together would carry more of a cost than there is. */
const mustBeLeft = async (
  trx: ServiceTrx,
  listed: Listed,
  given: Pick<FeeGiven, 'item' | 'from'>,
  { costs, share }: Ledger,
  law: Law,
): Promise<void> => {
  const carried = await carriedByOthers(trx, listed, given);
  const over = costs.flatMap((cost, at) => {
    const others = carried.get(cost);
    return others && compare(plus(others, rateOf(share)), fraction(1n)) > 0
      ? [`/body/basis/costs/${at}`]
      : [];
  });
  if (over.length > 0) throw refuse('serviceCostCarried', law, over);
};

/**
 * Cost of a unit, rounded down, so that a price never shows more margin than it has. Holds the operator's list until the
 * transaction ends: two services published at once do not carry one cost. Throws `serviceCostUnknown` (422),
 * `serviceCostCarried`, `serviceCostStated` (409).
 */
export const costOf = async (
  trx: ServiceTrx,
  listed: Listed,
  { basis, ...given }: FeeGiven,
  law: Law,
  at: Date,
): Promise<{ cost: bigint; basis: CostBasis }> => {
  const { jurisdiction, operator } = listed;
  const name = JSON.stringify(['service_basis', jurisdiction, operator]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
  if (basis.kind === 'stated') {
    await mustLackLedger(trx, listed, law, at);
    return { cost: BigInt(basis.fen), basis };
  }
  const costs = [...new Set(basis.costs)];
  const rows = await trx
    .selectFrom('cost_item')
    .select(['id', effectiveFen.as('fen')])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('id', 'in', costs)
    .where('reverses', 'is', null)
    .where('reversed_by', 'is', null)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = basis.costs.flatMap((id, place) => (known.has(id) ? [] : [place]));
  if (unknown.length > 0)
    throw problem('serviceCostUnknown', {
      errors: unknown.map((place) => ({
        ...{ pointer: `/body/basis/costs/${place}`, code: 'serviceCostUnknown' },
        message: { zh: '账册中没有该笔或已冲销', en: 'Not in the ledger, or reversed' },
      })),
    });
  await mustBeLeft(trx, listed, given, basis, law);
  const sum = sumOf(rows.map(({ fen }) => BigInt(fen)));
  const { n, d } = quantityOf(basis.units);
  const part = rateOf(basis.share);
  return {
    cost: (sum * part.n * d) / (part.d * n),
    basis: { kind: 'ledger', costs, sumFen: toFen(sum), units: basis.units, share: basis.share },
  };
};
