import { idleForms, shortNumber } from '@gongshu/shared/egress/identifiers/idle';
import { literal } from '../table.ts';

/** What must stand in a text of ASCII for any detector to see something in it. */
const promising = [
  '(?:[0-9][^0-9]*){7}', // every number has seven digits
  '@',
  '[A-Za-z0-9+/_-]{12}', // Base64 of eight characters and more
  '^\\s*[56][A-Za-z0-9+/]{3}[56]', // Base64 of two Chinese characters
  '\\\\', // JSON escapes
].join('|');

/**
 * SQL that is true of every text in which a detector may see something; most of the others it spares. A column whose
 * header says telephone keeps its short numbers. A test holds it to the detectors.
 */
export const mayHold = (column: string, telephone: boolean): string => {
  const idle = [...idleForms, ...(telephone ? [] : [shortNumber])].join('|');
  return `(strlen(${column}) <> length(${column}) or (strlen(${column}) >= 6
    and regexp_matches(${column}, ${literal(promising)}) and not regexp_full_match(${column}, ${literal(idle)})))`;
};
