/** Unified social credit codes, GB 32100-2015. */
import { isUscc } from '../../uscc.ts';
import { inProvince, isDivision } from './resident-id.ts';
import type { Sighting } from './sighting.ts';

const character = '[0-9A-HJ-NPQRTUWXY]';
const gap = '(?: ?[.\\-·_/] ?|[ \\t]{1,2})?';
const form = new RegExp(
  `(?<![0-9A-Z])(?=([1-9ANY]${gap}[1-9]${gap}(?:\\d${gap}){6}(?:${character}${gap}){9}${character})(?![0-9A-Z]))`,
  'g',
);

const organisation = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
/** The check character of the organisation code inside (GB 11714): the 17th of the code. */
const holdsOrganisation = (code: string): boolean => {
  let sum = 0;
  for (const [at, weight] of organisationWeights.entries())
    sum += organisation.indexOf(code[8 + at] ?? '') * weight;
  return '0123456789X0'[11 - (sum % 11)] === code[16];
};

/**
 * Codes in a plain text. Where all are digits, the place or the inner check must speak for it too: one number of 18 digits
 * in 31 has the right check character by chance.
 */
export const usccs = (text: string, fills: boolean): Sighting[] => {
  const found: Sighting[] = [];
  for (const match of text.toUpperCase().matchAll(form)) {
    const code = (match[1] ?? '').replaceAll(/[^0-9A-Z]/g, '');
    const area = code.slice(2, 8);
    if (!inProvince(area) && !area.startsWith('10')) continue;
    const lettered = /[A-Z]/.test(code.slice(8, 17));
    if (!lettered && !isDivision(area) && area !== '100000' && !holdsOrganisation(code)) continue;
    const right = isUscc(code);
    if (!right && !fills) continue;
    const standing = !right ? 'miss' : fills ? 'column' : 'sure';
    found.push({ type: 'uscc', rule: 'uscc.gb32100', standing, kin: lettered ? 'letters' : 'digits' });
  }
  return found;
};
