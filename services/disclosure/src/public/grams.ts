/** Short Chinese words found by an index: a text as the single characters and pairs that stand in it. */
import { foldChinese } from '@gongshu/shared/chinese-text';

/** A text longer than this many characters is found by its first ones. */
const most = 20_000;

/** What entries are narrowed by; each is one more gram, so that one index answers any mixture. */
export const resourceMarks = {
  jurisdiction: 'j',
  provider: 'p',
  level: 'l',
  frequency: 'f',
  grade: 'g',
  classification: 'c',
} as const;
export type ResourceMark = keyof typeof resourceMarks;

/** The gram of a filter: longer than any gram of a text. */
export const markOf = (mark: ResourceMark, value: string): string => `${resourceMarks[mark]}::${value}`;

const pairs = (folded: string): string[] => {
  const characters = Array.from(folded);
  return characters.flatMap((one, at) => {
    const next = characters[at + 1];
    return one === ' ' ? [] : next === undefined || next === ' ' ? [one] : [one, one + next];
  });
};

/** The grams of a text as it is kept, each once. */
export const gramsOf = (folded: string): string[] => [...new Set(pairs(folded.slice(0, most)))];

/** The text of an entry that is searched: title, abstract, field names, folded as the catalog folds them. */
export const searchTextOf = (texts: readonly (string | null)[]): string =>
  foldChinese(texts.filter((text) => text !== null).join('\n'));

/** What an entry must hold to be found: the pairs of each word, or the character where it is one. */
export const gramsAsked = (folded: string): string[] => {
  const words = folded.split(' ').filter((word) => word !== '');
  return [
    ...new Set(
      words.flatMap((word) =>
        Array.from(word).length === 1 ? [word] : pairs(word).filter((one) => Array.from(one).length === 2),
      ),
    ),
  ];
};

/** A pattern for `like` of a folded word, its `%`, `_` and `\` meaning themselves. */
export const patternOf = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
