/** A JSON schema as a form sees it: what kind of field, with which bounds. */
import type { Schema } from './openapi.ts';

export type Shape = { description?: string | undefined; initial?: unknown } & (
  | { kind: 'object'; fields: readonly { name: string; required: boolean; shape: Shape }[] }
  | { kind: 'list'; of: Shape; min: number; max: number }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'fixed'; value: unknown }
  | { kind: 'yesNo' }
  | { kind: 'number' }
  | { kind: 'text'; max: number | undefined }
  | { kind: 'date' }
  | { kind: 'document' }
  | { kind: 'variants'; of: readonly { title: string; shape: Shape }[] }
  | { kind: 'pairs'; of: Shape }
  | { kind: 'json' }
);

/** Deeper than any body of the services. */
const deepest = 12;

const typeOf = ({ type }: Schema): string | undefined =>
  Array.isArray(type) ? type.find((one) => one !== 'null') : type;

const isNull = (schema: Schema): boolean => schema.type === 'null' || schema.const === null;

/** Hashes of what was read before, not of a file: figures that are agreed to, a text that is signed. */
const notFiled = /\/(?:figures|itemsHash)$|^\/hash$/;

const isDocument = ({ pattern }: Schema, path: string): boolean =>
  pattern?.startsWith('^sha256:') === true && !notFiled.test(path);

const patternsOf = (schema: Schema): string[] =>
  [schema.pattern, ...(schema.allOf ?? []).map(({ pattern }) => pattern)].filter(
    (one): one is string => one !== undefined,
  );

/** Zod's date schemas carry the whole calendar in their pattern. */
const isDate = (schema: Schema): boolean =>
  schema.format === 'date' || patternsOf(schema).some((pattern) => pattern.includes('-02-29'));

/** What sets a variant apart: the field of theirs that has but one value. */
const variantTitle = (schema: Schema, at: number): string => {
  for (const one of Object.values(schema.properties ?? {})) {
    const said = one.const ?? (one.enum?.length === 1 ? one.enum[0] : undefined);
    if (typeof said === 'string') return said;
  }
  const names = Object.keys(schema.properties ?? {});
  return names.length > 0 ? names.join('+') : (typeOf(schema) ?? String(at + 1));
};

/** The shape of a schema; `components` are what it refers to. */
export const shapeOf = (
  schema: Schema | undefined,
  components: Readonly<Record<string, Schema>>,
  depth = 0,
  path = '',
): Shape => {
  if (!schema || depth > deepest) return { kind: 'json' };
  if (schema.$ref) return shapeOf(components[schema.$ref.split('/').at(-1) ?? ''], components, depth + 1);
  const about = { description: schema.description, initial: schema.default };
  const within = (one: Schema | undefined, name?: string) =>
    shapeOf(one, components, depth + 1, name === undefined ? path : `${path}/${name}`);
  const variants = (schema.anyOf ?? schema.oneOf)?.filter((one) => !isNull(one));
  if (variants?.length === 1) return { ...within(variants[0]), ...about };
  if (variants)
    return variants.every((one) => one.const !== undefined)
      ? { ...about, kind: 'choice', options: variants.map((one) => String(one.const)) }
      : {
          ...{ ...about, kind: 'variants' },
          of: variants.map((one, at) => ({ title: variantTitle(one, at), shape: within(one) })),
        };
  if (schema.const !== undefined) return { ...about, kind: 'fixed', value: schema.const };
  if (schema.enum) return { ...about, kind: 'choice', options: schema.enum.map(String) };
  switch (typeOf(schema)) {
    case 'object':
      if (schema.properties)
        return {
          ...{ ...about, kind: 'object' },
          fields: Object.entries(schema.properties).map(([name, one]) => ({
            ...{ name, shape: within(one, name) },
            required: schema.required?.includes(name) === true,
          })),
        };
      return typeof schema.additionalProperties === 'object'
        ? { ...about, kind: 'pairs', of: within(schema.additionalProperties) }
        : { ...about, kind: 'json' };
    case 'array':
      return {
        ...{ ...about, kind: 'list', of: within(schema.items) },
        ...{ min: schema.minItems ?? 0, max: Math.min(schema.maxItems ?? 100, 500) },
      };
    case 'boolean':
      return { ...about, kind: 'yesNo' };
    case 'integer':
    case 'number':
      return { ...about, kind: 'number' };
    case 'string':
      if (isDocument(schema, path)) return { ...about, kind: 'document' };
      return isDate(schema) ? { ...about, kind: 'date' } : { ...about, kind: 'text', max: schema.maxLength };
    case undefined:
    default:
      return { ...about, kind: 'json' };
  }
};
