/** Whether a tariff may be published (F1, F3): listed, under its ceiling for as long as it applies, announced in time. */
import { newestCalendar } from '@gongshu/infra/calendars';
import { tariffsReaching } from '@gongshu/infra/tariffs/give-way';
import { standingOf } from '@gongshu/infra/tariffs/standing';
import type { TariffTables } from '@gongshu/infra/tariffs/tables';
import { addDays, type BusinessDate, yearOf } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { ChargeUnit, CustomerClass } from '@gongshu/shared/packs/topics/pricing';
import type { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import { type Standing, type Unfavoured, unfavouredIn } from '@gongshu/shared/pricing/favour';
import { pricingLaw, type PricingLaw, refused } from '@gongshu/shared/pricing/law';
import { rateOf } from '@gongshu/shared/pricing/money';
import { isFree, judgeTariff } from '@gongshu/shared/pricing/tariff';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { ceilingsFrom } from '../ceilings/queries.ts';
import { mustBeListed } from '../products/listed.ts';
import type { PricingTables } from '../tables.ts';

export type Tables = TariffTables & PricingTables;
export type Trx = Transaction<Tables>;

/** What an operator would charge from a day on, for good. */
export type Draft = {
  jurisdiction: string;
  operator: string;
  product: string;
  unit: ChargeUnit;
  class: CustomerClass;
  /** A code; null: whatever the scenario. */
  scenario: string | null;
  /** Whole fen a unit, before the discount. */
  fen: number;
  discount: string;
  from: BusinessDate;
};

/** The lowest ceiling of all days from the first on; null where there is none for that day, or it is another operator's. */
const lowestCeiling = async (trx: Kysely<TariffTables>, draft: Draft): Promise<bigint | null> => {
  const ceilings = await ceilingsFrom(trx, draft, draft.from);
  const [first] = ceilings;
  if (!first || first.from_on > draft.from) return null;
  if (!(await isSame(trx, draft, first.operator))) return null;
  return BigInt(ceilings.reduce((least, { fen }) => Math.min(least, fen), first.fen));
};

/** The operator itself, or one that went into it. */
const isSame = async (
  trx: Kysely<TariffTables>,
  { jurisdiction, operator }: Draft,
  named: string,
): Promise<boolean> => {
  if (named === operator) return true;
  const row = await trx
    .selectFrom('body')
    .select('successor')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', named)
    .executeTakeFirst();
  return row?.successor === operator;
};

/**
 * Throws `favouredTooDear` (422), with the article, where a change makes a favoured customer pay more than the general
 * charge less the least discount, in any scenario, on any day from `from` on: whichever is set or ends, and in whatever
 * order. What was so before the change does not stand in its way.
 */
export const mustFavour = (
  law: PricingLaw,
  before: readonly Standing[],
  after: readonly Standing[],
  { from, at }: { from: BusinessDate; at: string },
): void => {
  const nameOf = ({ favoured, general }: Unfavoured) => JSON.stringify([favoured.tariff, general.tariff]);
  const known = new Set(unfavouredIn(before, law, from).map(nameOf));
  const made = unfavouredIn(after, law, from).filter((pair) => !known.has(nameOf(pair)));
  if (made.length > 0) throw refused([{ code: 'favouredTooDear', at, article: law.discounts.article }]);
};

/** What the operator's customers of the product pay from the day on, for its purpose. */
export const standingBeside = async (
  trx: Trx,
  of: Pick<Draft, 'jurisdiction' | 'operator' | 'product' | 'unit'> & { purpose: ProductPurpose },
  from: BusinessDate,
): Promise<Standing[]> =>
  (await tariffsReaching(trx, of, from))
    .filter((one) => one.operator === of.operator && one.purpose === of.purpose)
    .map(standingOf);

/** What `mustFavour` says of a tariff that is to be published: it takes the place of its like from its first day on. */
const mustFavourWith = async (
  trx: Trx,
  law: PricingLaw,
  draft: Draft,
  purpose: ProductPurpose,
): Promise<void> => {
  const { from, class: customer, scenario } = draft;
  const before = await standingBeside(trx, { ...draft, purpose }, from);
  const others = before.filter((one) => !(one.class === customer && one.scenario === scenario));
  const own = standingOf({ ...draft, tariff: '', from_on: from, until_on: null });
  mustFavour(law, before, [...others, own], { from, at: '/fen' });
};

/**
 * Throws the gravest reason why it may not stand, with the article: `unitNotAllowed`, `notOnList`,
 * `chargeOnFreePurpose`, `noCeiling`, `aboveCeiling`, `discountTooSmall`, `favouredTooDear`. Call it under the lock of the product and
 * unit: the answer stays true until the transaction ends.
 */
export const mustStand = async (
  trx: Trx,
  pack: ResolvedPack,
  draft: Draft,
): Promise<{ purpose: ProductPurpose; free: boolean }> => {
  const law: PricingLaw = pricingLaw(pack);
  if (!law.units.value.includes(draft.unit))
    throw refused([{ code: 'unitNotAllowed', at: '/unit', article: law.units.article }]);
  const { purpose } = await mustBeListed(trx as never, pack, draft.product, { lock: true });
  const [first, ...others] = judgeTariff(
    {
      ...{ product: draft.product, class: draft.class, purpose, fen: BigInt(draft.fen) },
      discount: rateOf(draft.discount),
    },
    { unit: draft.unit, ceiling: await lowestCeiling(trx as never, draft) },
    law,
  );
  if (first) throw refused([first, ...others]);
  const free = isFree(purpose, law);
  if (!free) await mustFavourWith(trx, law, draft, purpose);
  return { purpose, free };
};

/** How long a tariff is public before it applies, and the first day that leaves it so long. */
export type Notice = { days: number; until: BusinessDate; earliest: BusinessDate };

/**
 * Working days of the city's calendar after the day of publication, which itself does not count.
 * Throws `yearNotPublished` (404) where the notice would reach a year without its holidays.
 */
export const noticeFrom = async (
  db: Kysely<Tables>,
  pack: ResolvedPack,
  today: BusinessDate,
): Promise<Notice> => {
  const { workingDays: days } = ruleOf(pack, 'pricing', 'tariffNotice').value;
  const { calendar } = await newestCalendar(db, pack.jurisdiction);
  const until = calendar.workingDayAfter(today, days);
  if (until === undefined) throw problem('yearNotPublished', { params: { year: String(yearOf(today) + 1) } });
  return { days, until, earliest: addDays(until, 1) };
};

/** Throws `tariffNoticeTooShort` (422), with the clause, for a first day before the notice ends. */
export const mustBeAnnounced = (pack: ResolvedPack, from: BusinessDate, { earliest }: Notice): void => {
  if (from >= earliest) return;
  throw problem('tariffNoticeTooShort', {
    ...clauseIn(pack, 'pricing', 'tariffNotice'),
    params: { earliest },
    errors: [
      {
        ...{ pointer: '/body/from', code: 'tariffNoticeTooShort' },
        message: { zh: `不早于 ${earliest}`, en: `${earliest} or later` },
      },
    ],
  });
};
