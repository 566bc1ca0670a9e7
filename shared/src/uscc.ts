/** Characters of a unified social credit code (GB 32100-2015): no I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** The 18th character over the first 17: weights 3^i mod 31, and what is missing to a multiple of 31. */
export const usccCheckDigit = (first17: string): string => {
  let sum = 0;
  let weight = 1;
  for (const character of first17.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? '0';
};

/** Whether a text is a unified social credit code (统一社会信用代码): shape and check digit. */
export const isUscc = (text: string): boolean => shape.test(text) && usccCheckDigit(text) === text[17];
