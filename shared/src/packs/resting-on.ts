/** What an act rests on, in the words its events and notices carry. */
import { articleOf, type ResolvedPack } from './pack.ts';
import type { TopicName, TopicValues } from './topics.ts';

/** Said in place of an article where the text is silent and our reading applies. */
export const silentText = '文本未规定，按解释';

const numeral = /^[一二三四五六七八九十百]+$/;
/** 办法, 规定, 条例 and laws are made of 条; plans (方案), notices (通知) and notes (说明) of numbered parts. */
const inArticles = /(?:办法|规范|规定|条例|细则|规则|章程|法)$/;

/** Whether a text is made of articles (条), by the kind of document its title names; what is bracketed after it aside. */
const hasArticles = (instrument: string): boolean =>
  inArticles.test(instrument.replace(/(?:（[^（）]*）)+$/, ''));

/**
 * A place of a text as acts name it: 二十二 of an 办法 is 第二十二条, 十一 of a 方案 is 第十一部分; a section of either,
 * such as 六（二）, goes by its own number.
 */
export const clauseWords = (article: string, instrument: string): string =>
  numeral.test(article) ? `第${article}${hasArticles(instrument) ? '条' : '部分'}` : article;

/** 《办法》第二十一条: a clause as people are told it, with the text it stands in. */
export const citeText = ({ instrument, article }: { instrument: string; article: string }): string =>
  `《${instrument}》${clauseWords(article, instrument)}`;

/** The article an event names, and the text it stands in; nothing where the pack has no rule. */
export type RestsOn = { article?: string; articleInstrument?: string };

/** What a rule of the pack rests on. */
export const restsOn = <T extends TopicName>(
  pack: ResolvedPack,
  topic: T,
  key: keyof TopicValues<T> & string,
): RestsOn => {
  const rule = pack.rules[topic]?.[key];
  if (!rule) return {};
  const place = articleOf(rule);
  return 'article' in place
    ? { article: clauseWords(place.article, place.instrument), articleInstrument: place.instrument }
    : { article: silentText };
};
