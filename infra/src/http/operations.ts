import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Metrics } from '../metrics.ts';
import type { ServiceDeps } from './types.ts';

const checkMillis = 2_000;

/** 'ok', or 'failed' when the part rejects or hasn't answered in two seconds. Its words go to the log alone. */
const outcomeOf = async (
  check: () => Promise<unknown>,
): Promise<{ outcome: 'ok' | 'failed'; fault?: unknown }> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${checkMillis} ms`)), checkMillis);
  });
  try {
    await Promise.race([check(), late]);
    return { outcome: 'ok' };
  } catch (fault) {
    return { outcome: 'failed', fault };
  } finally {
    clearTimeout(timer);
  }
};

const Live = z.object({ status: z.literal('ok') });
const Ready = z.object({
  status: z.enum(['ok', 'failed']),
  checks: z.record(z.string(), z.enum(['ok', 'failed'])),
});

/** /health/live: the process answers. /health/ready, or /health: its parts do too. /metrics: Prometheus text. No personal data in any. */
export const operationsRoutes = (
  server: FastifyInstance,
  { checks }: ServiceDeps,
  metrics: Metrics,
): void => {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/health/live',
    {
      config: { act: 'public' },
      schema: { tags: ['operations'], summary: 'The process answers', response: { 200: Live } },
    },
    async () => ({ status: 'ok' as const }),
  );
  for (const path of ['/health', '/health/ready'])
    app.get(
      path,
      {
        config: { act: 'public' },
        schema: {
          tags: ['operations'],
          summary: 'Every part it needs answers',
          response: { 200: Ready, 503: Ready },
        },
      },
      async (request, reply) => {
        const outcomes = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => {
            const { outcome, fault } = await outcomeOf(check);
            if (fault) request.log.warn({ err: fault, check: name }, 'a part does not answer');
            return [name, outcome] as const;
          }),
        );
        const status = outcomes.every(([, outcome]) => outcome === 'ok') ? 'ok' : 'failed';
        return reply
          .code(status === 'ok' ? 200 : 503)
          .header('cache-control', 'no-store')
          .send({ status, checks: Object.fromEntries(outcomes) });
      },
    );
  app.get(
    '/metrics',
    {
      config: { act: 'public' },
      schema: {
        tags: ['operations'],
        summary: 'Prometheus figures',
        response: {
          200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } },
        },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );
};

/** Path parameters that look like ids; what a person may have typed instead is not logged. */
const idsOf = (params: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((params ?? {}) as Record<string, string>).filter(([, value]) =>
      /^[\w.:-]{1,64}$/.test(value),
    ),
  );

/** One log line and one measurement a request: route pattern, status, time, trace; no address, no query, no body. */
export const observe = (app: FastifyInstance, metrics: Metrics): void => {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config?.sealed) return;
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    const quiet = route.startsWith('/health') || route === '/metrics';
    request.log[quiet ? 'debug' : 'info'](
      {
        method: request.method,
        route,
        ids: request.is404 ? undefined : idsOf(request.params),
        status: reply.statusCode,
        millis: Math.round(reply.elapsedTime),
        actor: request.actor?.id,
      },
      'request',
    );
  });
};
