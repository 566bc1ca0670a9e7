/** Files of the services, passed on to whoever may read them: documents, papers, lists. Never shown as pages. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { isClimbing } from '../act.ts';
import type { Desk } from '../deps.ts';
import { getPage } from '../serve.ts';

/** What a browser must never be made to read as a page of ours. */
const isPage = (type: string): boolean => /html|xml|svg|javascript|ecmascript/i.test(type);
const wanted = /^\/v1\/[\w.~%/:@+-]{1,400}$/;
const passedOn = ['content-type', 'content-length', 'content-disposition'] as const;

export const fileRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/files/:service', async ({ params, query, asker, reply }) => {
      const service = serviceNames.find((one) => one === params['service']);
      const path = query['path'] ?? '';
      if (!service || !wanted.test(path) || isClimbing(path)) throw problem('notFound');
      const answer = await desk.api.raw(asker, service, path);
      const type = answer.headers.get('content-type') ?? 'application/octet-stream';
      if (!answer.ok || answer.body === null || isPage(type)) {
        await answer.body?.cancel();
        if (answer.status === 410 || answer.status === 409) throw problem('documentMissing');
        throw problem(answer.status === 403 ? 'forbidden' : 'notFound', { params: { act: 'readDocument' } });
      }
      for (const name of passedOn) {
        const value = answer.headers.get(name);
        if (value !== null) reply.header(name, value);
      }
      if (!answer.headers.has('content-disposition')) reply.header('content-disposition', 'attachment');
      return reply
        .headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' })
        .send(Readable.fromWeb(answer.body as never));
    });
  };
