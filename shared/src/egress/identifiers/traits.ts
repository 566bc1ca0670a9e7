/** What a text is made of, in one pass: most texts need few of the detectors. */

export type Traits = {
  digits: number;
  letters: number;
  han: number;
  points: number;
  at: boolean;
  /** Most digits that may be one number, and most digits and letters that may be one code. */
  number: number;
  code: number;
  /** Longest word as Base64 has them. */
  word: number;
};

/** Marks that may part the digits of one number. */
const isPart = (code: number): boolean =>
  code === 32 || code === 45 || code === 46 || code === 47 || code === 95 || code === 0xb7 || code === 9;

/** More marks than that between two digits part two numbers. */
const widest = 3;

/** Reads a plain text. */
export const traitsOf = (text: string): Traits => {
  let [digits, letters, han, points, number, code, word] = [0, 0, 0, 0, 0, 0, 0];
  let at = false;
  let [inNumber, inCode, inWord] = [0, 0, 0];
  let gap = 0;
  for (let index = 0; index < text.length; index += 1) {
    const one = text.charCodeAt(index);
    const isDigit = one >= 48 && one <= 57;
    if (isDigit || (one >= 65 && one <= 90) || (one >= 97 && one <= 122)) {
      if (isDigit) digits += 1;
      else letters += 1;
      if (gap > widest) inNumber = inCode = 0;
      inNumber = isDigit ? inNumber + 1 : 0;
      inCode += 1;
      inWord += 1;
      gap = 0;
      if (inNumber > number) number = inNumber;
      if (inCode > code) code = inCode;
      if (inWord > word) word = inWord;
      continue;
    }
    gap = isPart(one) ? gap + 1 : widest + 1;
    if (one === 45 || one === 95 || one === 47 || one === 43) inWord += 1;
    else inWord = 0;
    if (inWord > word) word = inWord;
    if (one === 46) points += 1;
    else if (one === 64) at = true;
    else if (one >= 0x3400 && one <= 0x9fff) han += 1;
  }
  return { digits, letters, han, points, at, number, code, word };
};
