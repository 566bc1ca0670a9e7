/** A computed period in the terminal: each figure beside its parts, amounts in yuan to the fen. */
import type { WhatIfAnswer } from '@gongshu/shared/pricing/answer';
import { type Cell, tableText } from '../table.ts';

/** Fen as yuan, `-1,234.05`, without a float. */
export const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
};

/** The article's number, or our reading where the text is silent. */
export const articleText = (article: WhatIfAnswer['excessRule']['article'] | undefined): Cell => {
  if (!article) return null;
  return 'article' in article ? article.article : article.reading;
};

const figures = (answer: WhatIfAnswer): Cell[][] => {
  const { permittedRevenueParts: parts, surplusParts, position, excessRule } = answer;
  return [
    ['成本 accepted cost', yuan(parts.acceptedFen), null],
    [
      '减补助 subsidy',
      yuan(parts.subsidyFen),
      parts.leftSubsidyFen ? `余 ${yuan(parts.leftSubsidyFen)} left` : null,
    ],
    ['净成本 net cost', yuan(parts.netCostFen), null],
    ['准许收益 profit', yuan(parts.profitFen), `收益率 rate ${parts.rate}`],
    ['税金 tax', yuan(parts.taxFen), null],
    [
      '扣减上期超收 deducted',
      yuan(parts.consumedFen),
      parts.carriedOnFen ? `结转 ${yuan(parts.carriedOnFen)} carried on` : null,
    ],
    ['最高准许收入 permitted revenue', yuan(answer.permittedRevenue), null],
    [
      '预测收入 forecast',
      yuan(answer.forecastFen),
      answer.forecastOverCap ? '高于最高准许收入 over the cap' : null,
    ],
    [
      '收入 revenue',
      yuan(answer.revenueFen),
      position.warned && !position.over ? `预警 warned from ${position.from}` : null,
    ],
    ['超收 excess', yuan(answer.excessFen), excessRule.conflict],
    ['结转下期 to the next period', yuan(answer.carriedToNextPeriodFen), articleText(excessRule.article)],
    ['资源使用费 resource fee', yuan(answer.resourceFeeFen), null],
    ['可分配盈余 surplus', yuan(answer.surplusFen), `税 tax ${yuan(surplusParts.taxFen)}`],
    ['分配总额 pool', yuan(answer.poolFen), answer.poolOverSurplus ? '超过盈余 over the surplus' : null],
  ];
};

const refusals = (answer: WhatIfAnswer): Cell[][] => [
  ...answer.refusedCosts.map(({ id, code, article }): Cell[] => [
    `成本 cost ${id}`,
    code,
    articleText(article),
  ]),
  ...answer.tariffResults.flatMap((one): Cell[][] =>
    one.accepted
      ? []
      : [[`收费 tariff ${one.product} ${one.class} ${one.purpose}`, one.code, articleText(one.article)]],
  ),
  ...answer.refusedUsage.map(({ id, code }): Cell[] => [`用量 usage ${id}`, code, null]),
  ...answer.refusedWhenSaved.map(({ pointer, code, article }): Cell[] => [
    `正式提交 when saved ${pointer}`,
    code,
    articleText(article),
  ]),
  ...answer.unrated.map(({ id, code, article }): Cell[] => [`用量 usage ${id}`, code, articleText(article)]),
];

const tableOf = (title: string, headings: string[], rows: Cell[][]): string[] =>
  rows.length > 0 ? [tableText(title, headings, rows)] : [];

/** The period as tables; those without a row are left out. */
export const whatIfText = (answer: WhatIfAnswer, title: string): string =>
  [
    tableText(`${title} ${answer.jurisdiction}`, ['', '元 yuan', ''], figures(answer)),
    ...tableOf(
      '公共成本分摊 shared cost',
      ['产品 product', '元 yuan'],
      Object.entries(answer.sharedCostByProduct).map(([product, fen]) => [product, yuan(fen)]),
    ),
    ...tableOf(
      '账单 bills',
      ['数商 merchant', '条 lines', '元 yuan'],
      answer.bills.map(({ merchant, lines, totalFen }) => [merchant, lines.length, yuan(totalFen)]),
    ),
    ...tableOf(
      '分配 shares',
      ['参与方 party', '元 yuan'],
      answer.shares.map(({ party, fen }) => [party, yuan(fen)]),
    ),
    ...tableOf('不予计入 refused', ['', '代码 code', '条款 article'], refusals(answer)),
  ].join('\n\n');
