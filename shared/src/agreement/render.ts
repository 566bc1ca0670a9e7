/** The text of the standard agreement (格式协议, 中卫 19). Pure: the same agreement is always the same bytes. */
import type { BoundCondition, ScopePart } from '../grant/scope.ts';
import type { Term } from '../grant/term.ts';
import type { GrantKind } from '../grant/types.ts';

/** The items an agreement may have, in the order of Zhongwei art. 19, by the words its text calls them. */
export const agreementItems = {
  rightsAndDuties: '双方权利义务',
  scenario: '应用场景',
  dataScope: '数据范围',
  term: '使用期限',
  conditions: '使用条件',
  dataSecurity: '数据安全',
  serviceFees: '服务费用',
  tradingConditions: '交易条件',
  termination: '终止',
  liability: '违约责任',
} as const;
export type AgreementItem = keyof typeof agreementItems;
export const agreementItemCodes = Object.keys(agreementItems) as AgreementItem[];

/** All that both parties sign for. */
export type AgreementTerms = {
  agreementNo: string;
  version: number;
  caseNo: string;
  jurisdictionTitle: string;
  /** The instrument and article that name the items, or our reading. */
  basis: string;
  kind: GrantKind;
  /** The grant that is changed or prolonged. */
  replaces: string | null;
  merchant: string;
  operator: string;
  purpose: string;
  term: Term;
  resources: ScopePart[];
  conditions: BoundCondition[];
  /** Item codes in the order in which the text has them. */
  itemOrder: AgreementItem[];
};
export type AgreementWords = Partial<Record<AgreementItem, string>>;

const numerals = '一二三四五六七八九';
/** 一 … 十, 十一 …: the numbers of sections. */
const numeral = (n: number): string => {
  if (n < 10) return numerals[n - 1] ?? '';
  const tens = Math.floor(n / 10);
  return `${tens === 1 ? '' : numerals[tens - 1]}十${n % 10 === 0 ? '' : numerals[(n % 10) - 1]}`;
};

/** Line ends and trailing spaces do not differ between two renderings of the same words. */
const words = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const kindLine = ({ kind, replaces }: AgreementTerms): string[] => {
  if (kind === 'new' || replaces === null) return [];
  return kind === 'amendment'
    ? [`本协议变更使用授权 ${replaces}；双方签署时，原授权由本协议项下的授权替代。`]
    : [`本协议续期使用授权 ${replaces}；自原授权届满次日起，签署在后的自签署之日起，不早于下列期限的首日。`];
};

const scopeLines = (resources: readonly ScopePart[]): string[] =>
  resources.flatMap(({ resource, title, reviewer, fields, masked }) => [
    `${resource} ${title}（审核单位 ${reviewer}）`,
    `  字段：${fields.length === 0 ? '无' : fields.join('、')}`,
    ...(masked.length > 0 ? [`  审核条件隐去：${masked.join('、')}`] : []),
  ]);

const conditionLines = (conditions: readonly BoundCondition[]): string[] =>
  conditions.length === 0
    ? ['无']
    : conditions.map(
        ({ organisation, code, text, fields, until }) =>
          `${organisation}（${code}）${words(text)}${fields && fields.length > 0 ? `；字段：${fields.join('、')}` : ''}${until === undefined ? '' : `；使用至 ${until}`}`,
      );

/**
 * The agreement as plain UTF-8 text with `\n` line ends. `termsHash` is that of the terms and words themselves, so
 * that neither they nor the text can be changed without the other.
 */
export const renderAgreement = (terms: AgreementTerms, items: AgreementWords, termsHash: string): string => {
  const sections: [string, string[]][] = [
    ['数据资源与字段', scopeLines(terms.resources)],
    ['审核单位所附条件', conditionLines(terms.conditions)],
    ...terms.itemOrder.map((code): [string, string[]] => [
      agreementItems[code],
      words(items[code] ?? '').split('\n'),
    ]),
  ];
  const lines = [
    '公共数据开发利用协议',
    '',
    `协议编号：${terms.agreementNo}（第 ${terms.version} 稿）`,
    `使用申请：${terms.caseNo}`,
    `地区：${terms.jurisdictionTitle}`,
    `依据：${terms.basis}`,
    `甲方（运营机构）：${terms.operator}`,
    `乙方（数商）：${terms.merchant}`,
    `用途代码：${terms.purpose}`,
    `期限：${terms.term.from} 至 ${terms.term.until}`,
    ...kindLine(terms),
    ...sections.flatMap(([title, body], index) => ['', `${numeral(index + 1)}、${title}`, ...body]),
    '',
    `协议要素校验值：${termsHash}`,
    '双方对本文本的校验值（SHA-256）签署；双方均签署后使用授权生效。',
  ];
  return `${lines.join('\n')}\n`;
};
