/** What entries of ceiling prices (F3) change beside their case: the ceiling stands, and no tariff above it does. */
import { type Change, recordAll } from '@gongshu/infra/record';
import { endCeilings, endTariff, tariffsReaching } from '@gongshu/infra/tariffs/give-way';
import { lockUnits } from '@gongshu/infra/tariffs/lock';
import { nextTariffNo } from '@gongshu/infra/tariffs/number';
import type { TariffTable, TariffTables } from '@gongshu/infra/tariffs/tables';
import type { CeilingFacts, UnitCeiling } from '@gongshu/shared/ceiling/types';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import type { Selectable, Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<TariffTables>;
type Row = Selectable<TariffTable>;

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * A tariff above the new ceiling gives way from the ceiling's first day to one that says the ceiling, with the discount
 * it had. What is compared is the amount a unit before the discount, as when a tariff is judged: whoever gets a
 * discount pays less than the ceiling still.
 */
const cut = async (
  trx: Trx,
  { start, entry, actor }: EffectOf,
  { from, fen }: UnitCeiling,
  before: Row,
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
      ...(entry.rests && {
        article: clauseWords(entry.rests.article),
        articleInstrument: entry.rests.instrument,
      }),
    },
  };
};

/**
 * In the transaction in which the ceiling comes to stand, under the lock that every tariff takes: there is no moment at
 * which a tariff above it stands.
 */
export const setCeilings = async (trx: Trx, of: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction, facts } = of.start;
  const { product, operator, ceilings } = facts as CeilingFacts;
  await lockUnits(trx, { jurisdiction, product, units: ceilings.map(({ unit }) => unit) });
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
    for (const tariff of await tariffsReaching(trx, unit, one.from))
      if (tariff.fen > one.fen) changes.push(await cut(trx, of, one, tariff));
  }
  await recordAll(trx, 'pricing', changes);
};

export const ceilingPriceEffects: Effects = async (trx, of) => {
  if (of.entry.kind === 'set') await setCeilings(trx as unknown as Trx, of);
};
