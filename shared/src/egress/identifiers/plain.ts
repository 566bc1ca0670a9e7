/** Texts as they read, whatever they are typed in. */

const ascii = /^[\t\n\r -~]*$/;
/** Soft hyphen, zero-width and direction marks, variation selectors, byte order mark. */
const unseen =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
const dashes = /[\u2010-\u2015\u2043\u2212\u2500\u2796\ufe58\ufe63]/g;
const dots = /[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u2e31\u30fb\uff65]/g;

/**
 * Full-width and other compatibility forms as plain ones (NFKC), characters that cannot be seen left out, dashes and
 * middle dots each as one. A text of ASCII comes back as it is.
 */
export const plain = (text: string): string =>
  ascii.test(text)
    ? text
    : text.replace(unseen, '').normalize('NFKC').replace(unseen, '').replace(dashes, '-').replace(dots, '·');

/** Whether a text holds Chinese characters. */
export const hasHan = (text: string): boolean => /[\u3400-\u9fff]/.test(text);
