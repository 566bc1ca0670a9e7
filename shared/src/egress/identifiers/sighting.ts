import type { IdentifierType } from '../report.ts';

/**
 * How much one sighting weighs. `sure`: a finding by itself. `column`: it fills its cell, so the cells beside it must
 * bear it out (an order number passes Luhn one time in ten). `miss`: it has the form and fails the check; it only speaks
 * against its column.
 */
export type Standing = 'sure' | 'column' | 'miss';

/** Something of the form of an identifier in one text. Holds no value. */
export type Sighting = {
  type: IdentifierType;
  /** The rule of the engine that saw it; becomes the report's `detector`. */
  rule: Rule;
  standing: Standing;
  /** The number it is, where how closely the column's numbers lie together matters: a counter is no telephone book. */
  number?: number;
  /** The year it names, where a serial number with a date in it must be told from a date of birth. */
  year?: number;
  /**
   * Among which numbers it is judged, where a column may hold several makes of them: those of another kin neither speak
   * for it nor against it.
   */
  kin?: string;
  /** Its first digits, where the column's invalid numbers may be one series that all begin alike. */
  head?: string;
};

/** The engine's rules: `<type>.<by what>`. */
export const rules = [
  'residentId.gb11643', // 18 characters: province, date of birth, check character
  'residentId.gb11643-15', // the old form of 15 digits: division, date of birth; it had no check digit
  'uscc.gb32100', // form, place and check character
  'mobile.segment', // 11 digits of a segment in use, with or without +86
  'landline.area', // area code in use, separated from 7 or 8 digits
  'landline.digits', // the same in one run of digits
  'landline.local', // 7 or 8 digits that the text or the column calls a telephone number
  'bankCard.unionPay', // 62…, 16 to 19 digits, Luhn
  'bankCard.network', // Visa, Mastercard, JCB, Discover, American Express, old bank ranges: Luhn
  'passport.form', // the letter and digits of a passport in use
  'passport.named', // older forms and other documents, where the text says passport
  'plate.form', // GA 36: province, authority, number; new energy; special last characters
  'email.form',
  'address.street', // a street and a number
  'address.building', // a place and a building, or building and room
  'address.near', // on a street or in a village, by what stands beside it
  'address.village', // a village and a group or number
  'coordinates.pair', // longitude and latitude in one text
  'coordinates.object', // in one JSON object or position
  'coordinates.columns', // in two columns of a row
  'name.cue', // after a word for a person, before a title
  'name.column', // the whole cell, in a column of names
  'name.weak', // a rarer name, in a column already known for names
] as const;
export type Rule = (typeof rules)[number];

/** The rule's kind of identifier. */
export const typeOf = (rule: Rule): IdentifierType => rule.slice(0, rule.indexOf('.')) as IdentifierType;
