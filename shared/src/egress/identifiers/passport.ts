/** Passports of the People's Republic and its special regions; a passport number has no check digit of its own. */
import { saidBefore, thingBefore } from './cues.ts';
import type { Sighting } from './sighting.ts';

const gap = '(?: ?[.\\-·_/] ?| {1,2})?';
const written = new RegExp(
  `(?<![A-Za-z0-9])([A-Za-z])${gap}([A-Za-z]?)((?:${gap}\\d){7,8})(?![A-Za-z0-9]|[.\\-]\\d)`,
  'g',
);
/** Ordinary E and G, E with a second letter since 2017, and the diplomatic, service and public affairs ones. */
const current = /^(?:E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E\d{7})$/;
/** Old forms, the special regions', travel permits to and from them: found where the text says what they are. */
const other = /^(?:[DSPG]\d{7}|[DSP]\d{8}|[HKMCW]\d{8}|[HKMC][A-Z]\d{7}|1[45]\d{7}|[A-Z]{1,2}\d{7,8})$/;
const dated = /^[A-Z]{1,2}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** Passports in a plain text; `fills` where it is the whole text, `called` where its header says passport. */
export const passports = (text: string, fills: boolean, called: boolean): Sighting[] => {
  const found: Sighting[] = [];
  for (const match of text.matchAll(written)) {
    const number = match[0].toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
    const said = saidBefore(text, match.index, 'passport');
    const digits = Number(number.replaceAll(/\D/g, ''));
    if (current.test(number) && !dated.test(number)) {
      if (!said && !fills && (thingBefore(text, match.index) || /[a-z]/.test(match[0]))) continue;
      const standing = said || !fills ? 'sure' : 'column';
      found.push({ type: 'passport', rule: 'passport.form', standing, number: digits });
    } else if ((said || called) && other.test(number)) {
      found.push({
        type: 'passport',
        rule: 'passport.named',
        standing: said ? 'sure' : 'column',
        number: digits,
      });
    } else if (fills) found.push({ type: 'passport', rule: 'passport.form', standing: 'miss' });
  }
  return found;
};
