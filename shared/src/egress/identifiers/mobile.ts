/** Mobile numbers of the mainland, by the segments given out. */
import { saidBefore } from './cues.ts';
import { evenly, type Candidate } from './numbers.ts';
import type { Sighting } from './sighting.ts';

/** Segments in use, those of virtual operators, satellites and things included; 12x, 142, 143, 154, 160 and the like are none. */
const segment = /^1(?:3\d|4[014-9]|5[0-35-9]|6[124-7]|7[0-8]|8\d|9[0-35-9])\d{8}$/;
/** How people space a number of eleven digits. */
const spacings = new Set([
  '11',
  '3-4-4',
  '4-4-3',
  '3-3-5',
  '3-5-3',
  '3-8',
  '7-4',
  '4-7',
  '5-6',
  '6-5',
  '3-4-2-2',
  '3-2-2-2-2',
]);

const bare = (candidate: Candidate): { digits: string; groups: readonly number[] } | undefined => {
  const { digits, groups } = candidate;
  if (digits.length === 11) return { digits, groups };
  const prefix =
    digits.length === 13 && digits.startsWith('86')
      ? 2
      : digits.length === 15 && digits.startsWith('0086')
        ? 4
        : 0;
  if (prefix === 0) return undefined;
  const first = (groups[0] ?? 0) - prefix;
  if (first < 0) return undefined;
  return {
    digits: digits.slice(prefix),
    groups: first === 0 ? groups.slice(1) : [first, ...groups.slice(1)],
  };
};

/** Four numbers below 256 with points between: an address of the Internet. */
const isAddress = ({ groups, at }: Candidate, text: string): boolean =>
  groups.length === 4 &&
  /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|(?![\d.]))){4}/.test(text.slice(at, at + 16));

const called = /(?:tel|phone|mobile|mob|cell|wx|wechat|qq|sjh|dh|user|u)$/i;
/** A letter or three after a number that stands free before: 13800138000a, 13800138000tel; a code goes on with digits. */
const closed = /^[A-Za-z]{1,3}(?![A-Za-z\d])/;
/** Letters that make an amount of it. */
const unit = /^(?:k?g|[kcm]?m|[kmg]?wh?|[kmgt]?b|m?l|m?s|t|h|rmb|cny|usd)(?![A-Za-z])/i;

/** Whether a number that letters touch is a telephone's all the same: called so before it, or free before and closed. */
const isSaid = ({ at, groups }: Candidate, text: string): boolean => {
  if (called.test(text.slice(Math.max(0, at - 8), at))) return true;
  if (groups.length > 1 || /[A-Za-z\d_\-./#]/.test(text[at - 1] ?? '')) return false;
  const after = text.slice(at + (groups[0] ?? 0), at + (groups[0] ?? 0) + 4);
  return closed.test(after) && !unit.test(after);
};

/** Mobile numbers among the numbers of a text; `fills` where the number is the whole text. */
export const mobiles = (text: string, numbers: readonly Candidate[], fills: boolean): Sighting[] => {
  const found: Sighting[] = [];
  for (const candidate of numbers) {
    const number = candidate.decimal ? undefined : bare(candidate);
    if (!number || number.digits[0] !== '1') continue;
    if (isAddress(candidate, text)) continue;
    const spaced =
      number.groups.length === 1 ||
      spacings.has(number.groups.join('-')) ||
      (candidate.full && evenly(number.groups));
    if (!spaced || /[Xx]/.test(number.digits)) continue;
    if (candidate.glued && !isSaid(candidate, text)) continue;
    const right = segment.test(number.digits);
    if (!right && !fills) continue;
    const sure = !fills || candidate.plus || saidBefore(text, candidate.at, 'mobile');
    found.push({
      type: 'mobile',
      rule: 'mobile.segment',
      standing: !right ? 'miss' : sure ? 'sure' : 'column',
      number: Number(number.digits),
      head: number.digits.slice(0, 2),
    });
  }
  return found;
};
