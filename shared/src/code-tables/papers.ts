import type { chartKinds } from '../charts/chart.ts';
import type { PaperKind } from '../paper/paper.ts';
import { codeTable } from './define.ts';

/** Papers and charts: what a case is told by. */
export const paperTables = {
  paperKinds: codeTable<PaperKind>('文书类别', 'Kinds of papers', {
    acceptance: ['受理回执', 'Receipt of acceptance'],
    correction: ['补正告知', 'Correction notice'],
    decision: ['办理决定', 'Decision'],
    outcome: ['办结通知', 'Notice of the outcome'],
    silence: ['默示证明', 'Certificate of silence'],
    determination: ['最高准许收入核定函', 'Letter of determination'],
    ceiling: ['上限收费标准通知', 'Notice of a ceiling price'],
    tariff: ['收费标准公示', 'Tariff notice'],
    settlement: ['结算书', 'Settlement statement'],
    bill: ['账单', 'Bill'],
    disclosure: ['年度披露', 'Disclosure of a year'],
    bulletin: ['数源部门通报', 'Bulletin on source departments'],
    receipt: ['收件回执', 'Receipt'],
  }),
  paperHashes: codeTable('文书哈希对象', 'What the hash of a paper is over', {
    paper: ['文书内容', 'Its own content'],
    certificate: ['所载证明', 'The certificate it carries'],
    receipt: ['回执所载内容', 'What the receipt says'],
  }),
  paperFormats: codeTable('文书和图表格式', 'Formats of papers and charts', {
    pdf: ['PDF 文件', 'PDF'],
    json: ['JSON 内容', 'JSON'],
    svg: ['SVG 图', 'SVG'],
    csv: ['CSV 表', 'CSV'],
  }),
  columnAlignments: codeTable('栏目对齐', 'How a column is set', {
    start: ['左对齐', 'At the start'],
    end: ['右对齐', 'At the end'],
    middle: ['居中', 'In the middle'],
  }),
  chartKinds: codeTable<(typeof chartKinds)[number]>('图表类别', 'Kinds of charts', {
    bars: ['柱形图', 'Bars'],
    stacked: ['堆积柱形图', 'Stacked bars'],
    line: ['折线图', 'Line'],
    share: ['构成图', 'Shares'],
  }),
  businessCharts: codeTable('经营情况报告图表', 'Charts of a business report', {
    cost: ['成本构成', 'Cost'],
    revenue: ['收入与最高准许收入', 'Revenue beside the permitted revenue'],
    years: ['历年比较', 'Over the years'],
  }),
};
