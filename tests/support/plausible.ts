/** Requests made from a route's own schemas: what a caller might send, with chosen ids in it. */
import { usccCheckDigit } from '@gongshu/shared/uscc';
import fc from 'fast-check';
import { z } from 'zod';

type Json = Record<string, any>;

/** Gives a value for a property by its name, or `undefined` to let the schema decide. */
export type Chosen = (name: string, schema: Json) => unknown;

const text = (name: string, { pattern, format, minLength = 1 }: Json): string => {
  if (/uscc$/i.test(name)) return `11640500000000001${usccCheckDigit('11640500000000001')}`;
  if (format === 'date') return '2024-07-01';
  if (format === 'date-time') return '2024-03-01T10:00:00+08:00';
  if (pattern) return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 7 })[0] ?? '';
  return name.padEnd(minLength, 'x');
};

const valueOf = (name: string, schema: Json, chosen: Chosen, defs: Json): unknown => {
  const given = chosen(name, schema);
  if (given !== undefined) return given;
  if (schema['$ref']) return valueOf(name, defs[schema['$ref'].split('/').at(-1)] ?? {}, chosen, defs);
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (options) return valueOf(name, options.find((one: Json) => one['type'] !== 'null') ?? {}, chosen, defs);
  if (schema['allOf'] && schema['type'] === 'string') {
    const patterns: string[] = schema['allOf'].flatMap(({ pattern }: Json) => pattern ?? []);
    const date = patterns.some((one) => one.includes('-02-29'));
    return text(name, { ...schema, ...(date ? { format: 'date' } : { pattern: patterns[0] }) });
  }
  if (schema['allOf'])
    return Object.assign({}, ...schema['allOf'].map((one: Json) => valueOf(name, one, chosen, defs)));
  if ('const' in schema) return schema['const'];
  if (schema['enum']) return schema['enum'][0];
  if (schema['type'] === 'string') return text(name, schema);
  if (schema['type'] === 'integer' || schema['type'] === 'number') return Math.max(1, schema['minimum'] ?? 1);
  if (schema['type'] === 'boolean') return true;
  if (schema['type'] === 'array') return [valueOf(name, schema['items'] ?? {}, chosen, defs)];
  if (schema['type'] === 'object' && schema['properties'])
    return Object.fromEntries(
      Object.entries<Json>(schema['properties']).map(([key, one]) => [key, valueOf(key, one, chosen, defs)]),
    );
  return {};
};

const jsonSchemaOf = (schema: unknown): Json =>
  z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Json;

/** A value that fits the schema as far as JSON Schema tells; every optional property is there. */
export const plausible = (schema: unknown, chosen: Chosen = () => undefined): unknown => {
  const json = jsonSchemaOf(schema);
  return valueOf('', json, chosen, json['$defs'] ?? {});
};

/** The address with its parameters filled in. */
export const addressOf = (url: string, schema: unknown, chosen: Chosen): string => {
  const properties: Json = schema ? (jsonSchemaOf(schema)['properties'] ?? {}) : {};
  return url.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(valueOf(name, properties[name] ?? { type: 'string' }, chosen, {}))),
  );
};
