/** Bank cards (ISO/IEC 7812, JR/T 0008): issuer range, length and Luhn's check digit. */
import { saidBefore, thingBefore } from './cues.ts';
import { evenly, type Candidate } from './numbers.ts';
import { isResidentId } from './resident-id.ts';
import type { Sighting } from './sighting.ts';

/** Luhn's sum is a multiple of ten. */
export const isLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let at = digits.length - 1, second = false; at >= 0; at -= 1, second = !second) {
    const digit = digits.charCodeAt(at) - 48;
    sum += second ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
};

/** UnionPay's own range, and those of banks at home before there was one. */
const unionPay =
  /^(?:62\d{14,17}|60(?:1382|1428)\d{10,13}|(?:603\d{3}|685800|9558\d\d|9559\d\d|9400\d\d|9843\d\d)\d{10,13})$/;
/** Visa, Mastercard, JCB, Discover, UnionPay's other ranges, American Express. */
const network =
  /^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|6011\d{12}|65\d{14}|64[4-9]\d{13}|81\d{14,17}|3[47]\d{13})$/;
const lengths = /^\d{15,19}$/;
const spacings = /^(?:(?:4-){3,4}[1-4]|6-1[0-3]|8-8|8-9|8-1[01]|4-6-[56]|6-6-[4-7]|4-8-4|6-8-[2-5])$/;

/** Bank cards among the numbers of a text; `fills` where the number is the whole text. */
export const bankCards = (text: string, numbers: readonly Candidate[], fills: boolean): Sighting[] => {
  const found: Sighting[] = [];
  for (const { digits, groups, full, decimal, glued, at } of numbers) {
    if (decimal || !lengths.test(digits) || (glued && !fills) || isResidentId(digits)) continue;
    if (groups.length > 1 && !spacings.test(groups.join('-')) && !(full && evenly(groups))) continue;
    const own = unionPay.test(digits);
    const rule = own ? 'bankCard.unionPay' : 'bankCard.network';
    if (!own && !network.test(digits)) continue;
    const right = isLuhn(digits);
    if (!right && !fills) continue;
    if (!fills && thingBefore(text, at) && !own) continue;
    const standing = !right ? 'miss' : !fills || saidBefore(text, at, 'bankCard') ? 'sure' : 'column';
    found.push({ type: 'bankCard', rule, standing });
  }
  return found;
};
