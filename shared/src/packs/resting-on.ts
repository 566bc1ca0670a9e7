/** What an act rests on, in the words its events and notices carry. */
import { articleOf, type ResolvedPack } from './pack.ts';
import type { TopicName, TopicValues } from './topics.ts';

/** Said in place of an article where the text is silent and our reading applies. */
export const silentText = '文本未规定，按解释';

const numeral = /^[一二三四五六七八九十百]+$/;

/** An article as acts name it: 二十二 is 第二十二条; a section of a plan, such as 六（二）, goes by its own number. */
export const clauseWords = (article: string): string => (numeral.test(article) ? `第${article}条` : article);

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
    ? { article: clauseWords(place.article), articleInstrument: place.instrument }
    : { article: silentText };
};
