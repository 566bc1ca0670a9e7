import { placesOf } from '@gongshu/infra/http/validation';
import type { ProblemPlace } from '@gongshu/shared/problems';
import { z } from 'zod';
import type { FieldError } from './form.ts';
import { say, type View, type Words } from './view.ts';

/** The body of a form as a route takes it: fields by name, each a text or several. Bounded; what they mean is read after. */
export const FormBody = z.record(
  z.string().max(60),
  z.union([z.string().max(20_000), z.array(z.string().max(500)).max(100)]),
);
export type FormBody = z.output<typeof FormBody>;

const empty: Words = { zh: '请填写', en: 'Fill in ' };

/** Browsers send lines with CR LF; an empty field is one that was left out. */
const tidied = (body: FormBody): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body)
      .map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : value,
      ])
      .filter(([, value]) => value !== ''),
  );

const wordsOf = (view: View, { message }: ProblemPlace): string =>
  typeof message === 'string' ? message : say(view, message);

/**
 * What a form says, by its schema; or its errors by field, in the words of the page, each named by its label. `wording`
 * says a field's error in words of its own where those of the schema would not help.
 */
export const readForm = <T extends z.ZodType>(
  view: View,
  schema: T,
  body: FormBody,
  fields: Readonly<Record<string, { label: string; wording?: Words }>>,
): { values: z.output<T>; errors?: undefined } | { values?: undefined; errors: FieldError[] } => {
  const given = tidied(body);
  const read = schema.safeParse(given);
  if (read.success) return { values: read.data };
  const found = new Map<string, FieldError>();
  for (const place of placesOf(read.error, 'body', given)) {
    const name = place.pointer.split('/')[2] ?? '';
    const known = fields[name];
    if (!known || found.has(name)) continue;
    const missing = given[name] === undefined;
    const message = missing
      ? `${say(view, empty)}${known.label}`
      : `${known.label}：${known.wording ? say(view, known.wording) : wordsOf(view, place)}`;
    found.set(name, { field: name, message });
  }
  const errors = [...found.values()];
  return {
    errors:
      errors.length > 0
        ? errors
        : [{ field: '', message: say(view, { zh: '表单内容无效', en: 'The form is not valid' }) }],
  };
};

/** A field's text as it was sent, to be shown again. */
export const sent = (body: FormBody | undefined, name: string): string | undefined => {
  const value = body?.[name];
  return typeof value === 'string' ? value : undefined;
};
