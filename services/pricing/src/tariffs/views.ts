/** What the reading side answers about tariffs and ceilings: fen as whole numbers, yuan as text. */
import type { CsvColumn } from '@gongshu/infra/http/csv';
import { tariffStates } from '@gongshu/infra/tariffs/tables';
import { type BusinessDate, toInstantText } from '@gongshu/shared/business-date';
import { ChargeUnit, CustomerClass } from '@gongshu/shared/packs/topics/pricing';
import { ProductPurpose } from '@gongshu/shared/packs/topics/product-egress';
import { yuanText } from '@gongshu/shared/paper/words';
import { z } from 'zod';
import type { CeilingAsRead, TariffAsRead } from './queries.ts';

/** How a tariff or ceiling stands on a day. */
export const priceStandings = ['announced', 'inForce', 'ended'] as const;

const Instant = z.iso.datetime({ offset: true });
const Days = {
  from: z.iso.date().describe('First day'),
  until: z.iso.date().nullable().describe('Last day; null: until another takes its place'),
};
const Amount = {
  fen: z.int().describe('Whole fen a unit, before the discount'),
  yuan: z.string().describe('The same in yuan'),
};
export const PublicTariff = z
  .object({
    tariff: z.string(),
    jurisdiction: z.string(),
    operator: z.string(),
    product: z.string(),
    unit: ChargeUnit,
    class: CustomerClass,
    scenario: z.string().nullable().describe('A code; null: whatever the scenario'),
    purpose: ProductPurpose,
    ...Amount,
    discount: z.string().describe('The part taken off, an exact decimal'),
    ...Days,
    standing: z.enum(priceStandings).describe('On the day asked for'),
    offered: z.boolean().describe('False while its product is off the list: nothing is charged then'),
    noticeUntil: z.iso.date().nullable().describe('Last day of the notice'),
    cutBy: z.string().nullable().describe('The case whose ceiling it was cut to'),
    cutFrom: z.string().nullable(),
    publishedAt: Instant.nullable(),
  })
  .meta({ id: 'PublicTariff' });
export type PublicTariff = z.output<typeof PublicTariff>;

export const Tariff = PublicTariff.extend({
  state: z.enum(tariffStates),
  grounds: z.string(),
  reasons: z.array(z.object({ code: z.string(), text: z.string() })).describe('Why its filing was returned'),
  document: z.string().nullable().describe('The answer to its filing'),
  replacedBy: z.string().nullable(),
  setAt: Instant,
}).meta({ id: 'Tariff' });
export type Tariff = z.output<typeof Tariff>;

export const PublicCeiling = z
  .object({
    caseNo: z.string(),
    jurisdiction: z.string(),
    product: z.string(),
    unit: ChargeUnit,
    operator: z.string(),
    ...Amount,
    ...Days,
    standing: z.enum(priceStandings),
    setAt: Instant,
  })
  .meta({ id: 'PublicCeiling' });
export type PublicCeiling = z.output<typeof PublicCeiling>;

type Row = { from_on: BusinessDate; until_on: BusinessDate | null };
const standingOf = ({ from_on, until_on }: Row, on: BusinessDate) => {
  if (until_on !== null && until_on < on) return 'ended';
  return from_on > on ? 'announced' : 'inForce';
};
const instantOf = (at: Date): string => toInstantText(at.getTime());
const instantOrNull = (at: Date | null): string | null => at && instantOf(at);

export const publicTariff = (row: TariffAsRead, on: BusinessDate): PublicTariff => ({
  ...{ tariff: row.tariff, jurisdiction: row.jurisdiction, operator: row.operator, product: row.product },
  ...{ unit: row.unit, class: row.class, scenario: row.scenario, purpose: row.purpose, fen: row.fen },
  ...{ yuan: yuanText(row.fen), discount: row.discount, from: row.from_on, until: row.until_on },
  standing: row.state === 'void' ? 'ended' : standingOf(row, on),
  ...{ offered: row.offered, noticeUntil: row.notice_until, cutBy: row.cut_by, cutFrom: row.cut_from },
  publishedAt: instantOrNull(row.published_at),
});

export const tariffView = (row: TariffAsRead, on: BusinessDate): Tariff => ({
  ...publicTariff(row, on),
  ...{ state: row.state, grounds: row.grounds, reasons: row.reasons, document: row.document },
  ...{ replacedBy: row.replaced_by, setAt: instantOf(row.set_at) },
});

export const publicCeiling = (row: CeilingAsRead, on: BusinessDate): PublicCeiling => ({
  ...{ caseNo: row.case_no, jurisdiction: row.jurisdiction, product: row.product, unit: row.unit },
  ...{ operator: row.operator, fen: row.fen, yuan: yuanText(row.fen), from: row.from_on },
  ...{ until: row.until_on, standing: standingOf(row, on), setAt: instantOf(row.set_at) },
});

const price = [
  { title: '单价（分）', value: ({ fen }: { fen: number }) => fen },
  { title: '单价（元）', value: ({ yuan }: { yuan: string }) => yuan },
];
const days = [
  { title: '执行日', value: ({ from }: { from: string }) => from },
  { title: '截止日', value: ({ until }: { until: string | null }) => until },
  { title: '状态', value: ({ standing }: { standing: string }) => standing },
];
export const tariffCsv: CsvColumn<PublicTariff>[] = [
  { title: '收费标准编号', value: ({ tariff }) => tariff },
  { title: '地区', value: ({ jurisdiction }) => jurisdiction },
  { title: '运营机构', value: ({ operator }) => operator },
  { title: '产品编号', value: ({ product }) => product },
  { title: '计费单位', value: ({ unit }) => unit },
  { title: '服务对象', value: (row) => row.class },
  { title: '应用场景', value: ({ scenario }) => scenario },
  { title: '用途', value: ({ purpose }) => purpose },
  ...price,
  { title: '优惠比例', value: ({ discount }) => discount },
  ...days,
  { title: '公示至', value: ({ noticeUntil }) => noticeUntil },
];
export const ceilingCsv: CsvColumn<PublicCeiling>[] = [
  { title: '案件编号', value: ({ caseNo }) => caseNo },
  { title: '地区', value: ({ jurisdiction }) => jurisdiction },
  { title: '产品编号', value: ({ product }) => product },
  { title: '计费单位', value: ({ unit }) => unit },
  { title: '运营机构', value: ({ operator }) => operator },
  ...price,
  ...days,
];
