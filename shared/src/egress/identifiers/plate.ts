/** Plates of vehicles (GA 36-2018): a province's character, the authority's letter, then the number. */
import type { Sighting } from './sighting.ts';

const gap = '[ ·.\\-]?';
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const form = new RegExp(
  `[${provinces}]${gap}[A-HJ-NP-Z]${gap}((?:[A-HJ-NP-Z0-9]${gap}){4}(?:[A-HJ-NP-Z0-9]${gap}[A-HJ-NP-Z0-9]|[A-HJ-NP-Z0-9警学挂港澳试超领使]))(?![A-Z0-9]|-\\d)`,
  'g',
);
const ordinary = /^(?=(?:[A-Z]*\d){2})[A-Z0-9]{5}$/;
const special = /^(?=(?:[A-Z]*\d){2})[A-Z0-9]{4}[警学挂港澳试超领使]$/;
/** New energy: a letter of the kind first (small cars) or last (large ones). */
const newEnergy = /^(?:[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK])$/;
const embassy =
  /(?:^|[^\p{L}\d])(?:\d{6}使|使\d{6}|WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?\d{4}[0-9A-Z])(?![A-Z0-9])/u;

const anywhere = new RegExp(`[${provinces}使]|WJ\\d`, 'i');

/** Plates in a plain text. */
export const plates = (text: string): Sighting[] => {
  if (!anywhere.test(text)) return [];
  const upper = text.toUpperCase();
  for (const match of upper.matchAll(form)) {
    const number = (match[1] ?? '').replaceAll(/[ ·.-]/g, '');
    if (ordinary.test(number) || special.test(number) || newEnergy.test(number))
      return [{ type: 'plate', rule: 'plate.form', standing: 'sure' }];
  }
  return embassy.test(upper) ? [{ type: 'plate', rule: 'plate.form', standing: 'sure' }] : [];
};
