/** A name planted in every free text of a body, and the look for it in what must not hold it. */
import { eventTypes, isEventType } from '@gongshu/shared/events';
import { withoutWords } from '@gongshu/shared/events/words';
import { type Chosen, plausible } from './plausible.ts';

/** Nobody's name and contacts; what is looked for. */
export const planted = '张三甲乙丙';
const contacts: Record<string, string> = { mail: 'zhangsanjia@example.org', phone: '13877770000' };

/** The ways in which a text may be written down without being changed. */
const spellings = [
  planted,
  ...Object.values(contacts),
  encodeURIComponent(planted),
  JSON.stringify(planted).slice(1, -1),
  planted.replaceAll(/./gu, (one) => `\\u${one.codePointAt(0)!.toString(16).padStart(4, '0')}`),
  Buffer.from(planted).toString('base64').slice(0, 16),
];

/** Whether a text holds the name in any spelling. */
export const holdsName = (text: string): boolean => {
  const lower = text.toLowerCase();
  return spellings.some((one) => text.includes(one) || lower.includes(one.toLowerCase()));
};

/** Whether a text holds somebody's contacts, which are never public, whatever the thing that is told. */
export const holdsContact = (text: string): boolean =>
  Object.values(contacts).some((one) => text.toLowerCase().includes(one));

/**
 * The data of an event as it must be free of names: of one for a public topic without the words of the thing that is
 * public itself (decision 0027), of any other all of it. A type that is none of ours has no public words.
 */
export const besidePublicWords = (type: string, data: unknown): unknown => {
  const name = type.replace(/^cn\.gongshu\./, '');
  if (!isEventType(name)) return data;
  const { visibility, schema } = eventTypes[name];
  return visibility === 'public' ? withoutWords(schema, data) : data;
};

/** All texts and bytes within a value, as one text: a history's payloads are bytes, and so is base64. */
export const textWithin = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value === null || typeof value !== 'object') return '';
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${textWithin(inner)}`)
    .join('\n');
};

/** A body that fits the schema, with the name and the field's own name in every text that is free. */
export const withNames = (schema: unknown, chosen: Chosen): { body: unknown; names: number } => {
  let names = 0;
  const body = plausible(schema, (name, one) => {
    const given = chosen(name, one);
    if (given !== undefined) return given;
    const contact = one['type'] === 'string' ? contacts[name] : undefined;
    if (contact !== undefined) return contact;
    const free =
      one['type'] === 'string' &&
      !one['pattern'] &&
      !one['format'] &&
      !one['enum'] &&
      !one['allOf'] &&
      !('const' in one);
    if (!free || (one['maxLength'] ?? 1_000) < 40) return undefined;
    names += 1;
    return `${planted}${name}`;
  });
  return { body, names };
};
