/**
 * The papers of prices (F2, F3, F5, F6), from plain figures. Amounts are whole fen, rates exact decimals as text;
 * names of products, kinds and parties come as the words that are printed. Nothing is computed here but sums for show.
 */
import { businessDateOf } from '../business-date.ts';
import { type Block, type Ground, type Paper, sealed } from './paper.ts';
import { dateText, percentText, yuanCapitals, yuanText } from './words.ts';

/** What every paper of prices has. */
export type Issued = {
  /** Number of the document, such as that of the case it belongs to. */
  number: string;
  jurisdiction: string;
  /** Name of the issuing body. */
  issuedBy: string;
  /** Law time, RFC 3339. */
  issuedAt: string;
  grounds: Ground[];
};

/** An amount and what it is for. */
export type Item = { name: string; fen: number | bigint };

const row = ({ name, fen }: Item): string[] => [name, yuanText(fen)];
const total = (items: readonly Item[]): bigint => items.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
const amounts = (caption: string, items: readonly Item[], totals?: Item): Block => ({
  kind: 'table',
  caption,
  columns: [
    { title: '项目', share: 3 },
    { title: '金额（元）', align: 'end', share: 2 },
  ],
  rows: items.map(row),
  ...(totals && { totals: row(totals) }),
});
const basic = ({ number, jurisdiction, issuedBy, issuedAt, grounds }: Issued) => ({
  ...{ number, jurisdiction, issuedBy, issuedAt, grounds },
});
const paragraph = (zh: string, en?: string): Block => ({
  kind: 'paragraph',
  text: en === undefined ? { zh } : { zh, en },
});
const heading = (zh: string): Block => ({ kind: 'heading', text: { zh } });

export type Determination = Issued & {
  operator: string;
  year: number;
  /** Whether the period is a trial one: no full year of operation yet (65号). */
  trial: boolean;
  /** Accepted cost by kind; what was not accepted, each with its clause. */
  costs: Item[];
  refused: (Item & { ground: Ground })[];
  subsidyFen: number;
  netCostFen: number;
  bondYield: string;
  /** Percentage points added to the bond yield. */
  points: string;
  permittedRate: string;
  profitFen: number;
  taxFen: number;
  /** Revenue over the cap of the period before, deducted here; what of it is carried on. */
  previousExcessFen: number;
  carriedFen: number;
  permittedRevenueFen: number;
};

/** 最高准许收入核定函: the permitted revenue of a year, opened into its parts (F2, 65号). */
export const determinationLetter = (of: Determination): Paper => {
  const { operator, year, trial, refused, permittedRevenueFen: cap } = of;
  const deducted = Math.max(0, of.previousExcessFen - of.carriedFen);
  return sealed({
    ...basic(of),
    kind: 'determination',
    title: {
      zh: `${year}年度公共数据运营最高准许收入核定函`,
      en: `Determination of the maximum permitted revenue for ${year}`,
    },
    addressee: operator,
    blocks: [
      paragraph(
        `经审核，核定你单位${year}年度公共数据运营服务最高准许收入为${yuanText(cap)}元（大写：人民币${yuanCapitals(cap)}）${trial ? '，按试行期执行' : ''}。`,
        `The maximum permitted revenue for ${year} is CNY ${yuanText(cap)}${trial ? ', on trial terms' : ''}.`,
      ),
      heading('一、核定构成'),
      amounts(
        '最高准许收入构成',
        [
          { name: '核定运营成本（扣除政府补贴后）', fen: of.netCostFen },
          { name: `准许利润（准许利润率${percentText(of.permittedRate)}）`, fen: of.profitFen },
          { name: '税金', fen: of.taxFen },
          { name: '减：上期超收扣减', fen: -deducted },
        ],
        { name: '最高准许收入', fen: cap },
      ),
      paragraph(
        `准许利润率为十年期国债收益率${percentText(of.bondYield)}加${of.points}个百分点，合计${percentText(of.permittedRate)}。`,
      ),
      ...(of.carriedFen > 0
        ? [paragraph(`上期超收尚有${yuanText(of.carriedFen)}元未扣减完毕，结转以后期间继续扣减。`)]
        : []),
      heading('二、核定成本'),
      amounts('核定成本明细', of.costs, { name: '合计', fen: total(of.costs) }),
      paragraph(`已取得政府补贴${yuanText(of.subsidyFen)}元，从运营成本中扣除。`),
      ...(refused.length > 0
        ? [
            heading('三、不予计入的成本'),
            amounts('不予计入的成本', refused, { name: '合计', fen: total(refused) }),
          ]
        : []),
    ],
    grounds: [...of.grounds, ...refused.map(({ ground }) => ground)],
  });
};

export type Ceiling = Issued & {
  operator: string;
  /** By product and unit. */
  ceilings: { product: string; name: string; unit: string; fen: number; before: number | null }[];
  /** First day it applies. */
  from: string;
  reportedTo: string | null;
};

/** 上限收费标准: ceilings by product, as the implementing body sets them (F3). */
export const ceilingNotice = (of: Ceiling): Paper =>
  sealed({
    ...basic(of),
    kind: 'ceiling',
    title: { zh: '关于公共数据产品和服务上限收费标准的通知', en: 'Ceiling prices of products and services' },
    addressee: of.operator,
    blocks: [
      paragraph(
        `现核定公共数据产品和服务上限收费标准如下，自${dateText(of.from)}起执行。运营机构的收费标准不得高于上限。`,
        `Ceilings apply from ${of.from}; no tariff may be above them.`,
      ),
      {
        kind: 'table',
        caption: '上限收费标准',
        columns: [
          { title: '产品编号', share: 3 },
          { title: '产品名称', share: 4 },
          { title: '计费单位', align: 'middle', share: 2 },
          { title: '原上限（元）', align: 'end', share: 2 },
          { title: '上限（元）', align: 'end', share: 2 },
        ],
        rows: of.ceilings.map(({ product, name, unit, fen, before }) => [
          ...[product, name, unit, before === null ? '—' : yuanText(before), yuanText(fen)],
        ]),
      },
      ...(of.reportedTo === null ? [] : [paragraph(`本标准书面报送${of.reportedTo}。`)]),
    ],
    grounds: of.grounds,
  });

export type TariffNotice = Issued & {
  /** First day the tariffs apply, and the days they were published before. */
  from: string;
  noticeDays: number | null;
  tariffs: {
    product: string;
    name: string;
    unit: string;
    class: string;
    purpose: string;
    fen: number;
    /** Rate off, `0.2` is 20 % off; `null` without one. */
    discount: string | null;
    ceilingFen: number | null;
  }[];
  /** Purposes that are free, in words. */
  freePurposes: string[];
  /** Fees for services to merchants, with the limit of the margin (F6). */
  serviceFees: { name: string; unit: string; fen: number; margin: string | null }[];
};

/** 收费标准公示: what the operator charges, under which ceilings, and what is free (F1, F3, F6). */
export const tariffNotice = (of: TariffNotice): Paper =>
  sealed({
    ...basic(of),
    kind: 'tariff',
    title: { zh: '公共数据产品和服务收费标准公示', en: 'Tariffs of products and services' },
    addressee: null,
    blocks: [
      paragraph(
        `现将公共数据产品和服务收费标准予以公示，自${dateText(of.from)}起执行${of.noticeDays === null ? '' : `，执行前公示${of.noticeDays}个工作日`}。`,
        `These tariffs are public before they apply, from ${of.from}.`,
      ),
      {
        kind: 'table',
        caption: '收费标准',
        columns: [
          { title: '产品编号', share: 4 },
          { title: '产品名称', share: 4 },
          { title: '用途', share: 2.5 },
          { title: '对象', share: 2.5 },
          { title: '单位', align: 'middle', share: 1.5 },
          { title: '标准（元）', align: 'end', share: 3 },
          { title: '优惠', align: 'end', share: 1.8 },
          { title: '上限（元）', align: 'end', share: 3 },
        ],
        rows: of.tariffs.map((one) => [
          ...[one.product, one.name, one.purpose, one.class, one.unit, yuanText(one.fen)],
          one.discount === null ? '—' : `减${percentText(one.discount)}`,
          one.ceilingFen === null ? '—' : yuanText(one.ceilingFen),
        ]),
      },
      ...(of.freePurposes.length > 0
        ? [
            paragraph(
              `用于${of.freePurposes.join('、')}的，一律免费提供。`,
              'Always free for these purposes.',
            ),
          ]
        : []),
      ...(of.serviceFees.length > 0
        ? [
            heading('对数商的服务收费'),
            {
              kind: 'table' as const,
              caption: '服务收费标准（保本微利，对全部数商一致）',
              columns: [
                { title: '服务', share: 4 },
                { title: '单位', align: 'middle' as const, share: 2 },
                { title: '标准（元）', align: 'end' as const, share: 3 },
                { title: '成本加成', align: 'end' as const, share: 2 },
              ],
              rows: of.serviceFees.map(({ name, unit, fen, margin }) => [
                ...[name, unit, yuanText(fen), margin === null ? '—' : percentText(margin)],
              ]),
            },
            paragraph('数商可以自主选择是否购买服务；是否购买不影响申请的受理、核查和审核。'),
          ]
        : []),
    ],
    grounds: of.grounds,
  });

export type Settlement = Issued & {
  /** The party the statement is for; `null` for the whole settlement. */
  party: string | null;
  /** First and last day, both included. */
  period: { from: string; until: string };
  revenue: Item[];
  revenueFen: number;
  permittedRevenueFen: number;
  netCostFen: number;
  taxFen: number;
  resourceFeeRate: string;
  resourceFeeFen: number;
  /** Revenue over the cap, and what goes on to the next period: shared only where the pack pools it, and then not owed. */
  excessFen: number;
  pooledFen?: number;
  carriedFen: number;
  /** What is shared: within the cap, after cost, resource fee and tax, and what is pooled. */
  poolFen: number;
  shares: { party: string; factor: string; fen: number }[];
};

/** 结算单: revenue over the cap and the shareable surplus as two sums, and the share of each party (F5). */
export const settlementStatement = (of: Settlement): Paper => {
  const own = of.shares.filter(({ party }) => party === of.party);
  const due = own.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
  const period = `${dateText(of.period.from)}至${dateText(of.period.until)}`;
  return sealed({
    ...basic(of),
    kind: 'settlement',
    title: { zh: '公共数据授权运营收益结算单', en: 'Settlement of revenue' },
    addressee: of.party,
    blocks: [
      paragraph(
        own.length > 0
          ? `${period}收益已结算，你单位应得${yuanText(due)}元（大写：人民币${yuanCapitals(due)}）。`
          : `${period}收益已结算，可分配收益${yuanText(of.poolFen)}元，分配如下。`,
        own.length > 0
          ? `Your share for ${of.period.from} to ${of.period.until} is CNY ${yuanText(due)}.`
          : `The pool shared for ${of.period.from} to ${of.period.until} is CNY ${yuanText(of.poolFen)}.`,
      ),
      heading('一、收入'),
      amounts('收入明细', of.revenue, { name: '收入合计', fen: of.revenueFen }),
      heading('二、超收与可分配收益'),
      amounts('超出最高准许收入的部分与可分配收益分列，互不计入', [
        { name: '最高准许收入', fen: of.permittedRevenueFen },
        { name: of.pooledFen ? '超收（纳入收益统筹）' : '超收（不分配）', fen: of.excessFen },
        { name: '其中：结转下期扣减', fen: of.carriedFen },
        { name: '运营成本（扣除政府补贴后）', fen: of.netCostFen },
        { name: `资源使用费（收入的${percentText(of.resourceFeeRate)}，缴入国库）`, fen: of.resourceFeeFen },
        { name: '税金', fen: of.taxFen },
        { name: '可分配收益', fen: of.poolFen },
      ]),
      heading('三、分配'),
      {
        kind: 'table',
        caption: '收益分配（最大余数法，各方合计等于可分配收益）',
        columns: [
          { title: '参与方', share: 4 },
          { title: '贡献系数', align: 'end', share: 2 },
          { title: '金额（元）', align: 'end', share: 3 },
        ],
        rows: of.shares.map(({ party, factor, fen }) => [party, factor, yuanText(fen)]),
        totals: ['合计', '', yuanText(of.shares.reduce((sum, { fen }) => sum + BigInt(fen), 0n))],
      },
    ],
    grounds: of.grounds,
  });
};

export type Bill = Issued & {
  merchant: string;
  period: { from: string; until: string };
  lines: {
    product: string;
    name: string;
    class: string;
    purpose: string;
    /** As it was metered, with its unit. */
    quantity: string;
    unit: string;
    fen: number;
    discount: string | null;
    amountFen: number;
  }[];
  totalFen: number;
};

/** 账单: what a merchant used and owes, line by line (F3, F6). */
export const billStatement = (of: Bill): Paper => {
  const issuedOn = dateText(businessDateOf(new Date(of.issuedAt).getTime()));
  return sealed({
    ...basic(of),
    kind: 'bill',
    title: { zh: '公共数据产品和服务使用账单', en: 'Bill for products and services used' },
    addressee: of.merchant,
    blocks: [
      paragraph(
        `截至${issuedOn}，你单位${dateText(of.period.from)}至${dateText(of.period.until)}使用公共数据产品和服务应付${yuanText(of.totalFen)}元（大写：人民币${yuanCapitals(of.totalFen)}）。`,
        `CNY ${yuanText(of.totalFen)} is due for ${of.period.from} to ${of.period.until}.`,
      ),
      {
        kind: 'table',
        caption: '使用明细（每行折扣后舍去不足一分的部分）',
        columns: [
          { title: '产品编号', share: 4 },
          { title: '产品或服务', share: 4 },
          { title: '用途', share: 2.5 },
          { title: '数量', align: 'end', share: 2.5 },
          { title: '单位', align: 'middle', share: 1.5 },
          { title: '单价（元）', align: 'end', share: 2.8 },
          { title: '优惠', align: 'end', share: 1.8 },
          { title: '金额（元）', align: 'end', share: 3.2 },
        ],
        rows: of.lines.map((one) => [
          ...[one.product, one.name, one.purpose, one.quantity, one.unit, yuanText(one.fen)],
          ...[one.discount === null ? '—' : `减${percentText(one.discount)}`, yuanText(one.amountFen)],
        ]),
        totals: ['合计', '', '', '', '', '', '', yuanText(of.totalFen)],
      },
    ],
    grounds: of.grounds,
  });
};
