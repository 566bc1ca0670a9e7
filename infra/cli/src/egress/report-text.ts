import { violates } from '@gongshu/shared/egress/groups';
import type { ScanReport } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { productTables } from '@gongshu/shared/code-tables/product';
import { type Cell, tableText } from '../table.ts';

const shownRows = 20;

type Word = { zh: string; en: string };
const both = ({ zh, en }: Word): string => `${zh} ${en}`;

const wordsOf = (table: { codes: Record<string, Word> }, code: string): string => {
  const word = table.codes[code];
  return word ? both(word) : code;
};

const exact = (value: number | null): Cell => (value === null ? null : String(Number(value.toFixed(6))));

/** A table of at most twenty rows; nothing where there are none. */
const part = (title: string, headings: readonly string[], rows: readonly Cell[][]): string[] => {
  if (rows.length === 0) return [];
  const more =
    rows.length > shownRows ? [`… 另有 ${rows.length - shownRows} 行 · and more; --json has all`] : [];
  return [[tableText(title, headings, rows.slice(0, shownRows)), ...more].join('\n')];
};

const groupRows = (report: ScanReport, thresholds: EgressThresholds): Cell[][] =>
  report.groups.map((group): Cell[] => [
    ...[violates(group, thresholds) ? '✗' : '✓', group.searched ? '搜得 searched' : '申报 declared'],
    ...[
      group.sheet,
      group.qi.join('、'),
      group.sensitive,
      group.k,
      group.l,
      exact(group.t),
      group.singledOut,
    ],
    group.singledOutRows.slice(0, 5).join(', ') || null,
  ]);

/** A report for people: what was found and where, never a value. `why`: a refusal's own words. */
export const reportText = (
  report: ScanReport,
  thresholds: EgressThresholds,
  why: string | undefined,
): string => {
  const { format, encoding, pack, reason } = report;
  const head = tableText(
    `出域检测 · egress scan: ${report.file}`,
    ['项', '值'],
    [
      ['结论 verdict', wordsOf(productTables.egressVerdicts, report.verdict)],
      ...(reason ? [['原因 reason', wordsOf(productTables.scanRefusals, reason)]] : []),
      ...(why ? [['说明 detail', why]] : []),
      ['格式 format', [format, encoding].filter(Boolean).join(', ') || null],
      ['行数 rows', report.rows],
      ['字节 bytes', report.bytes],
      ['SHA-256', report.sha256 || null],
      ['引擎 engine', report.engine],
      ['政策包 pack', `${pack.jurisdiction} ${pack.version.slice(0, 19)}`],
      ['限值 thresholds', `k ${thresholds.k}, l ${thresholds.l}, t ${thresholds.t}`],
    ],
  );
  return [
    head,
    ...part(
      '直接标识 · direct identifiers',
      ['工作表 sheet', '列 column', '类型 type', '行数 rows'],
      report.counts.map(({ sheet, column, type, rows }) => [
        ...[sheet, column, wordsOf(productTables.identifierTypes, type), rows],
      ]),
    ),
    ...part(
      '位置 · where',
      ['工作表 sheet', '行 row', '列 column', '路径 path', '类型 type', '规则 detector'],
      report.findings.map(({ sheet, row, column, path, type, detector }) => [
        sheet,
        row,
        column,
        path,
        type,
        detector,
      ]),
    ),
    ...part(
      '重识别 · re-identification',
      ['', '来历', '工作表 sheet', '准标识 qi', '敏感 sensitive', 'k', 'l', 't', '独一 alone', '行 rows'],
      groupRows(report, thresholds),
    ),
    ...part(
      '汇总表 · aggregates',
      ['工作表 sheet', '行 row', '列 column', '规则 rule'],
      report.aggregates.map(({ sheet, row, column, rule }) => [sheet, row, column, rule]),
    ),
    ...part(
      '原始数据 · raw data',
      ['来源 source', '工作表 sheet', '字段 fields', '占比 share', '行数 rows', '依法公开 public'],
      report.raw.map(({ source, sheet, fields, shareOfProduct, rows, lawfullyPublic }) => [
        ...[source, sheet, fields.join('、'), exact(shareOfProduct), rows, lawfullyPublic],
      ]),
    ),
    ...part(
      '差分 · differences',
      ['对照 against', '工作表 sheet', '字段 fields', '新增 appeared', '减少 disappeared'],
      report.differences.map(({ against, sheet, fields, appeared, disappeared }) => [
        ...[against, sheet, fields.join('、'), appeared, disappeared],
      ]),
    ),
  ].join('\n\n');
};
