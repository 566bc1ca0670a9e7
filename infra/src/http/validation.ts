import { Problem, type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';

const texts = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** A pointer (RFC 6901) to a place in a part of the request: `/body/parties/3/uscc`. */
export const pointerTo = (part: string, path: readonly PropertyKey[]): string =>
  ['', part, ...path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step], value);

const textOf = (issue: z.core.$ZodIssue, input: unknown, language: 'zh' | 'en'): string => {
  const said = texts[language]({ ...issue, input } as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
};

/**
 * Zod's issues as places of a problem, in both languages. A schema's own message stands as it is;
 * an own code is given by `.refine(…, { params: { code: 'usccCheckDigit' } })`. No value is repeated.
 */
export const placesOf = (error: z.core.$ZodError, part: string, input: unknown): ProblemPlace[] =>
  error.issues.flatMap((issue): ProblemPlace[] => {
    const custom = issue.code === 'custom';
    const own: unknown = custom ? issue.params?.code : undefined;
    const at = valueAt(input, issue.path);
    const message = custom ? issue.message : { zh: textOf(issue, at, 'zh'), en: textOf(issue, at, 'en') };
    const code = typeof own === 'string' ? own : issue.code;
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
    if (keys) return keys.map((key) => ({ pointer: pointerTo(part, [...issue.path, key]), code, message }));
    return [{ pointer: pointerTo(part, issue.path), code, message }];
  });

const most = 100;

/** `invalidRequest` (400) from what zod found in one part of the request; at most 100 places are named. */
export const invalidRequest = (error: z.core.$ZodError, part: string, input: unknown): Problem =>
  problem('invalidRequest', { errors: placesOf(error, part, input).slice(0, most), cause: error });

const parts: Record<string, string> = { querystring: 'query' };

/** A changing POST without its key has a code of its own, so that clients learn the one header by name. */
const lacksKey = (error: z.core.$ZodError, part: string): boolean =>
  part === 'headers' && error.issues.some(({ path }) => path[0] === 'idempotency-key');

/**
 * Fastify's validator: zod decides, and what it refuses becomes the problem to answer. Headers that a schema doesn't
 * name stay, for the kit reads some itself.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart = 'body' }) =>
  (input: unknown) => {
    const result = z.safeParse(schema, input);
    const part = parts[httpPart] ?? httpPart;
    if (!result.success)
      return {
        error: lacksKey(result.error, part)
          ? problem('idempotencyKeyMissing', { errors: placesOf(result.error, part, input) })
          : invalidRequest(result.error, part, input),
      };
    return { value: part === 'headers' ? Object.assign({}, input, result.data) : result.data };
  };
