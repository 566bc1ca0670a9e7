/**
 * Texts that hold no identifier whatever stands beside them: the commonest machine-made forms. Written once for both the
 * detectors and the SQL that spares them the cell, so the two never part.
 */

/** Regular expressions of the whole text, in what JavaScript and RE2 have in common. */
export const idleForms = [
  '[+-]?[0-9]{1,6}', // small whole numbers
  '[+-]?[0-9]{1,6}[.][0-9]{1,8}', // decimals
  '[12][0-9]{3}[-/.][01]?[0-9][-/.][0-3]?[0-9]', // dates
  '[12][0-9]{3}[-/.][01]?[0-9][-/.][0-3]?[0-9][ T][0-2]?[0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-][01][0-9]:?[0-9]{2})?',
  '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}', // UUID
  '[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}', // digests
] as const;

const idle = new RegExp(`^(?:${idleForms.join('|')})$`);

/** Whether nothing is to be looked for in a text. */
export const isIdle = (text: string): boolean =>
  text.length <= 128 && /^[+\d\-a-fA-F]/.test(text) && idle.test(text);

/** Numbers too long to be small and too short to be an identifier, unless their column says telephone. */
export const shortNumber = '[0-9]{7,10}';
