/** The size of type a reader wants, kept in a cookie and nowhere else. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { localPath, sizeCookie } from './view.ts';

const yearSeconds = 31_536_000;
const Query = z.strictObject({ size: z.enum(['large', 'normal']), back: z.string().max(1000).default('/') });

/** Sets the size and goes back to the page it was chosen on, if that is a page of this site. */
export const displayRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/display',
    { config: { act: 'public', page: true }, schema: { querystring: Query } },
    async (request, reply) => {
      const { size, back } = request.query;
      const age = size === 'large' ? yearSeconds : 0;
      return reply
        .header('set-cookie', `${sizeCookie}=${size}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`)
        .header('cache-control', 'no-store')
        .redirect(localPath(back) ?? '/', 303);
    },
  );
};
