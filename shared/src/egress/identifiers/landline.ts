/**
 * Fixed lines of the mainland: area code in use and a local number of 7 or 8 digits, extension or not. Service numbers
 * (400, 800, 95xxx, 12345) ring at a body, not at a person, and are none.
 */
import { saidBefore, saidIn } from './cues.ts';
import { areaCodes } from './data/area-codes.ts';
import type { Sighting } from './sighting.ts';

const known = new Set(areaCodes.trim().split(/\s+/));
const local = '[2-9]\\d{2,3}[ \\-]?\\d{4}';
const withArea = new RegExp(
  `(?<![\\d.])(?:(\\+|00|\\()?86\\)?[ \\-]?)?\\(?(0?)(10|2\\d|[3-9]\\d\\d)\\)?( ?[-_/·.)] ?| {0,2})(${local})(?![\\d]|[.]\\d|-\\d{7})`,
  'g',
);
const alone = new RegExp(`(?<![\\d.\\-A-Za-z])(${local})(?![\\dA-Za-z]|[.]\\d|-\\d{3,})`, 'g');

/** The four largest municipalities and the two-digit codes have local numbers of eight digits. */
const fits = (area: string, number: string): boolean =>
  known.has(area) && (area.length === 3 || number.length === 8);

const readArea = (text: string, match: RegExpExecArray, fills: boolean): Sighting | undefined => {
  const [whole, abroad, trunk = '', area = '', between = '', digits = ''] = match;
  const country = /^(?:\+|00|\()?86/.test(whole) && (abroad !== undefined || /^86[ -]/.test(whole));
  if (trunk === '' && !country) return undefined;
  if (
    /[A-Za-z]/.test(text[match.index - 1] ?? '') &&
    !/(?:tel|phone|fax|dh)$/i.test(text.slice(Math.max(0, match.index - 8), match.index))
  )
    return undefined;
  const parted = /\S/.test(between) || between.length > 0 || /[()]/.test(whole) || abroad !== undefined;
  const number = digits.replaceAll(/\D/g, '');
  const right = fits(area, number);
  const said = saidBefore(text, match.index, 'landline');
  if (!right && !fills) return undefined;
  const rule = parted ? 'landline.area' : 'landline.digits';
  const sure = said || (parted && !fills);
  if (!parted && !fills && !said) return undefined;
  return {
    type: 'landline',
    rule,
    standing: !right ? 'miss' : sure ? 'sure' : 'column',
    number: Number(area + number),
  };
};

/** Fixed lines in a plain text; `fills` where the number is the whole text, `called` where its header says telephone. */
export const landlines = (text: string, fills: boolean, called: boolean): Sighting[] => {
  const found: Sighting[] = [];
  if (text.length > 12 && /^\d+$/.test(text)) return found; // one longer number
  if (text.includes('0') || text.includes('86'))
    for (const match of text.matchAll(withArea)) {
      const seen = readArea(text, match, fills);
      if (seen) found.push(seen);
    }
  if (found.length > 0 || (!called && !saidIn(text, 'landline'))) return found;
  for (const match of text.matchAll(alone)) {
    const said = saidBefore(text, match.index, 'landline');
    if (said && !/(?:400|800)[ -]?$/.test(text.slice(Math.max(0, match.index - 8), match.index)))
      found.push({ type: 'landline', rule: 'landline.local', standing: 'sure' });
    else if (called && fills) found.push({ type: 'landline', rule: 'landline.local', standing: 'column' });
  }
  return found;
};
