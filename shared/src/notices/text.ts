/** The words of a notice, made from its kind and data: what happened, by when, under which article, what to do next. */
import { addDays, businessDateOf, endOfDay, toInstantText } from '../business-date.ts';
import { clauseWords, silentText } from '../packs/resting-on.ts';
import type { Texts } from '../problems/row.ts';
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
  onboarding: { zh: '数据商进驻申请', en: 'Application for onboarding', number: 'caseNo' },
  merchant: { zh: '数据商', en: 'Merchant', number: 'merchant' },
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
};

/** The end of a day is told as 24:00 of that day, as the law has it; everything in Asia/Shanghai. */
const untilWhen = (instant: string): string => {
  const at = Date.parse(instant);
  const day = addDays(businessDateOf(at), -1);
  return endOfDay(day) === at ? `${day} 24:00` : toInstantText(at).slice(0, 16).replace('T', ' ');
};

/** Codes and numbers for the `{name}` places; a list with commas, an instant as the clock on the wall says it. */
const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? untilWhen(text) : text;
};

/** A sentence's `{name}` places filled; a clause in square brackets stands only where all its places have values. */
const filled = (pattern: string, data: Readonly<Record<string, unknown>>): string => {
  const has = (name: string) => {
    const value = data[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  };
  return pattern
    .replace(/\[([^\]]*)\]/g, (_all, clause: string) =>
      [...clause.matchAll(/\{(\w+)\}/g)].every(([, name]) => has(name ?? '')) ? clause : '',
    )
    .replace(/\{(\w+)\}/g, (_place, name: string) => (has(name) ? shown(data[name]) : '—'));
};

/** What happened in a few words: the first clause, without what is bracketed. */
const headline = (pattern: string, data: Readonly<Record<string, unknown>>, end: RegExp): string => {
  const [first = ''] = pattern.replace(/\[[^\]]*\]/g, '').split(end);
  return filled(first, data);
};

const basis = ({ instrument, article }: NoticeWords): Texts => {
  if (article === null) return { zh: '', en: '' };
  if (article === silentText)
    return { zh: `依据：${article}。`, en: 'Basis: the text is silent; as we read it.' };
  const clause = clauseWords(article);
  const named =
    instrument !== null && /^第|^[一二三四五六七八九十]/.test(article)
      ? `《${instrument}》${clause}`
      : clause;
  return { zh: `依据：${named}。`, en: `Basis: ${named}.` };
};

/** The words of a notice in Chinese and English. Throws RangeError on a kind that has none. */
export const noticeText = (notice: NoticeWords): NoticeText => {
  const sentence = sentences[notice.kind];
  const subject = subjects[notice.eventType.split('.')[0] ?? ''];
  if (!sentence || !subject) throw new RangeError(`a notice of kind ${notice.kind} has no words`);
  const data = { ...notice.data, ...(notice.caseNo !== null && { caseNo: notice.caseNo }) };
  const number = filled(`{${subject.number}}`, data);
  const under = basis(notice);
  const [zh, en, nextZh, nextEn] = sentence.map((pattern) => filled(pattern, data)) as [
    string,
    string,
    string,
    string,
  ];
  return {
    title: {
      zh: `${subject.zh} ${number}：${headline(sentence[0], data, /[，。；]/)}`,
      en: `${subject.en} ${number}: ${headline(sentence[1], data, /[,.;:] ?/)}`,
    },
    text: {
      zh: `${subject.zh} ${number}：${zh}。${under.zh}${nextZh}。`,
      en: `${subject.en} ${number}: ${en}. ${under.en} ${nextEn}.`.replace(/ {2,}/g, ' '),
    },
  };
};
