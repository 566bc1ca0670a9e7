/** Charts as SVG text, drawn by ECharts on the server: no browser, no script in them, the same bytes for the same chart. */
import {
  amountText,
  type Chart,
  type ChartTable,
  chartTable,
  spokenTable,
} from '@gongshu/shared/charts/chart';
import * as echarts from 'echarts';

const width = 760;
const font = "'Noto Serif SC', 'Source Han Serif SC', 'Songti SC', SimSun, serif";
const ink = '#222222';
/** From dark to light, so that they differ in grey too; patterns set them apart once more. */
const greys = [
  '#1f4e79',
  '#d98e2b',
  '#7fb3d5',
  '#7b2d26',
  '#b9d7a8',
  '#5b5b5b',
  '#e8c9a0',
  '#2e7d5b',
  '#c6c6c6',
];

/** What XML 1.0 cannot hold, and what turns the direction of text. */
const unwritable = /[\p{Cc}\p{Cs}\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;
const clean = (text: string): string => text.toWellFormed().replaceAll(unwritable, ' ');
const inherited = Object.getOwnPropertyNames(Object.prototype);
/**
 * A name as it is handed to ECharts, whose caches of measured text are plain objects with the text as key: a name such
 * as `__proto__`, or one that is cut to it, would write into every object. A joiner that nobody sees keeps it apart.
 */
const drawn = (text: string): string => {
  const said = clean(text);
  return inherited.some((name) => said.startsWith(name)) ? `${said.slice(0, 1)}\u2060${said.slice(1)}` : said;
};
const escaped = (text: string): string =>
  clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Only where the drawing puts it; what is written is the fen itself. */
const position = (fen: number | null | undefined): number | null =>
  fen === null || fen === undefined ? null : fen / 100;

/** `120,000` or `1,200万`, for the axis alone. */
const tick = (yuan: number): string => {
  const [value, unit] = Math.abs(yuan) >= 100_000 ? [yuan / 10_000, '万'] : [yuan, ''];
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}${unit}`;
};

/** Figures beside the bars, as long as there is room for them. */
const mostLabels = 24;

const seriesOf = ({ kind, series, categories, unit }: Chart, { rows }: ChartTable) => {
  const labelled =
    categories.length * series.length <= mostLabels && !(kind === 'stacked' && series.length > 4);
  return series.map(({ name, fen, target }) => {
    const line = target === true || kind === 'line';
    const label = {
      show: labelled && target !== true,
      fontSize: 10,
      color: ink,
      position: kind === 'share' ? 'right' : kind === 'stacked' ? 'inside' : 'top',
      formatter: ({ dataIndex: at }: { dataIndex: number }) =>
        kind === 'share' ? `${rows[at]?.[1]}（${rows[at]?.[2]}）` : amountText(fen[at] ?? 0, unit),
      ...(kind === 'stacked' && { backgroundColor: '#ffffff', padding: [1, 2] }),
    };
    return {
      ...{ name: drawn(name), silent: true, emphasis: { disabled: true }, label },
      data: fen.map(position),
      ...(line
        ? {
            type: 'line',
            symbol: target ? 'diamond' : 'circle',
            symbolSize: 8,
            lineStyle: { width: 2, type: target ? 'dashed' : 'solid' },
            ...(target && { color: '#000000', z: 10 }),
          }
        : { type: 'bar', barMaxWidth: 56, ...(kind === 'stacked' && { stack: 'all' }) }),
    };
  });
};

const optionOf = (chart: Chart, table: ChartTable) => {
  const { kind, title, categories, series, unit } = chart;
  const lying = kind === 'share';
  const names = {
    type: 'category',
    data: categories.map(drawn),
    axisLabel: {
      ...{ color: ink, interval: 0, fontFamily: font },
      ...{ width: lying ? 180 : Math.max(40, 600 / categories.length), overflow: 'truncate' },
      ...(!lying && categories.length > 12 && { rotate: 60, width: 90 }),
    },
    axisTick: { show: false },
    ...(lying && { inverse: true }),
  };
  const amounts = {
    type: 'value',
    name: unit ?? '元',
    axisLabel: { color: ink, formatter: tick, hideOverlap: true },
    splitLine: { lineStyle: { color: '#dddddd' } },
  };
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: greys,
    textStyle: { fontFamily: font, color: ink },
    aria: { enabled: true, decal: { show: kind !== 'line' && series.length > 1 } },
    title: {
      text: drawn(title),
      left: 'center',
      textStyle: { fontSize: 16, width: width - 40, overflow: 'truncate' },
    },
    legend: { show: series.length > 1, bottom: 4, itemWidth: 22, textStyle: { color: ink } },
    grid: {
      left: 16,
      right: lying ? 150 : 24,
      top: 64,
      bottom: series.length > 6 ? 64 : 40,
      containLabel: true,
    },
    [lying ? 'yAxis' : 'xAxis']: names,
    [lying ? 'xAxis' : 'yAxis']: amounts,
    series: seriesOf(chart, table),
  };
};

/**
 * ECharts counts its pictures in the names of patterns, and leaves marks for a browser's pointer: both are taken out, so
 * that bytes repeat and no style stands in the picture. Words of ours hold no `<`: they are escaped by then.
 */
const repeatable = (svg: string): string =>
  svg
    .replace(/<style[^<]*<!\[CDATA\[[^\]]*\]\]>\s*<\/style>\s*/, '')
    .replaceAll(/<[^>]*>/g, (mark) =>
      mark
        .replaceAll(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="\w+")/g, '')
        .replaceAll(/\bzr\d+-/g, 'c-'),
    );

/** The drawing, with a title and a description for who hears it. */
const draw = (chart: Chart, table: ChartTable): string => {
  const height = chart.kind === 'share' ? 120 + 30 * chart.categories.length : 420;
  const canvas = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    canvas.setOption(optionOf(chart, table) as echarts.EChartsCoreOption);
    const svg = repeatable(canvas.renderToSVGString());
    const said = `${chart.description} ${spokenTable(table)}`.trim();
    return svg.replace(
      /^<svg ([^>]*)>/,
      (_, attributes: string) =>
        `<svg role="img" lang="zh-CN" ${attributes}>\n<title>${escaped(chart.title)}</title>\n<desc>${escaped(said)}</desc>`,
    );
  } finally {
    canvas.dispose();
  }
};

/** A chart of amounts as SVG, and the table that says the same. Pure: the same chart gives the same bytes. */
export const chart = (described: Chart): { svg: string; table: ChartTable } => {
  const table = chartTable(described);
  return { svg: draw(described, table), table };
};
