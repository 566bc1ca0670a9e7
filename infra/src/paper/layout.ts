/** A paper as the page's template takes it: every text fitted to the font, with the lines at its foot. */
import { type Chart, chartTable } from '@gongshu/shared/charts/chart';
import { type Block, type Column, type Paper, type Words } from '@gongshu/shared/paper/paper';
import { dateOfInstant, groundText } from '@gongshu/shared/paper/words';
import { codeText, fitText, type Pieces } from './glyphs.ts';

const chineseNumerals = '一二三四五六七八九十'.split('');
/** （一）…（十）, then （11）. */
const ordinal = (at: number): string => `（${chineseNumerals[at] ?? at + 1}）`;

/** A table of so few rows stands on one page where it can, with its caption and totals. */
const wholeRows = 12;

/** A head is said again on each page while its titles are short: a long one would fill every page. */
const repeatedTitle = 40;

type Fit = (text: string) => Pieces;
/** Draws a chart as SVG. */
export type Draw = (chart: Chart) => string;
const flat = (pieces: Pieces): string =>
  typeof pieces === 'string' ? pieces : pieces.join('').replaceAll('\n', ' ');

const words = (fit: Fit, { zh, en }: Words) => ({ zh: fit(zh), en: en === undefined ? null : fit(en) });
const column = (fit: Fit, { title, align, share }: Column) => ({
  ...{ title: fit(title), align: align ?? 'start', share: share ?? 1 },
});
/** A row of as many cells as there are columns. */
const cells = (fit: Fit, { length }: readonly Column[], row: readonly string[]): Pieces[] =>
  Array.from({ length }, (_, at) => fit(row[at] ?? ''));

const tableOf = (fit: Fit, block: Extract<Block, { kind: 'table' }>) => ({
  kind: block.kind,
  caption: block.caption === undefined ? null : fit(block.caption),
  columns: block.columns.map((one) => column(fit, one)),
  rows: block.rows.map((row) => cells(fit, block.columns, row)),
  totals: block.totals === undefined ? [] : cells(fit, block.columns, block.totals),
  whole: block.rows.length <= wholeRows,
  repeats: block.columns.every(({ title }) => title.length <= repeatedTitle),
});

/** A chart with its names fitted to the font, and under it the table that says the same. */
const chartOf = (fit: Fit, draw: Draw, { chart }: Extract<Block, { kind: 'chart' }>) => {
  const fitted = (text: string): string => flat(fit(text));
  const { columns, rows, totals } = chartTable(chart);
  const svg = draw({
    ...chart,
    title: fitted(chart.title),
    description: fitted(chart.description),
    categories: chart.categories.map(fitted),
    series: chart.series.map((one) => ({ ...one, name: fitted(one.name) })),
  });
  const table = tableOf(fit, {
    kind: 'table',
    columns: columns.map((title, at) => ({ title, align: at === 0 ? 'start' : 'end' })),
    rows,
    ...(totals && { totals }),
  });
  return { kind: 'chart' as const, svg, said: fitted(`${chart.title} ${chart.description}`.trim()), table };
};

const blockOf = (fit: Fit, draw: Draw, block: Block) => {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { kind: block.kind, text: words(fit, block.text) };
    case 'facts':
      return {
        kind: block.kind,
        rows: block.rows.map(({ label, value }) => ({ label: fit(label), value: fit(value) })),
      };
    case 'list':
      return { kind: block.kind, items: block.items.map((item, at) => fit(`${ordinal(at)}${item}`)) };
    case 'table':
      return tableOf(fit, block);
    case 'chart':
      return chartOf(fit, draw, block);
  }
};

/** At most so many are named; the rest is counted. */
const namedMissing = 40;
const missingLine = (missing: ReadonlySet<string>): string => {
  const codes = [...missing].map(codeText).sort();
  const more = codes.length > namedMissing ? ` 等${codes.length}个` : '';
  return `字库未收录或不可见的字符以码位标示或略去 · Characters shown by code point or left out: ${codes.slice(0, namedMissing).join('')}${more}`;
};

/** What the template reads, and the characters it could not show as they are. */
export const layoutOf = (paper: Paper, characters: ReadonlySet<number>, draw: Draw) => {
  const missing = new Set<string>();
  const fit = fitText(characters, missing);
  const issuedAt = new Date(paper.issuedAt);
  const said = {
    issuedBy: fit(paper.issuedBy),
    number: fit(paper.number),
    title: words(fit, paper.title),
    addressee: paper.addressee === null ? null : fit(paper.addressee),
    blocks: paper.blocks.map((block) => blockOf(fit, draw, block)),
    grounds: paper.grounds.map((ground, at) => fit(`${ordinal(at)}${groundText(ground)}`)),
    issuedOn: dateOfInstant(issuedAt),
    foot: fit(`${paper.number} · ${paper.hash}`),
  };
  const over = { paper: '本件内容', certificate: '证明内容', receipt: '回执内容' }[paper.hashOf];
  const verification = [
    `文号 Number: ${paper.number}`,
    `${over}校验码 Hash: ${paper.hash}`,
    '校验码依 RFC 8785 由内容的 JSON 计算，可凭文号与校验码向出具单位核验。',
  ].map((line) => fit(line));
  if (missing.size > 0) verification.push(fit(missingLine(missing)));
  const date = {
    ...{ year: issuedAt.getUTCFullYear(), month: issuedAt.getUTCMonth() + 1, day: issuedAt.getUTCDate() },
    ...{ hour: issuedAt.getUTCHours(), minute: issuedAt.getUTCMinutes(), second: issuedAt.getUTCSeconds() },
  };
  return {
    layout: {
      ...said,
      verification,
      meta: { title: `${flat(said.title.zh)} ${flat(said.number)}`, author: flat(said.issuedBy), date },
    },
    missing: [...missing],
  };
};
