/** A sent form as the body that a service takes. What it means is the service's to judge: nothing is checked here. */
import type { Shape } from './shape.ts';

/** The fields of a form as they came: texts, and files where some were chosen. */
export type Sent = {
  text: (name: string) => string | undefined;
  texts: (name: string) => string[];
  file: (name: string) => File | undefined;
  names: readonly string[];
};

/** Reads a form's fields; browsers send lines with CR LF. */
export const sentOf = (form: FormData): Sent => {
  const lines = (value: unknown): string | undefined =>
    typeof value === 'string' ? value.replaceAll('\r\n', '\n') : undefined;
  return {
    text: (name) => lines(form.get(name)),
    texts: (name) => form.getAll(name).flatMap((value) => lines(value) ?? []),
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && (value.size > 0 || value.name !== '') ? value : undefined;
    },
    names: [...new Set(form.keys())],
  };
};

/** An empty form. */
export const nothingSent: Sent = {
  text: () => undefined,
  texts: () => [],
  file: () => undefined,
  names: [],
};

/** The part of a name that says which variant was chosen. */
export const variantName = (name: string): string => `${name}|`;
export const fileName = (name: string): string => `${name}|file`;

const most = 500;

/** How many rows of a list the form had. */
const rowsOf = (sent: Sent, name: string): number => {
  let rows = 0;
  const prefix = `${name}/`;
  for (const one of sent.names) {
    if (!one.startsWith(prefix)) continue;
    const at = Number.parseInt(one.slice(prefix.length), 10);
    if (at >= rows && at < most) rows = at + 1;
  }
  return rows;
};

const isScalar = ({ kind }: Shape): boolean => ['text', 'date', 'number', 'choice'].includes(kind);

/** A list of single values is one area, a line each. */
export const isLines = (shape: Shape): boolean =>
  shape.kind === 'list' && isScalar(shape.of) && shape.of.kind !== 'choice';
export const isTicks = (shape: Shape): boolean => shape.kind === 'list' && shape.of.kind === 'choice';

const numberOf = (text: string): unknown => {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : text;
};

const scalar = (shape: Shape, text: string): unknown => (shape.kind === 'number' ? numberOf(text) : text);

const pairsOf = (of: Shape, text: string): Record<string, unknown> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => {
        const [, key = line, value = ''] = /^([^:：=]+)[:：=](.*)$/.exec(line) ?? [];
        return [key.trim(), of.kind === 'json' ? jsonOf(value.trim()) : scalar(of, value.trim())];
      }),
  );

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/**
 * The value of a field; `undefined` where nothing was filled in. Rows of a list that are wholly empty are left out, so
 * that the places a service names are those of the form as it is drawn again.
 */
export const valueOf = (shape: Shape, name: string, sent: Sent): unknown => {
  const text = sent.text(name)?.trim() ?? '';
  switch (shape.kind) {
    case 'fixed':
      return undefined;
    case 'object': {
      const entries = shape.fields.map(
        ({ name: key, shape: one }) => [key, valueOf(one, `${name}/${key}`, sent), one] as const,
      );
      const given = entries.filter(([, value]) => value !== undefined);
      if (given.length === 0) return undefined;
      const fixed = entries.flatMap(([key, , one]) =>
        one.kind === 'fixed' ? [[key, one.value] as const] : [],
      );
      return Object.fromEntries([...fixed, ...given.map(([key, value]) => [key, value] as const)]);
    }
    case 'list': {
      if (isTicks(shape)) return listed(sent.texts(name));
      if (isLines(shape)) return listed(linesOf(text).map((line) => scalar(shape.of, line)));
      const rows = Array.from({ length: rowsOf(sent, name) }, (_none, at) =>
        valueOf(shape.of, `${name}/${at}`, sent),
      );
      return listed(rows.filter((row) => row !== undefined));
    }
    case 'variants': {
      const chosen = sent.text(variantName(name)) ?? '';
      const one = shape.of[Number(chosen)];
      if (chosen === '' || !one) return undefined;
      const value = valueOf(one.shape, `${name}|${chosen}`, sent);
      return value === undefined ? fixedOf(one.shape) : value;
    }
    case 'yesNo':
      return text === '' ? undefined : text === 'yes';
    case 'number':
      return text === '' ? undefined : numberOf(text);
    case 'pairs':
      return text === '' ? undefined : pairsOf(shape.of, text);
    case 'json':
      return text === '' ? undefined : jsonOf(text);
    case 'text':
    case 'date':
    case 'choice':
    case 'document':
    default:
      return text === '' ? undefined : text;
  }
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const listed = (values: unknown[]): unknown[] | undefined => (values.length === 0 ? undefined : values);

/** A variant chosen with nothing filled in: what is fixed of it. */
const fixedOf = (shape: Shape): unknown =>
  shape.kind === 'object'
    ? Object.fromEntries(
        shape.fields.flatMap(({ name, shape: one }) => (one.kind === 'fixed' ? [[name, one.value]] : [])),
      )
    : undefined;

/** The places of a form where a file was chosen, by the field that takes its hash. */
export const filesIn = (sent: Sent): { name: string; file: File }[] =>
  sent.names.flatMap((name) => {
    const file = name.endsWith('|file') ? sent.file(name) : undefined;
    return file ? [{ name: name.slice(0, -'|file'.length), file }] : [];
  });

/** The form with texts put in: hashes of what was uploaded, and titles where none were written. */
export const withTexts = (sent: Sent, put: ReadonlyMap<string, string>): Sent => ({
  ...sent,
  text: (name) => put.get(name) ?? sent.text(name),
  names: [...new Set([...sent.names, ...put.keys()])],
});
