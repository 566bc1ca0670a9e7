/** The words of a notice, made from its kind and data: what happened, by when, under which article, what to do next. */
import { addDays, businessDateOf, endOfDay, toInstantText } from '../business-date.ts';
import { citeText, clauseWords, silentText } from '../packs/resting-on.ts';
import type { Texts } from '../problems/row.ts';
import { codeWords } from './code-words.ts';
import { sentences } from './sentences.ts';

/** What a notice's words are made of; every value an id, a code, an instant or a number. */
export type NoticeWords = {
  kind: string;
  eventType: string;
  caseNo: string | null;
  instrument: string | null;
  article: string | null;
  data: Readonly<Record<string, unknown>>;
};

/** Title and text, each in both languages. */
export type NoticeText = { title: Texts; text: Texts };

const subjects: Readonly<Record<string, { zh: string; en: string; number: string }>> = {
  application: { zh: '公共数据使用申请', en: 'Data-use application', number: 'caseNo' },
  onboarding: { zh: '数商进驻申请', en: 'Application for onboarding', number: 'caseNo' },
  merchant: { zh: '数商', en: 'Merchant', number: 'merchant' },
  norm: { zh: '规范', en: 'Norm', number: 'norm' },
  agreement: { zh: '开发利用协议', en: 'Agreement', number: 'agreementNo' },
  grant: { zh: '使用授权', en: 'Grant of use', number: 'grantNo' },
  supply: { zh: '供数', en: 'Supply', number: 'supply' },
  plan: { zh: '实施方案', en: 'Implementation plan', number: 'caseNo' },
  selection: { zh: '运营机构遴选', en: 'Selection of the operator', number: 'caseNo' },
  operatingAgreement: { zh: '授权运营协议', en: 'Operating agreement', number: 'caseNo' },
  evaluation: { zh: '年度评估', en: 'Yearly evaluation', number: 'caseNo' },
  scenario: { zh: '应用场景', en: 'Scenario', number: 'scenario' },
  partner: { zh: '合伙人', en: 'Partner', number: 'partner' },
  socialData: { zh: '社会数据', en: 'Social data', number: 'socialData' },
  staff: { zh: '数据加工人员', en: 'Person who processes data', number: 'person' },
  expertQuestion: { zh: '专家论证', en: 'Question to experts', number: 'question' },
  supplyChannel: { zh: '供数渠道', en: 'Supply channel', number: 'channel' },
  productEgress: { zh: '产品', en: 'Product', number: 'caseNo' },
  productFeedback: { zh: '产品反馈', en: 'Feedback', number: 'feedback' },
  trace: { zh: '台账', en: 'Ledger', number: 'hash' },
  spotCheck: { zh: '抽查', en: 'Spot check', number: 'spotCheck' },
  mandate: { zh: '授权运营', en: 'Mandate', number: 'agreement' },
  permittedRevenue: { zh: '最高准许收入', en: 'Permitted revenue', number: 'caseNo' },
  ceilingPrice: { zh: '上限收费标准', en: 'Ceiling price', number: 'caseNo' },
  settlement: { zh: '结算', en: 'Settlement', number: 'caseNo' },
  complaint: { zh: '投诉', en: 'Complaint', number: 'caseNo' },
  incident: { zh: '安全事件', en: 'Incident', number: 'caseNo' },
  sanction: { zh: '惩戒', en: 'Sanction', number: 'caseNo' },
  yearlyDisclosure: { zh: '年度披露', en: 'Yearly disclosure', number: 'caseNo' },
  bulletin: { zh: '数源部门通报', en: 'Bulletin', number: 'caseNo' },
  contingencyPlan: { zh: '应急预案', en: 'Contingency plan', number: 'plan' },
  drill: { zh: '应急演练', en: 'Drill', number: 'drill' },
  supplyOrder: { zh: '暂停令', en: 'Order', number: 'order' },
  listOrder: { zh: '暂停令', en: 'Order', number: 'order' },
  evidence: { zh: '平台合规证明', en: 'Evidence of the platform', number: 'evidence' },
  audit: { zh: '风险评估与内控审计', en: 'Risk assessment or audit', number: 'caseNo' },
  qualityFeedback: { zh: '数据质量反馈', en: 'Data-quality feedback', number: 'caseNo' },
  demandResponse: { zh: '数据需求响应', en: 'Demand response', number: 'caseNo' },
  cost: { zh: '成本', en: 'Cost', number: 'cost' },
  serviceOrder: { zh: '服务订单', en: 'Service order', number: 'order' },
  serviceCharge: { zh: '服务费', en: 'Service charge', number: 'charge' },
  sharingTerms: { number: 'terms', zh: '收益分配约定', en: 'Terms of sharing' },
  costReport: { zh: '成本报告', en: 'Cost report', number: 'report' },
  tariff: { zh: '收费标准', en: 'Tariff', number: 'tariff' },
  serviceFee: { zh: '服务收费', en: 'Service fee', number: 'fee' },
  bill: { zh: '账单', en: 'Bill', number: 'bill' },
  usage: { zh: '用量', en: 'Use', number: 'usage' },
  reportPublication: { zh: '待发布披露', en: 'A disclosure to be published', number: 'publication' },
  reportPeriods: { zh: '往期', en: 'Past periods', number: 'periods' },
  workReport: { zh: '运营报告', en: 'Periodic report', number: 'report' },
  businessReport: { zh: '经营报告', en: 'Business report', number: 'report' },
};

/** The end of a day is told as 24:00 of that day, as the law has it; everything in Asia/Shanghai. */
const untilWhen = (instant: string): string => {
  const at = Date.parse(instant);
  const day = addDays(businessDateOf(at), -1);
  return endOfDay(day) === at ? `${day} 24:00` : toInstantText(at).slice(0, 16).replace('T', ' ');
};

type Language = 'zh' | 'en';

/** A measure that has a last day, as a decision on a sanction names it (X1). */
type Term = { measure: string; lastDay: string | null };
const isTerm = (value: unknown): value is Term =>
  typeof value === 'object' && value !== null && 'measure' in value && 'lastDay' in value;

const termWords = ({ measure, lastDay }: Term, language: Language): string =>
  `${codeWords('measures', measure, language)}${language === 'zh' ? '至' : ' until '}${lastDay ?? ''}`;

/** A measure without a last day has no term to tell. */
const told = (value: unknown): unknown =>
  Array.isArray(value) ? value.filter((one) => !isTerm(one) || one.lastDay !== null) : value;

/** What stands at a `{name}` place: a list with commas, an instant as the clock on the wall says it, a code in words. */
const shown = (name: string, value: unknown, language: Language): string => {
  if (Array.isArray(value))
    return value.map((one) => shown(name, one, language)).join(language === 'zh' ? '、' : ', ');
  if (isTerm(value)) return termWords(value, language);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? untilWhen(text) : codeWords(name, text, language);
};

/** A sentence's `{name}` places filled; a clause in square brackets stands only where all its places have values. */
const filled = (pattern: string, data: Readonly<Record<string, unknown>>, language: Language): string => {
  const has = (name: string) => {
    const value = told(data[name]);
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  };
  return pattern
    .replace(/\[([^\]]*)\]/g, (_all, clause: string) =>
      [...clause.matchAll(/\{(\w+)\}/g)].every(([, name]) => has(name ?? '')) ? clause : '',
    )
    .replace(/\{(\w+)\}/g, (_place, name: string) =>
      has(name) ? shown(name, told(data[name]), language) : '—',
    );
};

/** What happened in a few words: the first clause, without what is bracketed. */
const headline = (
  pattern: string,
  data: Readonly<Record<string, unknown>>,
  { end, language }: { end: RegExp; language: Language },
): string => {
  const [first = ''] = pattern.replace(/\[[^\]]*\]/g, '').split(end);
  return filled(first, data, language);
};

const basis = ({ instrument, article }: NoticeWords): Texts => {
  if (article === null) return { zh: '', en: '' };
  if (article === silentText)
    return { zh: `依据：${article}。`, en: 'Basis: the text is silent; as we read it.' };
  const named =
    instrument === null
      ? clauseWords(article, '办法')
      : /^第|^[一二三四五六七八九十]/.test(article)
        ? citeText({ instrument, article })
        : article;
  return { zh: `依据：${named}。`, en: `Basis: ${named}.` };
};

/** The words of a notice in Chinese and English. Throws RangeError on a kind that has none. */
export const noticeText = (notice: NoticeWords): NoticeText => {
  const sentence = sentences[notice.kind];
  const subject = subjects[notice.eventType.split('.')[0] ?? ''];
  if (!sentence || !subject) throw new RangeError(`a notice of kind ${notice.kind} has no words`);
  const data = { ...notice.data, ...(notice.caseNo !== null && { caseNo: notice.caseNo }) };
  const number = filled(`{${subject.number}}`, data, 'zh');
  const under = basis(notice);
  const [zh, en, nextZh, nextEn] = sentence.map((pattern, at) =>
    filled(pattern, data, at % 2 === 0 ? 'zh' : 'en'),
  ) as [string, string, string, string];
  return {
    title: {
      zh: `${subject.zh} ${number}：${headline(sentence[0], data, { end: /[，。；]/, language: 'zh' })}`,
      en: `${subject.en} ${number}: ${headline(sentence[1], data, { end: /[,.;:] ?/, language: 'en' })}`,
    },
    text: {
      zh: `${subject.zh} ${number}：${zh}。${under.zh}${nextZh}。`,
      en: `${subject.en} ${number}: ${en}. ${under.en} ${nextEn}.`.replace(/ {2,}/g, ' '),
    },
  };
};
