/**
 * The code a product is registered under, kept over its versions (E3; 国家 十六, 朔州 六（三）, 乌海 八（八）):
 * `GS-<area code>-P-<year>-<six digits>-<check>`. The check character is GB/T 17710 (ISO 7064) MOD 11-2 over the
 * digits, as in an ID number: a pure system over a prime, so that every single wrong character and every transposition
 * of neighbours is caught. The hybrid MOD 37,36 lets some neighbours that differ by one change places.
 */
import { z } from 'zod';

const form = /^GS-(\d{6})-P-(\d{4})-(\d{6})-([\dX])$/;
const characters = '0123456789X';

/** The check character of GB/T 17710 MOD 11-2 for these digits. Throws `RangeError` for anything but digits. */
export const checkCharacter = (digits: string): string => {
  if (!/^\d+$/.test(digits)) throw new RangeError('a check character is reckoned from digits alone');
  const sum = Array.from(digits).reduce((before, digit) => ((before + Number(digit)) * 2) % 11, 0);
  return characters.charAt((12 - sum) % 11);
};

/** Throws `RangeError` where a part does not fit its place: six digits, four, and a number from 1 to 999999. */
export const registrationCode = (of: { areaCode: string; year: number; number: number }): string => {
  const year = String(of.year).padStart(4, '0');
  const number = String(of.number).padStart(6, '0');
  const check = checkCharacter(`${of.areaCode}${year}${number}`);
  const code = `GS-${of.areaCode}-P-${year}-${number}-${check}`;
  if (!form.test(code) || of.number < 1) throw new RangeError('no registration code can be made of these');
  return code;
};

/** Whether it is a code of ours, unaltered. */
export const isRegistrationCode = (code: string): boolean => {
  const [, area = '', year = '', number = '', check] = form.exec(code) ?? [];
  return check !== undefined && checkCharacter(`${area}${year}${number}`) === check;
};

/** A registration code as it is given; refused where its check character does not fit. */
export const RegistrationCode = z
  .string()
  .max(40)
  .refine(isRegistrationCode, {
    params: { code: 'checkCharacter' },
    error: '登记编码有误 · not a registration code: a character is wrong',
  });
