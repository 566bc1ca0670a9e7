/** Resident identity numbers, GB 11643-1999: 18 characters, and 15 digits as given out before October 1999. */
import { divisions } from './data/divisions.ts';
import type { Candidate } from './numbers.ts';
import type { Sighting } from './sighting.ts';

const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

let known: ReadonlySet<string> | undefined;
/** Whether a code of six digits is or was a division (GB/T 2260), a county or something above it. */
export const isDivision = (code: string): boolean => {
  known ??= new Set(
    divisions
      .trim()
      .split(/\s+/)
      .flatMap((word) => {
        const [above = '', rests = ''] = word.split(':');
        return rests.match(/../g)?.map((rest) => above + rest) ?? [];
      }),
  );
  return known.has(code);
};

/** Whether a code begins with a province, region or special region. */
export const inProvince = (code: string): boolean => provinces.has(code.slice(0, 2));

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isDate = (year: number, month: number, day: number): boolean => {
  if (day < 1 || day > (daysOf[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
};

/** The 18th character over the first 17 (ISO 7064 MOD 11-2). */
export const residentCheck = (first17: string): string => {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += (first17.charCodeAt(at) - 48) * (weights[at] ?? 0);
  return '10X98765432'[sum % 11] ?? '';
};

/** Permanent residence cards of foreigners count alike: 9, the province, the country (2023 form). */
const isPlace = (digits: string): boolean =>
  inProvince(digits) || (digits[0] === '9' && inProvince(digits.slice(1)));

const isForm = (digits: string): boolean => {
  const year = Number(digits.slice(6, 10));
  if (digits.length !== 18 || !isPlace(digits) || year < 1850 || year > 2099) return false;
  return isDate(year, Number(digits.slice(10, 12)), Number(digits.slice(12, 14)));
};
const isTrue = (digits: string): boolean => residentCheck(digits) === digits[17]?.toUpperCase();

/** Whether 18 characters are a number of today's form: place, date of birth, check character. */
export const isResidentId = (digits: string): boolean => isForm(digits) && isTrue(digits);

const modern = ({ digits }: Candidate, fills: boolean): Sighting | undefined => {
  if (!isForm(digits)) return undefined;
  const right = isTrue(digits);
  if (!right && !fills) return undefined;
  const standing = !right ? 'miss' : fills ? 'column' : 'sure';
  return { type: 'residentId', rule: 'residentId.gb11643', standing, kin: digits.slice(6, 8) };
};

const old = ({ digits, glued }: Candidate, fills: boolean): Sighting | undefined => {
  if (glued || !isDivision(digits.slice(0, 6)) || digits.slice(4, 6) === '00') return undefined;
  const year = 1900 + Number(digits.slice(6, 8));
  if (!isDate(year, Number(digits.slice(8, 10)), Number(digits.slice(10, 12)))) return undefined;
  return { type: 'residentId', rule: 'residentId.gb11643-15', standing: fills ? 'column' : 'sure', year };
};

/** Resident identity numbers among the numbers of a text; `fills` where the number is the whole text. */
export const residentIds = (numbers: readonly Candidate[], fills: boolean): Sighting[] => {
  const found: Sighting[] = [];
  for (const number of numbers) {
    const { length } = number.digits;
    const seen =
      length === 18
        ? modern(number, fills)
        : length === 15 && !/[Xx]/.test(number.digits)
          ? old(number, fills)
          : undefined;
    if (seen) found.push(seen);
  }
  return found;
};
