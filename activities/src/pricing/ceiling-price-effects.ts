/** What entries of ceiling prices (F3, F1) change beside their case: the ceiling stands, and no tariff above it does. */
import { type Change, recordAll } from '@gongshu/infra/record';
import { endCeilings, endTariff, tariffsReaching } from '@gongshu/infra/tariffs/give-way';
import { lockUnits } from '@gongshu/infra/tariffs/lock';
import { standingOf } from '@gongshu/infra/tariffs/standing';
import { nextTariffNo } from '@gongshu/infra/tariffs/number';
import type { TariffTable, TariffTables } from '@gongshu/infra/tariffs/tables';
import type { CeilingFacts, UnitCeiling } from '@gongshu/shared/ceiling/types';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import { mostOfFavoured, unfavouredIn } from '@gongshu/shared/pricing/favour';
import { type PricingLaw, pricingLaw } from '@gongshu/shared/pricing/law';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { Selectable, Transaction } from 'kysely';
import { packs } from '../packs.ts';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<TariffTables>;
type Row = Selectable<TariffTable>;
/** A tariff, the fen it comes down to, and by which article. */
type Cut = { before: Row; fen: number; article: ArticleRef | undefined };

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * A tariff above the new ceiling gives way from the ceiling's first day to one that says the ceiling, with the discount
 * it had. What is compared is the amount a unit before the discount, as when a tariff is judged: whoever gets a
 * discount pays less than the ceiling still.
 */
const cut = async (
  trx: Trx,
  { start, actor, entry }: EffectOf,
  { from }: UnitCeiling,
  { before, fen, article }: Cut,
): Promise<Change> => {
  const { caseNo, jurisdiction, packVersion } = start;
  const at = new Date(entry.at);
  const { areaCode } = start.facts as CeilingFacts;
  const tariff = await nextTariffNo(trx, { jurisdiction, areaCode, at });
  await endTariff(trx, before, { from, by: tariff });
  const { operator, product, unit, scenario, purpose, discount, until_on } = before;
  const of = { operator, product, unit, class: before.class, scenario, purpose, fen, discount };
  const from_on = later(from, before.from_on);
  await trx
    .insertInto('tariff')
    .values({
      ...{ ...of, tariff, jurisdiction, from_on, until_on, free: before.free },
      ...{ state: 'published', notice_days: 0, notice_until: null, published_at: at, set_at: at },
      ...{ grounds: before.grounds, set_by: actor.id, pack_version: packVersion },
      ...{ cut_by: caseNo, cut_from: before.tariff },
    })
    .execute();
  return {
    ...{ key: `${caseNo}/cut/${tariff}`, type: 'tariff.cut.v1', subject: tariff, jurisdiction, at, actor },
    data: {
      ...{ ...of, tariff, packVersion, caseNo, cutFrom: before.tariff, beforeFen: before.fen },
      ...{ from: from_on, until: until_on },
      ...(article && {
        article: clauseWords(article.article, article.instrument),
        articleInstrument: article.instrument,
      }),
    },
  };
};

/**
 * What gives way to a ceiling: the tariffs above it, and of those whom the text favours (朔州 十（三）) also the ones that are
 * no longer as much under the general charge, which came down. They follow from the same day on, as far as they must.
 */
const cutsBy = (
  rows: readonly Row[],
  { from, fen: ceiling }: UnitCeiling,
  law: PricingLaw,
  rests: ArticleRef | undefined,
): Cut[] => {
  const above = new Map(rows.filter(({ fen }) => fen > ceiling).map((row) => [row.tariff, row]));
  if (above.size === 0) return [];
  const follow = new Map<string, bigint>();
  const priceOf = (row: Row) => ({ ...row, fen: Math.min(row.fen, ceiling) });
  const charged = rows.filter(({ free }) => !free);
  for (const owner of new Set(charged.map(({ operator, purpose }) => JSON.stringify([operator, purpose])))) {
    const own = charged.filter(({ operator, purpose }) => JSON.stringify([operator, purpose]) === owner);
    for (const pair of unfavouredIn(own.map(priceOf).map(standingOf), law, from)) {
      const { tariff } = pair.favoured;
      const [most, known] = [mostOfFavoured(pair), follow.get(tariff)];
      follow.set(tariff, known === undefined || most < known ? most : known);
    }
  }
  return rows.flatMap((before): Cut[] => {
    const most = follow.get(before.tariff);
    if (most !== undefined) return [{ before, fen: Number(most), article: law.discounts.article }];
    return above.has(before.tariff) ? [{ before, fen: ceiling, article: rests }] : [];
  });
};

/**
 * In the transaction in which the ceiling comes to stand, under the lock that every tariff takes: there is no moment at
 * which a tariff above it stands.
 */
export const setCeilings = async (trx: Trx, of: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction, facts } = of.start;
  const { product, operator, ceilings } = facts as CeilingFacts;
  await lockUnits(trx, { jurisdiction, product, units: ceilings.map(({ unit }) => unit) });
  const law = pricingLaw(packs().resolve(jurisdiction));
  const changes: Change[] = [];
  for (const one of ceilings) {
    const unit = { jurisdiction, product, unit: one.unit };
    await endCeilings(trx, unit, { from: one.from, by: caseNo });
    await trx
      .insertInto('ceiling')
      .values({
        ...{ ...unit, case_no: caseNo, operator, fen: one.fen, expected_qty: one.expectedQty },
        ...{ from_on: one.from, until_on: null, set_at: new Date(of.entry.at) },
      })
      .execute();
    const rows = await tariffsReaching(trx, unit, one.from);
    for (const given of cutsBy(rows, one, law, of.entry.rests)) changes.push(await cut(trx, of, one, given));
  }
  await recordAll(trx, 'pricing', changes);
};

export const ceilingPriceEffects: Effects = async (trx, of) => {
  if (of.entry.kind === 'set') await setCeilings(trx as unknown as Trx, of);
};
