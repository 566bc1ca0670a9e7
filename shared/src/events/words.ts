/** Where the words of an event stand (decision 0027), read from its schema. */
import { z } from 'zod';
import { isWorded } from './define.ts';

/** What lies within a schema, by the key of an object; `*` for the items of a list. */
const within = (schema: z.core.$ZodType): [string, z.core.$ZodType][] => {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape);
  if (schema instanceof z.ZodArray) return [['*', schema.element]];
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return within(schema.unwrap());
  return [];
};

const bare = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;

/** The paths of a schema's words: `title`, `fields.*.name`. */
export const wordsIn = (schema: z.core.$ZodType): string[] =>
  within(schema).flatMap(([key, inner]) =>
    isWorded(bare(inner)) ? [key] : wordsIn(inner).map((path) => `${key}.${path}`),
  );

/** The data of an event without its words: what is left has to be free of any. */
export const withoutWords = (schema: z.core.$ZodType, data: unknown): unknown => {
  if (isWorded(bare(schema)) && typeof data === 'string') return '';
  if (Array.isArray(data)) {
    const [item] = within(schema);
    return data.map((one) => (item ? withoutWords(item[1], one) : one));
  }
  if (data === null || typeof data !== 'object') return data;
  const inner = new Map(within(schema));
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      const of = inner.get(key);
      return [key, of ? withoutWords(of, value) : value];
    }),
  );
};
