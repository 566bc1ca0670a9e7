import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Query of a list: how many (1–200), and where the page before ended. A parameter nobody knows is refused, also when extended. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
});

/** A page of a list: `next` is the cursor of the page after, null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** The keys a page ended on, as an opaque text. It holds nothing that the page didn't show. */
export const encodeCursor = (keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The keys of a cursor, checked against their schema; `undefined` for the first page. Throws `cursorMalformed` (400). */
export const decodeCursor = <T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined => {
  if (cursor === undefined) return undefined;
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    if (text.includes('\\u0000') || !text.isWellFormed()) throw new Error('not storable');
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw problem('cursorMalformed', { cause });
  }
};

/**
 * Makes the page of `limit` out of up to `limit + 1` rows read, and puts a `Link: rel="next"` on the answer.
 * `keys` are the columns the list is ordered by, ending with a unique one.
 */
export const page = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly T[],
  limit: number,
  keys: (row: T) => readonly (string | number)[],
): { items: T[]; next: string | null } => {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const next = last === undefined ? null : encodeCursor(keys(last));
  if (next !== null) {
    const [path = '', query] = request.url.split('?', 2);
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', next);
    reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
  }
  return { items, next };
};
