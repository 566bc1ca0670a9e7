/** What a ceiling is opened on (F3): a charged product on the list, units the pack knows, a forecast beside the cap (F2). */
import type { TariffTables } from '@gongshu/infra/tariffs/tables';
import { type BusinessDate, yearOf } from '@gongshu/shared/business-date';
import { type CeilingForecast, forecastOf } from '@gongshu/shared/ceiling/forecast';
import type { UnitCeiling } from '@gongshu/shared/ceiling/types';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { ChargeUnit } from '@gongshu/shared/packs/topics/pricing';
import { pricingLaw, type Reason, refused } from '@gongshu/shared/pricing/law';
import { Fen } from '@gongshu/shared/pricing/money';
import { isFree } from '@gongshu/shared/pricing/tariff';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { mustBeListed } from '../products/listed.ts';
import { revenueInForce } from '@gongshu/infra/revenues/in-force';
import type { PricingTables } from '../tables.ts';
import { ceilingOn, ceilingsOf } from './queries.ts';

type Tables = TariffTables & PricingTables;
export type CeilingDb = Kysely<Tables>;
export type CeilingTrx = Transaction<Tables>;

/** A day that a ceiling or a tariff may name. */
export const PriceDay = z.iso.date().regex(/^20\d\d-/, '2000–2099');
export const ProductNo = z
  .string()
  .regex(/^[0-9A-Z]{1,20}-CP-\d{4}-\d{6,}$/)
  .max(60);
export const UnitDraft = z.strictObject({
  unit: ChargeUnit,
  fen: Fen.describe('Whole fen a unit, at most'),
  from: PriceDay.describe('First day it applies: today or later'),
  expectedQty: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})(\.\d{1,6})?$/, 'an exact decimal')
    .describe('Units expected in a year, for the forecast against the permitted revenue'),
});
export type UnitDraft = z.output<typeof UnitDraft>;

/** The product must stand on the list and be charged for. Throws `notOnList` (409), `chargeOnFreePurpose` (422). */
export const mustBeCharged = async (
  db: Kysely<PricingTables>,
  pack: ResolvedPack,
  product: string,
  lock: boolean,
): Promise<void> => {
  const { purpose } = await mustBeListed(db, pack, product, { lock });
  const law = pricingLaw(pack);
  if (isFree(purpose, law))
    throw refused([{ code: 'chargeOnFreePurpose', at: '/product', article: law.freePurposes.article }]);
};

/** Throws `unitNotAllowed` (422), with the article, at each unit the pack does not know; `ceilingDayPassed` (422). */
export const mustBeSettable = (
  pack: ResolvedPack,
  units: readonly UnitDraft[],
  today: BusinessDate,
): void => {
  const { units: known } = pricingLaw(pack);
  const [first, ...others] = units.flatMap(({ unit }, at): Reason[] =>
    known.value.includes(unit)
      ? []
      : [{ code: 'unitNotAllowed', at: `/ceilings/${at}/unit`, article: known.article }],
  );
  if (first) throw refused([first, ...others]);
  const passed = units.findIndex(({ from }) => from < today);
  if (passed < 0) return;
  const params = { from: units[passed]?.from ?? '', today };
  throw problem('ceilingDayPassed', {
    params,
    errors: [
      {
        ...{ pointer: `/body/ceilings/${passed}/from`, code: 'ceilingDayPassed' },
        message: { zh: `不早于 ${today}`, en: `${today} or later` },
      },
    ],
  });
};

type Of = { jurisdiction: string; operator: string; product: string };

/** Each unit beside the ceiling that it takes the place of. */
export const besideBefore = async (
  db: CeilingDb,
  { jurisdiction, product }: Of,
  units: readonly UnitDraft[],
): Promise<UnitCeiling[]> => {
  const beside: UnitCeiling[] = [];
  for (const one of units) {
    const before = await ceilingOn(db, { jurisdiction, product, unit: one.unit }, one.from);
    beside.push({ ...one, before: before?.fen ?? null });
  }
  return beside;
};

/**
 * All ceilings of the operator as they will stand on the first day of these, at the quantities expected, beside the
 * permitted revenue of that year.
 */
export const forecastWith = async (
  db: CeilingDb,
  of: Of,
  units: readonly Omit<UnitCeiling, 'before'>[],
): Promise<CeilingForecast> => {
  const on = units.map(({ from }) => from).reduce((a, b) => (a < b ? a : b));
  const year = yearOf(on);
  const standing = await ceilingsOf(db, of, on);
  const others = standing.filter(
    ({ product, unit }) => product !== of.product || !units.some((one) => one.unit === unit),
  );
  return forecastOf(
    [
      ...others.map(({ product, fen, expected_qty }) => ({ product, fen, expectedQty: expected_qty })),
      ...units.map(({ fen, expectedQty }) => ({ product: of.product, fen, expectedQty })),
    ],
    year,
    await revenueInForce(db, { ...of, year }),
  );
};
