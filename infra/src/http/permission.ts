import { type Act, type ActObject, anyone, isAct, may, needsObject } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

/** The kit's own addresses outside /v1; the docs UI registers its files itself and declares no act. */
const isDocs = (url: string): boolean => url === '/docs' || url.startsWith('/docs/');

const mustDeclare = (route: RouteOptions): void => {
  if (isDocs(route.url)) {
    route.config = { ...route.config, act: 'public' };
    return;
  }
  const name = `${String(route.method)} ${route.url}`;
  if (!isAct(route.config?.act)) throw new Error(`${name} declares no act that may() knows (config.act)`);
  const answers = Object.keys((route.schema?.response as object | undefined) ?? {});
  if (!answers.some((status) => status.startsWith('2')))
    throw new Error(`${name} declares no schema for its answer (schema.response)`);
};

const actOf = (request: FastifyRequest): Act => request.routeOptions.config.act ?? 'public';

/** Role part of `may()`: before the body is read. Without a token the answer is 401, with one 403. */
const mustHaveRole = (request: FastifyRequest): void => {
  const act = actOf(request);
  if (request.tokenRefusal) throw request.tokenRefusal;
  if (may(request.actor, act) === 'yes') return;
  throw request.actor === anyone ? problem('unauthenticated') : problem('forbidden', { params: { act } });
};

function mustBeAllowed(this: FastifyRequest, object: ActObject, act: Act = actOf(this)): void {
  this.objectAsked = true;
  const answer = may(this.actor, act, object);
  if (answer === 'hidden') throw problem('notFound');
  if (answer === 'forbidden') throw problem('forbidden', { params: { act } });
}

/**
 * Holds every route to `may()`: it must declare its act, the role part is asked before the handler, and an answer that
 * depends on an object yet was given without `request.mustBeAllowed` becomes a 500 instead of a leak.
 */
export const guardRoutes = (app: FastifyInstance): void => {
  const declared: RouteOptions[] = [];
  app.decorate('declaredRoutes', declared);
  app.addHook('onRoute', (route) => {
    mustDeclare(route);
    declared.push(route);
  });
  app.decorateRequest('objectAsked', false);
  app.decorateRequest('mustBeAllowed', mustBeAllowed);
  app.addHook('preParsing', async (request) => mustHaveRole(request));
  app.addHook('onSend', async (request, reply, payload) => {
    const { act, lists } = request.routeOptions.config;
    if (reply.statusCode >= 300 || lists || !act || request.objectAsked || !needsObject(request.actor, act))
      return payload;
    throw new Error(
      `${request.method} ${request.routeOptions.url ?? ''} answered without mustBeAllowed (act ${act})`,
    );
  });
};
