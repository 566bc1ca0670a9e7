/** Tariffs set, filed, published and ended (F1, F3). Each act is one transaction under the lock of its product and unit. */
import { endTariff, tariffsReaching } from '@gongshu/infra/tariffs/give-way';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { lockUnits } from '@gongshu/infra/tariffs/lock';
import { nextTariffNo } from '@gongshu/infra/tariffs/number';
import type { TariffTable } from '@gongshu/infra/tariffs/tables';
import { record } from '@gongshu/infra/record';
import { addDays, type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { problem } from '@gongshu/shared/problems';
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import {
  type Draft,
  mustBeAnnounced,
  mustFavour,
  mustStand,
  noticeFrom,
  standingBeside,
  type Tables,
  type Trx,
} from './judge.ts';

export type TariffRow = Selectable<TariffTable>;
type Db = Kysely<Tables>;

const which = (pack: ResolvedPack, row: TariffRow) => ({
  ...{ tariff: row.tariff, operator: row.operator, product: row.product, unit: row.unit },
  ...{ packVersion: row.pack_version, ...restsOn(pack, 'pricing', 'tariffs') },
});
const says = (pack: ResolvedPack, row: TariffRow) => ({
  ...{ ...which(pack, row), class: row.class, scenario: row.scenario, purpose: row.purpose, fen: row.fen },
  ...{ discount: row.discount, from: row.from_on, until: row.until_on },
});
const change = (row: TariffRow, { actor, at }: Acting) => ({
  ...{ subject: row.tariff, jurisdiction: row.jurisdiction, at, actor },
});

/** The row as it stands, held. Throws `notFound`. */
const held = async (trx: Trx, tariff: string): Promise<TariffRow> => {
  const row = await trx
    .selectFrom('tariff')
    .selectAll()
    .where('tariff', '=', tariff)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

const lockUnitOf = (
  trx: Trx,
  { jurisdiction, product, unit }: Pick<TariffRow, 'jurisdiction' | 'product' | 'unit'>,
) => lockUnits(trx, { jurisdiction, product, units: [unit] });

/** Those of the same product, unit, class, scenario and operator give way from its first day on. */
const takePlace = async (trx: Trx, row: TariffRow): Promise<string[]> => {
  const reaching = await tariffsReaching(trx, row, row.from_on);
  const before = reaching.filter(
    (one) =>
      one.tariff !== row.tariff &&
      one.operator === row.operator &&
      one.class === row.class &&
      one.scenario === row.scenario &&
      one.purpose === row.purpose,
  );
  for (const one of before) await endTariff(trx, one, { from: row.from_on, by: row.tariff });
  return before.map(({ tariff }) => tariff);
};

const tellPublished = async (
  trx: Trx,
  pack: ResolvedPack,
  row: TariffRow,
  acting: Acting,
): Promise<TariffRow> => {
  const replaces = await takePlace(trx, row);
  await record(trx, 'pricing', {
    ...{ ...change(row, acting), key: `${row.tariff}/published`, type: 'tariff.published.v1' },
    data: { ...says(pack, row), replaces },
  });
  return row;
};

export type Setting = Draft & { grounds: string };

/**
 * A tariff is published at once, or sent to be filed where the pack asks for it; then it is published with the receipt.
 * Throws what `mustStand` and `mustBeAnnounced` refuse.
 */
export const setTariff = (db: Db, pack: ResolvedPack, draft: Setting, acting: Acting): Promise<TariffRow> =>
  db.transaction().execute(async (trx) => {
    const { at, actor } = acting;
    await lockUnitOf(trx, draft);
    const { purpose, free } = await mustStand(trx, pack, draft);
    const notice = await noticeFrom(trx, pack, businessDateOf(at.getTime()));
    mustBeAnnounced(pack, draft.from, notice);
    const files = ruleOf(pack, 'pricing', 'tariffs').value.filedWith !== 'none';
    const { jurisdiction, operator, product, unit, scenario, fen, discount, grounds } = draft;
    const given: Insertable<TariffTable> = {
      tariff: await nextTariffNo(trx, { jurisdiction, areaCode: pack.areaCode, at }),
      ...{ jurisdiction, operator, product, unit, class: draft.class, scenario, purpose, free, fen },
      ...{ discount, from_on: draft.from, until_on: null, grounds, set_by: actor.id, set_at: at },
      ...{ notice_days: notice.days, pack_version: pack.version },
      ...(files
        ? { state: 'filed', notice_until: null, published_at: null }
        : { state: 'published', notice_until: notice.until, published_at: at }),
    };
    const row = await trx.insertInto('tariff').values(given).returningAll().executeTakeFirstOrThrow();
    if (!files) return tellPublished(trx, pack, row, acting);
    await record(trx, 'pricing', {
      ...{
        ...change(row, acting),
        key: `${row.tariff}/filed`,
        type: 'tariff.filed.v1',
        data: says(pack, row),
      },
    });
    return row;
  });

/** The filing that waits. Throws `tariffNotFiled` (409). */
const pending = async (trx: Trx, row: TariffRow): Promise<TariffRow> => {
  await lockUnitOf(trx, row);
  const now = await held(trx, row.tariff);
  if (now.state !== 'filed') throw problem('tariffNotFiled');
  return now;
};

/** The answer's paper belongs to the tariff: its operator reads it. Throws `documentUnknown` (422). */
const keepAnswer = async (trx: Trx, row: TariffRow, hash: string, { actor, at }: Acting): Promise<void> => {
  const { jurisdiction, tariff } = row;
  const { organisation } = actor;
  await mustBeStored(trx, { hash, pointer: '/body/document', organisation, jurisdiction });
  await linkDocument(trx, { hash, jurisdiction, caseNo: tariff, role: 'tariffAnswer', by: organisation, at });
};

/**
 * The filing was receipted: the tariff is published and its notice runs from now on; a first day that the notice would
 * overtake moves behind it. It is judged anew, for ceilings and the list may have changed.
 */
export const receiptTariff = (
  db: Db,
  pack: ResolvedPack,
  row: TariffRow,
  { document }: { document: string },
  acting: Acting,
): Promise<TariffRow> =>
  db.transaction().execute(async (trx) => {
    const now = await pending(trx, row);
    const { at } = acting;
    await keepAnswer(trx, now, document, acting);
    const notice = await noticeFrom(trx, pack, businessDateOf(at.getTime()));
    const from = now.from_on < notice.earliest ? notice.earliest : now.from_on;
    const { purpose, free } = await mustStand(trx, pack, { ...now, from });
    const published = await trx
      .updateTable('tariff')
      .set({ state: 'published', from_on: from, purpose, free, document, answered_at: at, published_at: at })
      .set({ notice_days: notice.days, notice_until: notice.until })
      .where('tariff', '=', now.tariff)
      .returningAll()
      .executeTakeFirstOrThrow();
    return tellPublished(trx, pack, published, acting);
  });

/** The filing was returned with reasons: the tariff never applies; another may be set. */
export const returnTariff = (
  db: Db,
  pack: ResolvedPack,
  row: TariffRow,
  { document, reasons }: { document: string; reasons: { code: string; text: string }[] },
  acting: Acting,
): Promise<TariffRow> =>
  db.transaction().execute(async (trx) => {
    const now = await pending(trx, row);
    const { at } = acting;
    await keepAnswer(trx, now, document, acting);
    const returned = await trx
      .updateTable('tariff')
      .set({ state: 'returned', document, answered_at: at, reasons: JSON.stringify(reasons) as never })
      .where('tariff', '=', now.tariff)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'pricing', {
      ...{ ...change(returned, acting), key: `${returned.tariff}/returned`, type: 'tariff.returned.v1' },
      data: { ...which(pack, returned), document, reasonCodes: reasons.map(({ code }) => code) },
    });
    return returned;
  });

/** Without it customers pay by the tariff for all scenarios, or by none: whom the text favours still pays less. */
const mustStillFavour = async (
  trx: Trx,
  pack: ResolvedPack,
  ended: TariffRow,
  from: BusinessDate,
): Promise<void> => {
  const before = await standingBeside(trx, ended, from);
  const after = before.filter(({ tariff }) => tariff !== ended.tariff);
  mustFavour(pricingLaw(pack), before, after, { from, at: '/until' });
};

/**
 * The tariff's last day, today or later; one that has not begun by then never applies.
 * Throws `tariffNotPublished`, `tariffEndsEarlier` (409), `tariffDayPassed`, `favouredTooDear` (422).
 */
export const stopTariff = (
  db: Db,
  pack: ResolvedPack,
  row: TariffRow,
  until: BusinessDate,
  acting: Acting,
): Promise<TariffRow> =>
  db.transaction().execute(async (trx) => {
    await lockUnitOf(trx, row);
    const now = await held(trx, row.tariff);
    if (now.state !== 'published') throw problem('tariffNotPublished');
    const today = businessDateOf(acting.at.getTime());
    if (until < today) throw problem('tariffDayPassed', { params: { today } });
    if (now.until_on !== null && now.until_on <= until)
      throw problem('tariffEndsEarlier', { params: { until: now.until_on } });
    const from = addDays(until, 1);
    await mustStillFavour(trx, pack, now, from);
    await endTariff(trx, now, { from, by: null });
    const ended = await held(trx, row.tariff);
    await record(trx, 'pricing', {
      ...{ ...change(ended, acting), key: `${ended.tariff}/ended/${until}`, type: 'tariff.ended.v1' },
      data: { ...which(pack, ended), until: ended.state === 'void' ? null : ended.until_on },
    });
    return ended;
  });
