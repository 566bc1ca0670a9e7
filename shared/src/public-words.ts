/** Words made fit for a public event (decision 0027). */
const controls = /\p{Cc}+/gu;

/**
 * A text as one line of at most `most` characters: controls and line breaks become a space, a lone surrogate U+FFFD,
 * what is too long ends with an ellipsis. `null` where nothing is left.
 */
export const asPublicWords = (text: string | null | undefined, most: number): string | null => {
  const line = (text ?? '').replace(controls, ' ').trim().toWellFormed();
  if (line === '') return null;
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
};
