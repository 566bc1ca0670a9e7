/** JSON in a cell, walked to its values; numbers keep the digits they are written with. */
import { looksLike } from './name-forms.ts';
import { keysWritten, withEveryKey } from './repeated-keys.ts';

export type Leaf = {
  /** JSON pointer (RFC 6901). */
  pointer: string;
  /** The same with every place in an array as `*`: values of one pattern are one column. */
  pattern: string;
  /** The nearest key above. */
  key: string;
  text: string;
  /** Whether it is written as a number. */
  number: boolean;
};
/** Numbers that stand together: an array's first two, or a longitude and a latitude by their keys. */
export type Position = { pointer: string; pattern: string; one: string; other: string; named: boolean };
export type Walked = { leaves: Leaf[]; positions: Position[] };

class Digits {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;
const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new Digits(context.source ?? String(value)) : value;
/** Numbers that a double may not hold as they are written; where there are none, reading is four times as quick. */
const exact = /\d{16}|\d[.eE]/;

/** A key that may be a person's number or address is itself read as a value, and stands in no pointer: its place does. */
export const telling = (key: string): boolean => /\p{Nd}{5}|@|·/u.test(key) || looksLike(key) === 'name';

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const deepest = 64;

type Place = Pick<Leaf, 'pointer' | 'pattern' | 'key'>;
type AxisOf = (key: string) => 'longitude' | 'latitude' | undefined;

const numberIn = (value: unknown): string | undefined =>
  value instanceof Digits
    ? value.source
    : typeof value === 'string' && /^\s*\d{1,3}\.\d+\s*$/.test(value)
      ? value
      : undefined;

const positionIn = (value: object, place: Place, axisOf: AxisOf): Position | undefined => {
  if (Array.isArray(value)) {
    const [one, other] = [numberIn(value[0]), numberIn(value[1])];
    return one === undefined || other === undefined || value.length > 3
      ? undefined
      : { ...place, one, other, named: false };
  }
  const entries = Object.entries(value);
  const one = entries.find(([key]) => axisOf(key) === 'longitude')?.[1];
  const other = entries.find(([key]) => axisOf(key) === 'latitude')?.[1];
  const numbers = [numberIn(one), numberIn(other)];
  return numbers[0] === undefined || numbers[1] === undefined
    ? undefined
    : { ...place, one: numbers[0], other: numbers[1], named: true };
};

/**
 * The values of a JSON text, or undefined where it is none. Deeper than 64 levels it is read as plain text. A key that
 * occurs twice in one object hides no value: the second stands as `key#2`.
 */
export const walkJson = (text: string, axisOf: AxisOf): Walked | undefined => {
  let root: unknown;
  try {
    root = exact.test(text) ? parse(text, keepDigits) : JSON.parse(text);
  } catch {
    return undefined; // it only begins like JSON
  }
  const walked: Walked = { leaves: [], positions: [] };
  let tooDeep = false;
  let keys = 0;
  const walk = (value: unknown, place: Place, depth: number): void => {
    if (depth > deepest) {
      tooDeep = true;
    } else if (typeof value === 'number') {
      walked.leaves.push({ ...place, text: String(value), number: true });
    } else if (value instanceof Digits) walked.leaves.push({ ...place, text: value.source, number: true });
    else if (typeof value === 'string') walked.leaves.push({ ...place, text: value, number: false });
    else if (typeof value === 'object' && value !== null) {
      const position = positionIn(value, place, axisOf);
      if (position) walked.positions.push(position);
      const list = Array.isArray(value);
      if (!list) keys += Object.keys(value).length;
      for (const [at, [key, inner]] of Object.entries(value).entries()) {
        const tells = !list && telling(key);
        const step = tells ? `#${at}` : escaped(key);
        const next: Place = {
          pointer: `${place.pointer}/${step}`,
          pattern: `${place.pattern}/${list || tells ? '*' : step}`,
          key: list || tells ? place.key : key,
        };
        if (tells)
          walked.leaves.push({ ...next, pattern: `${next.pattern}#`, key: '', text: key, number: false });
        walk(inner, next, depth + 1);
      }
    }
  };
  walk(root, { pointer: '', pattern: '', key: '' }, 0);
  if (tooDeep) return undefined;
  return keys < keysWritten(text) ? walkJson(withEveryKey(text), axisOf) : walked;
};
