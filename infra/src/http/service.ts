import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { ServiceName } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type FastifyPluginAsyncZod, serializerCompiler } from 'fastify-type-provider-zod';
import { createMetrics } from '../metrics.ts';
import { countedAddress } from './address.ts';
import { readBodies } from './body.ts';
import { documentRoutes } from './documents.ts';
import { eventRoutes } from './events.ts';
import { toProblem } from './faults.ts';
import { keepAnswers, keepPurging } from './idempotency.ts';
import { authenticate } from './identity.ts';
import { observe, operationsRoutes } from './operations.ts';
import { type ProblemPage, servePages } from './pages.ts';
import { guardRoutes } from './permission.ts';
import { answerErrors, answerProblem, answerUnreadable } from './problems.ts';
import { markSandbox } from './sandbox.ts';
import { refuseSucceeded } from './standing.ts';
import { traceIdOf, traceparentOf } from './trace.ts';
import type { ServiceDeps } from './types.ts';
import { refuseUnknownRoutes } from './unknown-routes.ts';
import { validatorCompiler } from './validation.ts';

export type Service = {
  /** Schema and log name: catalog, registry, pricing, disclosure. */
  name: ServiceName;
  /** Title of its OpenAPI document. */
  title: string;
  routes: readonly Routes[];
  deps: ServiceDeps;
  /** Draws refusals for browsers, where the service has pages. */
  problemPage?: ProblemPage;
};

/** Bodies are forms, not files; a route that takes a file says its own limit. */
const bodyLimit = 1024 * 1024;
/** Generous, a token or an address: a system loads a catalog page by page; a loop gone wild is stopped. */
const requestsAMinute = 6000;

/** A plugin of routes whose schemas are zod's. */
export type Routes = FastifyPluginAsyncZod;

const displayName = Symbol.for('fastify.display-name');

/**
 * A service with everything design section 5 asks of each: problems (RFC 9457), identity and `may()`, idempotency,
 * limits, health, figures, documents. It never listens; `serve()` does. Throws when a route declares no act or answer.
 */
export const buildService = async ({
  name,
  title,
  routes,
  deps,
  problemPage,
}: Service): Promise<FastifyInstance> => {
  const metrics = createMetrics(name);
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    genReqId: traceIdOf,
    requestIdHeader: false,
    bodyLimit,
    // A client has 30 s to send its whole request; 1 MB at a bad line's 300 kbit/s.
    requestTimeout: deps.uploadMillis ?? 30_000,
    http: { headersTimeout: 30_000 },
    // An answer is given within 60 s or the client hears 503: longer than a statement may take (30 s).
    handlerTimeout: 60_000,
    // Longer than the 60 s that gateways keep a connection, so that they close first and never send into a closing one.
    keepAliveTimeout: 65_000,
    // A silent socket is no request: the two limits above rule.
    connectionTimeout: 0,
    // While stopping, requests under way on open connections are still answered; Fastify's own 503 is no problem document.
    return503OnClosing: false,
    // Our own reader refuses such keys by their place.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // Only a gateway's X-Forwarded-For is the caller's address: who could write it himself would meet no limit.
    trustProxy: ['loopback', ...(deps.trustedProxies ?? [])],
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void answerProblem(toProblem(error), request, reply as never),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, metrics);
  observe(app, metrics);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('traceparent', traceparentOf(request.id));
  });

  // onRequest, in this order: who asks, how often, whether there is such a route; preParsing: whether the role may.
  authenticate(app, deps.verify);
  markSandbox(app, deps);
  await app.register(rateLimit, {
    global: false,
    max: requestsAMinute,
    timeWindow: 60_000,
    keyGenerator: ({ actor, ip }) =>
      actor.id === 'anonymous' ? countedAddress(ip) : `${actor.jurisdiction} ${actor.id}`,
    allowList: ({ url }) => url.startsWith('/health'),
    errorResponseBuilder: (_request, { ttl }) =>
      problem('tooManyRequests', { params: { seconds: Math.ceil(ttl / 1000) } }),
  });
  // A route may say its own limit (config.rateLimit): it is counted by itself then, with its own window.
  const limited = app.rateLimit();
  app.addHook('onRequest', async function (request, reply) {
    if (!request.routeOptions.config?.rateLimit) await limited.call(app, request, reply);
  });
  refuseUnknownRoutes(app);
  servePages(app, problemPage);
  guardRoutes(app);
  readBodies(app);
  refuseSucceeded(app, deps);
  keepAnswers(app, deps.db);
  keepPurging(app, deps.db);

  await documentRoutes(app, name, title);
  operationsRoutes(app, deps, metrics);
  eventRoutes(app, name, deps);
  // Named, or Fastify looks through every loaded module for one that is this function.
  for (const route of routes) await app.register(Object.assign(route, { [displayName]: route.name || name }));
  await app.ready();
  return app;
};
