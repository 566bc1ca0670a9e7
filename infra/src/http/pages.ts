import type { ProblemBody } from '@gongshu/shared/problem-body';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Draws a refusal or fault as a page for people: what happened, and what to do next. Never throws. */
export type ProblemPage = (body: ProblemBody, request: FastifyRequest) => string;

/** What a page may load and where its forms may go: this host alone, and no script at all. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const pageType = 'text/html; charset=utf-8';
export const formType = 'application/x-www-form-urlencoded';

const pageAnswer = {
  200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
} as const;

/** The path of an address, without its query, which may hold a person's words. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/**
 * Whether a refusal is told as a page: at the address of a page, unless only JSON is asked for; and at an address that
 * nothing answers, to whoever asks for text/html outside the API.
 */
export const asksForPage = (request: FastifyRequest): boolean => {
  if (!request.server?.problemPage) return false;
  const accept = (request.headers.accept ?? '').toLowerCase();
  if (request.routeOptions?.config?.page) return accept.includes('text/html') || !accept.includes('json');
  const path = pathOf(request.url);
  const isApi = path === '/v1' || path.startsWith('/v1/');
  const answered = request.routeOptions?.url !== undefined && !request.is404;
  return !isApi && !answered && accept.includes('text/html');
};

/**
 * Routes with `config.page` are for people: left out of the OpenAPI document, with the policy of pages, read anew each
 * time unless the route says otherwise. Register before the routes and before `guardRoutes`.
 */
export const servePages = (app: FastifyInstance, problemPage: ProblemPage | undefined): void => {
  app.decorate('problemPage', problemPage);
  app.addHook('onRoute', (route) => {
    if (!route.config?.page) return;
    route.schema = { response: pageAnswer, ...route.schema, hide: true };
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config?.page) return payload;
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
    reply.header('content-security-policy', pagePolicy);
    return payload;
  });
};
