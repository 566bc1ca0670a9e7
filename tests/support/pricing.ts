/**
 * Pricing as it runs: the service's routes, a real PostgreSQL, the real activities and workflows on a time-skipping
 * server; bodies and listed products as the registry's events leave them. One for a test file.
 */
import type { PricingTables } from '@gongshu/service-pricing/tables';
import { buildPricing } from '@gongshu/service-pricing';
import { hand } from '@gongshu/service-pricing/hand';
import type { Kysely } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { casePlay } from './case-play.ts';
import { type RunsGiven, startServiceRuns } from './service-runs.ts';

/** The people of a test city that prices concern. */
export const pricingPeople = (jurisdiction: string) =>
  ({
    bureau: { roles: ['bureau'], organisation: 'city-bureau', jurisdiction },
    government: { roles: ['government'], organisation: 'city-government', jurisdiction },
    price: { roles: ['price'], organisation: 'price-office', jurisdiction },
    finance: { roles: ['finance'], organisation: 'finance-office', jurisdiction },
    operator: { roles: ['operator'], organisation: 'operator', jurisdiction },
    merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction },
    rival: { roles: ['merchant'], organisation: 'merchant-2', jurisdiction },
    department: { roles: ['sourceDepartment'], organisation: 'dept-transport', jurisdiction },
    auditor: { roles: ['auditor'], organisation: 'audit-office', jurisdiction },
  }) as const satisfies Record<string, Who>;

const bodies = [
  { id: 'city-bureau', kind: 'bureau' },
  { id: 'city-government', kind: 'government' },
  { id: 'price-office', kind: 'price' },
  { id: 'finance-office', kind: 'finance' },
  { id: 'operator', kind: 'operator' },
  { id: 'merchant-1', kind: 'merchant' },
  { id: 'merchant-2', kind: 'merchant' },
  { id: 'dept-transport', kind: 'sourceDepartment' },
];

export type Pricing = Awaited<ReturnType<typeof startPricing>>;

export const startPricing = async (cities: readonly string[] = ['zhongwei'], given: RunsGiven = {}) => {
  const runs = await startServiceRuns({ service: 'pricing', hand, build: buildPricing }, given);
  const db = runs.db as unknown as Kysely<PricingTables>;
  for (const jurisdiction of cities)
    await db
      .insertInto('body')
      .values(bodies.map((one) => ({ jurisdiction, ...one })))
      .execute();
  let products = 0;
  /** A product as the registry's events leave it; listed for industry unless said otherwise. Answers its number. */
  const product = async (
    jurisdiction: string,
    { purpose = 'industry', state = 'listed', owner = 'merchant-1', kind = 'dataset' } = {},
  ): Promise<string> => {
    products += 1;
    const number = `640500-CP-2024-${String(products).padStart(6, '0')}`;
    await db
      .insertInto('product_version')
      .values({
        ...{ jurisdiction, product: number, version: 1, owner, class: kind, purpose, state },
        case_no: `640500-CY-2024-${String(products).padStart(6, '0')}`,
      })
      .execute();
    return number;
  };
  return { ...runs, db, product, ...casePlay(runs) };
};
