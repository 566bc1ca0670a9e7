/** How pages of the portal are registered: in Chinese at their path, in English at the same below /en. */
import { pageType } from '@gongshu/infra/http/pages';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type View, viewOf } from '../html/view.ts';
import { type City, cityOf } from './site.ts';

/** What a page of a city is drawn from. */
export type Asked<Q> = {
  readonly view: View;
  readonly city: City;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly now: Date;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** A field of a search, of at most so many characters; left empty it is not there. */
export const searched = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? undefined : text))
    .optional();

/** One of the codes, or all of them where the field is left empty. */
export const oneOf = <const T extends readonly [string, ...string[]]>(codes: T) =>
  z
    .enum(['', ...codes])
    .transform((code) => (code === '' ? undefined : (code as T[number])))
    .optional();

/** The cursor of a list. */
export const Cursor = z.string().max(1000).optional();
export const NoQuery = z.object({});

const Segment = z.string().max(200);
const paramsOf = (path: string) =>
  z.object(
    Object.fromEntries(
      ['city', ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')].map((name) => [name, Segment]),
    ),
  );

/** Answers a page. */
export const sendPage = (reply: FastifyReply, text: string): FastifyReply =>
  reply
    .header('content-language', reply.request.url.startsWith('/en') ? 'en' : 'zh-CN')
    .header('vary', 'accept, cookie')
    .type(pageType)
    .send(text);

/**
 * Registers a page of the city for readers: `draw` gives its text. Unknown cities are 404; parameters that a page does not
 * know are passed over, for whoever shares an address may hang its own on it.
 */
export const cityRoute = <S extends z.ZodType>(
  app: FastifyInstance,
  deps: DisclosureDeps,
  path: string,
  querystring: S,
  draw: (asked: Asked<z.output<S>>) => Promise<string>,
): void => {
  for (const prefix of ['', '/en'])
    app.get(
      `${prefix}/:city${path}`,
      { config: { act: 'public', page: true }, schema: { params: paramsOf(path), querystring } },
      async (request, reply) => {
        const params = request.params as Record<string, string>;
        const city = cityOf(deps.packs, params['city'] ?? '');
        const now = await request.lawNow();
        const view = viewOf(request, { now, sandbox: deps.sandbox });
        const query = request.query as z.output<S>;
        return sendPage(reply, await draw({ ...{ view, city, params, query, now, request, reply } }));
      },
    );
};
