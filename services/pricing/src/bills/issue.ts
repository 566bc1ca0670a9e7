/** Bills of a month: every open record of use up to its end, rated once, a bill a merchant (F1, F3). */
import { jsonHash, sha256 } from '@gongshu/infra/hash';
import { nextNumber } from '@gongshu/infra/cases/number';
import { type Change, recordAll } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { decimalText, quantityOf, toFen } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import { businessDateOf } from '@gongshu/shared/business-date';
import { lastDayOf } from '@gongshu/shared/settlement/usage';
import { sql } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { tellPosition } from '@gongshu/infra/revenues/position';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import { tariffsInForce } from '../tariffs/in-force.ts';
import type { Owner, UsageDb, UsageTrx } from '../usage/record.ts';
import { rateOpenUse } from './rating-sql.ts';

/** What a month came to. `hash` is over all its bills, line by line, and not over their numbers. */
export type PeriodBilled = {
  period: string;
  bills: number;
  records: number;
  unrated: number;
  fen: number;
  hash: string;
  /** False where the month had been billed before: its bills stand. */
  issued: boolean;
};

/** A line's quantity as it is shown: the shortest exact decimal, with its sign. */
export const shownQty = (qty: string): string =>
  qty.startsWith('-') ? `-${decimalText(quantityOf(qty.slice(1)))}` : decimalText(quantityOf(qty));

type Line = {
  merchant: string;
  line: number;
  kind: string;
  income: string;
  product: string;
  unit: string;
  class: string;
  purpose: string;
  scenario: string | null;
  tariff: string | null;
  unit_fen: string | null;
  discount: string | null;
  qty: string;
  records: number;
  fen: string;
};

/** What a line is, as its hash and its reader have it. */
export const lineContent = ({ merchant: _merchant, line: _line, ...line }: Line) => ({
  ...line,
  qty: shownQty(line.qty),
  fen: toFen(BigInt(line.fen)),
  unit_fen: line.unit_fen === null ? null : toFen(BigInt(line.unit_fen)),
});

/** A charge or a sum past 2^53 is refused before anything of it is written. */
const mustBeExact = async (trx: UsageTrx): Promise<void> => {
  const { rows } = await sql<{ over: boolean }>`
    select coalesce(max(abs(fen)) > 9007199254740991 or sum(abs(fen)) > 9007199254740991, false) as over
    from rated`.execute(trx);
  if (rows[0]?.over) throw problem('amountTooLarge');
};

/** Records with the same price are one line; numbered in the order of their contents, by bytes. */
const drawLines = async (trx: UsageTrx): Promise<Line[]> => {
  await sql`
    create temporary table drawn on commit drop as
    select row_number() over (
             partition by merchant
             order by kind collate "C", product collate "C", unit collate "C", class collate "C",
                      purpose collate "C", scenario collate "C" nulls first, tariff collate "C" nulls first,
                      unit_fen nulls first, discount nulls first, income collate "C")::integer as line,
           *
    from (
      select merchant, kind, income, product, unit, class, purpose, scenario, tariff, unit_fen, discount,
             sum(qty) as qty, count(*) as records, sum(fen) as fen
      from rated
      where kind is not null
      group by merchant, kind, income, product, unit, class, purpose, scenario, tariff, unit_fen, discount
    ) as one`.execute(trx);
  const { rows } = await sql<Line>`
    select merchant, line, kind, income, product, unit, class, purpose, scenario, tariff, unit_fen::text,
           trim_scale(discount)::text as discount, qty::text, records, fen::text
    from drawn
    order by merchant collate "C", line`.execute(trx);
  return rows;
};

type Drawn = { merchant: string; lines: Line[]; fen: bigint; records: number; hash: string };

const billsOf = (period: string, operator: string, lines: readonly Line[]): Drawn[] =>
  [...Map.groupBy(lines, ({ merchant }) => merchant)].map(([merchant, own]) => ({
    ...{ merchant, lines: own },
    fen: own.reduce((sum, { fen }) => sum + BigInt(fen), 0n),
    records: own.reduce((sum, { records }) => sum + records, 0),
    hash: jsonHash({ period, operator, merchant, lines: own.map(lineContent) }),
  }));

const write = async (
  trx: UsageTrx,
  pack: ResolvedPack,
  { jurisdiction, operator }: Owner,
  period: string,
  at: Date,
  drawn: readonly Drawn[],
): Promise<(Drawn & { bill: string })[]> => {
  const year = Number(period.slice(0, 4));
  if (drawn.length === 0) return [];
  const first = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'ZD' });
  await trx
    .updateTable('procedure_number')
    .set({ last: first + drawn.length - 1 })
    .where('jurisdiction', '=', jurisdiction)
    .where('year', '=', year)
    .where('series', '=', 'ZD')
    .execute();
  const numbered = drawn.map((one, at) => ({
    ...one,
    bill: `${pack.areaCode}-ZD-${year}-${String(first + at).padStart(6, '0')}`,
  }));
  const column = (of: (one: (typeof numbered)[number]) => string) => numbered.map(of);
  const given = sql`
    select *
    from unnest(
      ${column(({ bill }) => bill)}::text[], ${column(({ merchant }) => merchant)}::text[],
      ${column(({ fen }) => String(fen))}::bigint[], ${column(({ records }) => String(records))}::bigint[],
      ${column(({ hash }) => hash)}::text[]
    ) as given (bill, merchant, fen, records, hash)`;
  await sql`
    insert into bill (bill, jurisdiction, operator, period, merchant, fen, records, hash, issued_at)
    select bill, ${jurisdiction}, ${operator}, ${period}, merchant, fen, records, hash, ${at}
    from (${given}) as given`.execute(trx);
  await sql`
    insert into bill_line
      (bill, line, kind, income, product, unit, class, purpose, scenario, tariff, unit_fen, discount, qty, records, fen)
    select bill, line, kind, income, product, unit, class, purpose, scenario, tariff, unit_fen,
           trim_scale(discount)::text, qty, drawn.records, drawn.fen
    from drawn
    join (${given}) as given using (merchant)`.execute(trx);
  // Nulls as values: a comparison of nulls would keep the database from hashing a million rows.
  await sql`
    insert into usage_charge (jurisdiction, operator, usage, bill, line, fen)
    select ${jurisdiction}, ${operator}, rated.id, given.bill, drawn.line, rated.fen
    from rated
    join drawn
      on drawn.merchant = rated.merchant
      and drawn.kind = rated.kind and drawn.product = rated.product and drawn.unit = rated.unit
      and drawn.class = rated.class and drawn.purpose = rated.purpose and drawn.income = rated.income
      and coalesce(drawn.scenario, '') = coalesce(rated.scenario, '')
      and coalesce(drawn.tariff, '') = coalesce(rated.tariff, '')
      and coalesce(drawn.unit_fen, -1) = coalesce(rated.unit_fen, -1)
      and coalesce(drawn.discount, -1) = coalesce(rated.discount, -1)
    join (${given}) as given on given.merchant = rated.merchant
    where rated.kind is not null`.execute(trx);
  return numbered;
};

const mayBeBilled = async (trx: UsageTrx, owner: Owner, period: string, at: Date): Promise<void> => {
  const lastDay = lastDayOf(period);
  if (businessDateOf(at.getTime()) <= lastDay) throw problem('periodNotEnded', { params: { lastDay } });
  const later = await trx
    .selectFrom('billing_period')
    .select((eb) => eb.fn.max('until_on').as('until'))
    .where('jurisdiction', '=', owner.jurisdiction)
    .where('operator', '=', owner.operator)
    .executeTakeFirst();
  if (later?.until && later.until >= lastDay)
    throw problem('periodBilledBeyond', { params: { until: later.until } });
  const settled = await trx
    .selectFrom('settlement_result')
    .select('case_no')
    .where('jurisdiction', '=', owner.jurisdiction)
    .where('operator', '=', owner.operator)
    .where('year', '>=', Number(period.slice(0, 4)))
    .executeTakeFirst();
  if (settled) throw problem('yearSettled');
};

/** Bills the month, inside the transaction. What no tariff rates stays open for the next, and is counted. */
const billPeriod = async (
  trx: UsageTrx,
  pack: ResolvedPack,
  owner: Owner,
  period: string,
  { actor, at }: Acting,
): Promise<PeriodBilled> => {
  const { jurisdiction, operator } = owner;
  const until = lastDayOf(period);
  await mayBeBilled(trx, owner, period, at);
  const law = pricingLaw(pack);
  // Whatever day a record of before that no bill has is of.
  const tariffs = await tariffsInForce(trx as never, { jurisdiction, operator, from: '0001-01-01', until });
  await rateOpenUse(trx, owner, until, { tariffs, law });
  await mustBeExact(trx);
  const bills = await write(trx, pack, owner, period, at, billsOf(period, operator, await drawLines(trx)));
  const { rows } = await sql<{ unrated: number }>`
    select count(*) as unrated from rated where kind is null`.execute(trx);
  const billed = {
    ...{ period, bills: bills.length, unrated: rows[0]?.unrated ?? 0 },
    records: bills.reduce((sum, one) => sum + one.records, 0),
    fen: toFen(bills.reduce((sum, one) => sum + one.fen, 0n)),
    hash: sha256(bills.map(({ hash }) => hash).join('\n')),
  };
  await trx
    .insertInto('billing_period')
    .values({
      ...{ jurisdiction, operator, period, until_on: until, hash: billed.hash, records: billed.records },
      ...{ unrated: billed.unrated, fen: billed.fen, issued_at: at, issued_by: actor.id },
    })
    .execute();
  const change = (key: string, type: Change['type'], subject: string, data: object): Change => ({
    ...{ key, type, subject, jurisdiction, at, actor },
    data: { ...data, ...restsOn(pack, 'pricing', 'tariffs') },
  });
  const { issued: _, ...told } = { ...billed, issued: true };
  await recordAll(trx, 'pricing', [
    ...bills.map(({ bill, merchant, fen, lines, records, hash }) =>
      change(`${bill}/issued`, 'bill.issued.v1', bill, {
        ...{ bill, operator, merchant, period, fen: toFen(fen), lines: lines.length, records, hash },
      }),
    ),
    change(
      `${jurisdiction}/${operator}/${period}/billed`,
      'bill.periodBilled.v1',
      `${jurisdiction}/${operator}/${period}`,
      { operator, ...told },
    ),
  ]);
  await tellPosition(trx, pack, owner, Number(period.slice(0, 4)), { actor, at });
  return { ...billed, issued: true };
};

/** How a month was billed; undefined where it was not. */
export const periodBilled = async (
  db: UsageDb,
  { jurisdiction, operator }: Owner,
  period: string,
): Promise<PeriodBilled | undefined> => {
  const row = await db
    .selectFrom('billing_period')
    .select(['hash', 'records', 'unrated', 'fen'])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('period', '=', period)
    .executeTakeFirst();
  if (!row) return undefined;
  const { bills } = await db
    .selectFrom('bill')
    .select((eb) => eb.fn.countAll<number>().as('bills'))
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('period', '=', period)
    .executeTakeFirstOrThrow();
  return { period, bills, ...row, issued: false };
};

/**
 * Issues the bills of a month, once: again, those that stand are answered. Throws `periodNotEnded`,
 * `periodBilledBeyond`, `yearSettled` (409), `amountTooLarge` (422).
 */
export const issueBills = (
  db: UsageDb,
  pack: ResolvedPack,
  owner: Owner,
  period: string,
  acting: Acting,
): Promise<PeriodBilled> =>
  db.transaction().execute(async (trx) => {
    await lockUsage(trx, owner);
    // A month of millions of records takes longer than a statement of a page may.
    await sql`set local statement_timeout = '5min'`.execute(trx);
    // Records just brought in have no statistics yet, and loops over a million of what looks like one row never end.
    await sql`set local enable_nestloop = off`.execute(trx);
    await sql`set local work_mem = '64MB'`.execute(trx);
    return (await periodBilled(trx, owner, period)) ?? (await billPeriod(trx, pack, owner, period, acting));
  });
