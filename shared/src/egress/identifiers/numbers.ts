/**
 * Runs of digits in a text and what they can be read as: alone, or joined over single separators, whole groups only.
 * So a number inside a longer run of digits is never read.
 */

export type Candidate = {
  /** Digits, a closing X kept. */
  digits: string;
  /** Digits in each group as typed. */
  groups: readonly number[];
  /** All that stands between other words: nothing else is joined to it. */
  full: boolean;
  /** It joins the two sides of a decimal point. */
  decimal: boolean;
  /** A Latin letter touches it. */
  glued: boolean;
  /** A plus sign stands before it. */
  plus: boolean;
  /** Where it begins. */
  at: number;
};

const chains = /\d(?:(?: ?[.\-·_/] ?|[ \t]{1,2})?\d)*(?:(?: ?[.\-·_/] ?|[ \t]{1,2})?[Xx](?![A-Za-z0-9]))?/g;
const group = /[\dXx]+/g;
const letter = /[A-Za-z]/;
const longest = 19;
const shortest = 11;
/** Digits of a mobile number (with 86, with 0086), an old identity number, a card, an identity number. */
const lengths = new Set([11, 13, 15, 16, 17, 18, 19]);

const scientific = /(?<![\d.])(\d)(?:\.(\d{1,30}))?[eE]\+?(\d{1,2})(?!\d)/g;

/**
 * A number in scientific notation written out, where its digits are all there. Noughts at the end of the mantissa may
 * have been dropped (two at most); more are digits that were lost, and nothing is proven of them.
 */
const writtenOut = (first: string, fraction: string, exponent: number): string | undefined => {
  if (fraction.length > exponent)
    return /^0*$/.test(fraction.slice(exponent)) ? first + fraction.slice(0, exponent) : undefined;
  return exponent - fraction.length <= 2 ? first + fraction.padEnd(exponent, '0') : undefined;
};

const fromScientific = (text: string): Candidate[] => {
  const found: Candidate[] = [];
  for (const match of text.matchAll(scientific)) {
    const digits = writtenOut(match[1] ?? '', match[2] ?? '', Number(match[3]));
    if (digits === undefined || digits.length < 11 || digits.length > longest) continue;
    const glued =
      letter.test(text[match.index - 1] ?? '') || letter.test(text[match.index + match[0].length] ?? '');
    found.push({
      digits,
      groups: [digits.length],
      full: true,
      decimal: false,
      glued,
      plus: false,
      at: match.index,
    });
  }
  return found;
};

type Group = { text: string; at: number };

/** A group that is part of a decimal number is no number of its own; `.0` and `.00` after whole digits are. */
const isPart = (groups: readonly Group[], at: number): boolean => {
  return at === 1 || !/^0{1,2}$/.test(groups[1]?.text ?? '');
};

const ofChain = (text: string, chain: string, start: number, into: Candidate[]): void => {
  const groups: Group[] = [];
  for (const { 0: digits, index } of chain.matchAll(group)) groups.push({ text: digits, at: start + index });
  const closing = text[start + chain.length] ?? '';
  const glued = { full: true, decimal: false, glued: true, plus: false, at: start };
  // an X closes an identity number, and is a letter after any other: tel13800138000x, 11010519491231002Xb
  if (/^\d{11,}x$/i.test(chain) && chain.length !== 18 && lengths.has(chain.length - 1))
    into.push({ ...glued, digits: chain.slice(0, -1), groups: [chain.length - 1] });
  else if (chain.length === 17 && /^[xX]$/.test(closing) && /^\d+$/.test(chain))
    into.push({ ...glued, digits: chain + closing, groups: [18] });
  const last = groups.length - 1;
  const decimal = last === 1 && /^\d+\.\d+$/.test(chain);
  const gluedBefore = letter.test(text[start - 1] ?? '');
  const gluedAfter = letter.test(text[start + chain.length] ?? '');
  for (let from = 0; from <= last; from += 1) {
    let digits = '';
    const sizes: number[] = [];
    for (let to = from; to <= last; to += 1) {
      const one = groups[to] as Group;
      digits += one.text;
      sizes.push(one.text.length);
      if (digits.length > longest) break;
      if (!lengths.has(digits.length) || (from === to && decimal && isPart(groups, from))) continue;
      into.push({
        digits,
        groups: [...sizes],
        full: from === 0 && to === last,
        decimal: from < to && decimal,
        glued: (from === 0 && gluedBefore) || (to === last && gluedAfter),
        plus: text[(groups[from] as Group).at - 1] === '+',
        at: (groups[from] as Group).at,
      });
    }
  }
};

/** Everything in a plain text that can be read as one number and is as long as some identifier. */
export const candidates = (text: string): Candidate[] => {
  const { length } = text;
  if (/^\d+$/.test(text))
    return !lengths.has(length)
      ? []
      : [{ digits: text, groups: [length], full: true, decimal: false, glued: false, plus: false, at: 0 }];
  const found: Candidate[] = [];
  for (const { 0: chain, index } of text.matchAll(chains))
    if (chain.length >= shortest) ofChain(text, chain, index, found);
  return /\d[eE]/.test(text) ? [...found, ...fromScientific(text)] : found;
};

/** Groups of one size, the last perhaps shorter: how a person spaces a number, whatever the size. */
export const evenly = (groups: readonly number[]): boolean => {
  const first = groups[0] ?? 0;
  return groups.every((size, at) => size === first || (at === groups.length - 1 && size < first));
};

const codeLike = [
  /^[\s'"=+(]*[A-Za-z]{0,12}[\d\s.\-·_/()+]*[A-Za-z]{0,12}['"\s]*$/, // a number, perhaps with letters at an end
  /^\s*[\w\-./#:+=]+\s*$/, // one word of letters, digits and marks
];

/** Whether the whole text is one number or one code, so that its column must bear a sighting out. */
export const fillsCell = (text: string): boolean =>
  text.length <= 80 && codeLike.some((form) => form.test(text));
