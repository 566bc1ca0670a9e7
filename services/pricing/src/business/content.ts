/** What a year's business report says (65号 五): cost, revenue by kind, the cap, use, settlement. Whole fen. */
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { atLeastZero, Fen, toFen } from '@gongshu/shared/pricing/money';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { ledgerOf } from '../costs/ledger.ts';
import { figuresOf } from '../costs/report-content.ts';
import { revenueInForce } from '@gongshu/infra/revenues/in-force';
import { revenueOf } from '@gongshu/infra/revenues/revenue';

const Year = z.object({
  year: z.int(),
  revenueFen: Fen,
  netCostFen: Fen,
  permittedFen: Fen.nullable().describe('Null while none is in force'),
});
export const BusinessContent = z
  .object({
    form: z.literal('gongshu-business-report-1'),
    jurisdiction: z.string(),
    operator: z.string(),
    year: z.int(),
    cost: z.object({
      acceptedFen: Fen,
      usedSubsidyFen: Fen,
      netFen: Fen,
      byKind: z.array(z.object({ kind: z.string(), fen: Fen })),
    }),
    revenue: z.object({
      fen: Fen,
      byKind: z.array(z.object({ kind: z.string(), fen: z.int() })),
    }),
    permitted: z.object({ caseNo: z.string(), fen: Fen, trial: z.boolean() }).nullable(),
    excessFen: Fen.describe('Revenue over the permitted revenue'),
    use: z.object({
      merchants: z.int(),
      products: z.int(),
      records: z.int(),
      freeRecords: z.int().describe('Public governance and public welfare: charged nothing'),
      unratedRecords: z.int().describe('No tariff applied: not billed'),
    }),
    settlement: z
      .object({
        ...{ caseNo: z.string(), state: z.string() },
        ...{ excessFen: Fen, resourceFeeFen: Fen, surplusFen: Fen, carriedFen: Fen },
      })
      .nullable(),
    years: z.array(Year).describe('The year and those before it that have books, oldest first'),
  })
  .meta({ id: 'BusinessReportContent' });
export type BusinessContent = z.output<typeof BusinessContent>;

type Of = { jurisdiction: string; operator: string; year: number };
// biome-ignore lint/suspicious/noExplicitAny: every part of pricing has tables of its own
type Db = Kysely<any>;

const useOf = async (db: Db, { jurisdiction, operator, year }: Of): Promise<BusinessContent['use']> => {
  const { rows } = await sql<BusinessContent['use']>`
    select count(distinct merchant)::int as merchants,
           count(distinct product)::int as products,
           count(*)::int as records,
           (count(*) filter (where purpose in ('publicGovernance', 'publicWelfare')))::int as "freeRecords",
           (count(*) filter (where usage_charge.usage is null))::int as "unratedRecords"
    from usage_record
    left join usage_charge on usage_charge.jurisdiction = usage_record.jurisdiction
      and usage_charge.operator = usage_record.operator
      and usage_charge.usage = usage_record.id
    where usage_record.jurisdiction = ${jurisdiction}
      and usage_record.operator = ${operator}
      and used_on between ${`${year}-01-01`} and ${`${year}-12-31`}
      and reverses is null`.execute(db);
  return rows[0] ?? { merchants: 0, products: 0, records: 0, freeRecords: 0, unratedRecords: 0 };
};

const settlementOf = async (db: Db, { jurisdiction, operator, year }: Of) => {
  const { rows } = await sql<NonNullable<BusinessContent['settlement']>>`
    select case_no as "caseNo", state, excess_fen as "excessFen", resource_fee_fen as "resourceFeeFen",
           surplus_fen as "surplusFen", carried_fen as "carriedFen"
    from settlement_result
    where jurisdiction = ${jurisdiction}
      and operator = ${operator}
      and year = ${year}
    order by case_no desc
    limit 1`.execute(db);
  return rows[0] ?? null;
};

const yearOf = async (db: Db, pack: ResolvedPack, of: Of) => {
  const { all, kinds } = await revenueOf(db, pricingLaw(pack), of);
  const figures = figuresOf(await ledgerOf(db, of));
  const permitted = await revenueInForce(db, of);
  return { revenue: atLeastZero(all), kinds, figures, permitted };
};

/** Five years at most, those without books left out. */
const trend = async (db: Db, pack: ResolvedPack, of: Of): Promise<BusinessContent['years']> => {
  const years: BusinessContent['years'] = [];
  for (let year = of.year - 4; year <= of.year; year += 1) {
    const { revenue, figures, permitted } = await yearOf(db, pack, { ...of, year });
    if (year !== of.year && revenue === 0n && figures.items === 0 && !permitted) continue;
    years.push({
      ...{ year, revenueFen: toFen(revenue), netCostFen: figures.netFen },
      permittedFen: permitted ? toFen(permitted.fen) : null,
    });
  }
  return years;
};

/** The books of a year as they stand. Throws `amountTooLarge` (422). */
export const businessContent = async (db: Db, pack: ResolvedPack, of: Of): Promise<BusinessContent> => {
  const { revenue, kinds, figures, permitted } = await yearOf(db, pack, of);
  return {
    ...{ form: 'gongshu-business-report-1', ...of },
    cost: {
      ...{ acceptedFen: figures.acceptedFen, usedSubsidyFen: figures.usedSubsidyFen, netFen: figures.netFen },
      byKind: figures.byKind.map(({ kind, fen }) => ({ kind, fen })),
    },
    revenue: {
      fen: toFen(revenue),
      byKind: [...kinds].map(([kind, fen]) => ({ kind, fen: Number(fen) })),
    },
    permitted: permitted
      ? { caseNo: permitted.caseNo, fen: toFen(permitted.fen), trial: permitted.trial }
      : null,
    excessFen: permitted ? toFen(atLeastZero(revenue - permitted.fen)) : 0,
    use: await useOf(db, of),
    settlement: await settlementOf(db, of),
    years: await trend(db, pack, of),
  };
};
