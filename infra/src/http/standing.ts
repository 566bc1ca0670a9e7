import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import type { ServiceDeps } from './types.ts';

/**
 * A body that has gone into another reads on, and changes nothing more: `partySucceeded` (403) names its successor.
 * Before the handler and before the answer is kept, so that no route goes round it.
 */
export const refuseSucceeded = (app: FastifyInstance, { successorOf }: ServiceDeps): void => {
  if (!successorOf) return;
  app.addHook('preHandler', async ({ method, routeOptions, actor }) => {
    if (method === 'GET' || method === 'HEAD' || routeOptions.config.changes === false) return;
    if (actor.organisation === null) return;
    const successor = await successorOf(actor.jurisdiction, actor.organisation);
    if (successor !== null) throw problem('partySucceeded', { params: { successor } });
  });
};
