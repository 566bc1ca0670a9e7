/** Texts as they read, whatever they are typed in. */

/** ASCII, the usual Chinese characters, and marks that read the same either way: nothing to do. */
const usual = /^[\t\n\r -~\u3400-\u9fff·，。；、“”《》]*$/;
/** Soft hyphens, zero-width and direction marks, fillers, variation selectors, byte order marks. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
const dashes = /[\u2010-\u2015\u2043\u2212\u2500\u2796\ufe58\ufe63]/g;
const dots = /[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u2e31\u30fb\uff65]/g;

/**
 * Full-width and other compatibility forms as plain ones (NFKC), characters that cannot be seen left out, dashes and
 * middle dots each as one. A usual text comes back as it is.
 */
export const plain = (text: string): string =>
  usual.test(text)
    ? text
    : text.replace(unseen, '').normalize('NFKC').replace(unseen, '').replace(dashes, '-').replace(dots, '·');
