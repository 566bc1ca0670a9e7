/** Chinese text made comparable for search. */
import { Converter } from 'opencc-js/t2cn';

/**
 * Variants that OpenCC leaves apart and that one office writes for another's word (計畫 / 计划, 瞭解 / 了解).
 * For search only: folded text is compared, never shown.
 */
const variants: Readonly<Record<string, string>> = {
  畫: '划',
  画: '划',
  瞭: '了',
  著: '着',
  衞: '卫',
  祇: '只',
  衹: '只',
  姊: '姐',
  妳: '你',
  馀: '余',
};

let toSimplified: ((text: string) => string) | undefined;
const folded = new Map<string, string>();

/** The dictionary (0.1 MB) is built at the first character that needs it: 20 ms, once a process. */
const foldCharacter = (character: string): string => {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const convert = (toSimplified ??= Converter({ from: 't', to: 'cn' }));
  const simplify = (one: string) => variants[one] ?? convert(one);
  const once = simplify(character);
  const result = simplify(once); // a variant of a variant: 2 steps reach the end of every chain
  folded.set(character, result);
  return result;
};

/**
 * A key for comparing and searching: width and compatibility forms unified (NFKC), lower case, each traditional or
 * variant character replaced by its simplified one, white space runs as one space. So 停车 finds 停車場, and ＡＢ finds ab.
 *
 * Each character folds by itself, whatever stands beside it: part of a text always folds to part of the folded
 * text, which a conversion by phrases would break.
 */
export const foldChinese = (text: string): string => {
  let result = '';
  for (const character of text.normalize('NFKC').toLowerCase()) {
    result += character < '\u2e80' ? character : foldCharacter(character);
  }
  return result.replace(/\s+/gu, ' ').trim();
};

let simplifyWords: ((text: string) => string) | undefined;

/** Traditional text to read in simplified characters, by phrases, with the mainland's words (資訊 → 信息). Not for comparing. */
export const simplifyChinese = (text: string): string => {
  const convert = (simplifyWords ??= Converter({ from: 'twp', to: 'cn' }));
  return convert(text);
};
