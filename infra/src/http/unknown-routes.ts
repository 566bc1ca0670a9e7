import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A route's pattern as an expression over a path. */
const matcher = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((step) => (step === '*' ? '.*' : step.startsWith(':') ? '[^/]+' : escaped(step)))
      .join('/')}$`,
  );

/** Unknown address: 404. Known address, other method: 405 with `Allow`. Told before any body is read. */
export const refuseUnknownRoutes = (app: FastifyInstance): void => {
  const known = new Map<string, { path: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const entry = known.get(url) ?? { path: matcher(url), methods: new Set<string>() };
    for (const one of [method].flat()) entry.methods.add(one);
    known.set(url, entry);
  });
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = [...known.values()]
      .filter((entry) => entry.path.test(path))
      .flatMap((entry) => [...entry.methods]);
    if (methods.length === 0) throw problem('notFound');
    const allow = [...new Set(methods)].sort().join(', ');
    throw problem('methodNotAllowed', { params: { allow }, headers: { allow } });
  });
  // Reached only where the hook above was not run.
  app.setNotFoundHandler(() => {
    throw problem('notFound');
  });
};
