/** The text of an operating agreement (国家规范 十四). Pure: the same agreement is always the same bytes. */
import type { AgreementItem } from '../packs/topics/operating-agreement.ts';
import type { Mandate } from './overlap.ts';

/** Every item by the words its text calls it. */
export const itemWords: Readonly<Record<AgreementItem, string>> = {
  dataResources: '公共数据资源范围及目录',
  term: '运营期限',
  products: '产品和服务及其技术标准、安全审核、业务规范性审核',
  platform: '技术支撑平台',
  assetOwnership: '资产权属',
  disclosure: '信息披露',
  accounting: '成本和收入核算、收益分配',
  security: '数据安全、个人信息保护、风险监测和应急处置',
  evaluationRenewalExit: '成效评价、续约和退出',
  liability: '违约责任',
  disputes: '争议解决',
  amendmentTermination: '变更和终止',
  other: '其他事项',
  operatingPlan: '运营方案（核心附件）',
};
const modeWords = { whole: '整体授权', byField: '分领域授权', byScenario: '依场景授权' } as const;

export type AgreementText = {
  caseNo: string;
  version: number;
  title: string;
  jurisdictionTitle: string;
  /** The instrument and article that name the items, or our reading. */
  basis: string;
  authority: string;
  operator: string;
  coSignatories: string[];
  mandate: Mandate;
  termMonths: number;
  ground: string | null;
  predecessor: string | null;
  /** In the pack's order. */
  items: { item: AgreementItem; text: string; documents: string[] }[];
};

const digits = '〇一二三四五六七八九';
/** 一 … 十四: numbers of sections. */
const numeral = (n: number): string =>
  n < 10 ? (digits[n] ?? '') : `十${n === 10 ? '' : (digits[n - 10] ?? '')}`;

/** Line ends and trailing spaces do not differ between two renderings of the same words. */
const lines = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .split('\n');

const extent = ({ mode, fields, scenarios }: Mandate): string =>
  [
    modeWords[mode],
    ...(fields.length > 0 ? [`领域 ${fields.join('、')}`] : []),
    ...(scenarios.length > 0 ? [`场景 ${scenarios.join('、')}`] : []),
  ].join('；');

/** Plain UTF-8 with `\n` line ends. `contentHash` is that of what it says, so that neither is changed without the other. */
export const renderOperatingAgreement = (text: AgreementText, contentHash: string): string =>
  `${[
    text.title,
    '',
    `协议编号：${text.caseNo}（第 ${text.version} 版）`,
    `地区：${text.jurisdictionTitle}`,
    `依据：${text.basis}`,
    `甲方（实施机构）：${text.authority}`,
    `乙方（运营机构）：${text.operator}`,
    ...(text.coSignatories.length > 0 ? [`会同签署：${text.coSignatories.join('、')}`] : []),
    ...(text.predecessor === null ? [] : [`承接协议：${text.predecessor}`]),
    `授权方式：${extent(text.mandate)}`,
    `期限：自各方签署完毕之日起 ${text.termMonths} 个月，至对应日二十四时止`,
    ...(text.ground === null ? [] : [`超过原则上最长期限的理由：${text.ground}`]),
    ...text.items.flatMap(({ item, text: words, documents }, index) => [
      '',
      `${numeral(index + 1)}、${itemWords[item]}`,
      ...lines(words),
      ...documents.map((hash) => `附件 ${hash}`),
    ]),
    '',
    `协议要素校验值：${contentHash}`,
    '各方对本文本的校验值（SHA-256）签署；各方均签署后协议生效。',
  ].join('\n')}\n`;
