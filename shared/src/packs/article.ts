const digits = '〇一二三四五六七八九';
const numeral = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)/;

/** The number of the article or section that a cite names: 二十一 → 21, 六（三） → 6. Up to 99; `undefined` without one. */
export const articleNumber = (article: string): number | undefined => {
  const [whole, tens = '', ten = '', ones = ''] = numeral.exec(article) ?? [];
  if (!whole) return undefined;
  if (!ten) return digits.indexOf(tens || ones);
  return (tens ? digits.indexOf(tens) : 1) * 10 + (ones ? digits.indexOf(ones) : 0);
};

const ranged = /\b(?:arts?|s)[. ]\s?(\d{1,2})–(\d{1,2})\b/g;
const listed = /\b(?:arts?|s)[. ]\s?(\d+(?:\([^)]*\)\d*)?(?:(?:, | and )\d+(?![a-z\d])(?:\([^)]*\)\d*)?)*)/g;

const spelt = (_: string, first: string, last: string): string =>
  `arts ${Array.from({ length: Math.max(0, Number(last) - Number(first) + 1) }, (__, index) => Number(first) + index).join(', ')}`;

/**
 * The articles or sections that a cell of the table names: `arts 2, 4` → 2 and 4, `s.6(3)` → 6, `s.1–3` → 1, 2 and 3. Papers named by a
 * number of three digits (`000`) are no articles.
 */
export const articlesNamed = (cell: string): number[] =>
  [...cell.replaceAll(ranged, spelt).matchAll(listed)].flatMap(([, list = '']) =>
    list
      .replaceAll(/\([^)]*\)\d*/g, '')
      .split(/, | and /)
      .filter((entry) => entry.length <= 2)
      .map(Number),
  );
