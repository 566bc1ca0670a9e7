/** Finding words in the text of an instrument, whatever its line breaks, page numbers and character width. */

/** A text as quotes are compared with it: without white space, page numbers (`- 7 -`), mark-up and width. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/-\s+\d{1,3}\s+-/g, '')
    .replaceAll(/[\s*#]/g, '');

const numerals = '[一二三四五六七八九十]+';
const articleHead = new RegExp(`第(${numerals})条`, 'g');
const sectionHead = new RegExp(`^\\s*(${numerals})、`);
const partHead = new RegExp(`^\\s*[*#\\s]*\\((${numerals})\\)`);

/** A stretch of the folded text under one heading: `二十一`, `六`, `六(三)`. */
type Stretch = { article: string; from: number; to: number };

/** Norms: 第X条, wherever it stands in a line; （一）… within an article are not told apart. */
const articlesOf = (text: string): Stretch[] => {
  const heads = [...text.matchAll(articleHead)].map((head) => ({ article: head[1] ?? '', from: head.index }));
  return heads.map((head, index) => ({ ...head, to: heads[index + 1]?.from ?? text.length }));
};

/** Plans: lines that begin 一、 and within them lines that begin （一）. */
const sectionsOf = (raw: string): Stretch[] => {
  const stretches: Stretch[] = [];
  let section: Stretch | undefined;
  let part: Stretch | undefined;
  let at = 0;
  for (const line of raw.normalize('NFKC').split('\n')) {
    const head = sectionHead.exec(line)?.[1];
    const partName = partHead.exec(line)?.[1];
    if (head) {
      section = { article: head, from: at, to: at };
      part = undefined;
      stretches.push(section);
    } else if (partName && section) {
      part = { article: `${section.article}(${partName})`, from: at, to: at };
      stretches.push(part);
    }
    at += folded(line).length;
    for (const open of [section, part]) if (open) open.to = at;
  }
  return stretches;
};

/** An instrument's text, ready to be searched. */
export type SearchableText = { text: string; stretches: Stretch[] };

export const searchable = (raw: string): SearchableText => {
  const text = folded(raw);
  const articles = articlesOf(text);
  return { text, stretches: articles.length >= 10 ? articles : sectionsOf(raw) };
};

/** 九（五） in a norm is looked for in 九; 十一（三）6 in a plan in 十一(三). */
const stretchesOf = ({ stretches }: SearchableText, article: string): Stretch[] => {
  const name = folded(article);
  const candidates = [name.replace(/\d+$/, ''), name.replace(/\(.*$/, '')];
  const found = candidates.find((candidate) => stretches.some((stretch) => stretch.article === candidate));
  return stretches.filter((stretch) => stretch.article === found);
};

/** Where the quote stands within the article, in characters of the folded text; `undefined` when it doesn't. */
export const placeOf = (source: SearchableText, article: string, quote: string): number | undefined => {
  const words = folded(quote);
  for (const { from, to } of stretchesOf(source, article)) {
    const place = source.text.indexOf(words, from);
    if (place !== -1 && place + words.length <= to) return place;
  }
  return undefined;
};
