import { setTimeout as sleep } from 'node:timers/promises';
import { meteredUse } from '@gongshu/shared/events/usage';
import { eventTypeNames, serviceNames, topicOf, visibilities } from '@gongshu/shared/events';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { asyncApiDocument, eventSchema } from './asyncapi.ts';
import type { Bus } from './bus.ts';
import { type Relay, type RelayHealth, startRelay } from './relay.ts';

export interface RelayProcessOptions {
  databaseUrl: string;
  bus: Bus;
  logger: Logger;
  /** Copies of each topic; as many as the cluster has brokers, up to 3. */
  replication: number;
}

export interface RelayProcess {
  /** Not listening yet. `/health` (503 while degraded), `/metrics`, `/asyncapi.json`, `/v1/event-schemas/{type}`. */
  app: FastifyInstance;
  /** Finishes the batches in hand, then lets go of broker and database; `app` is closed by whoever listens with it. */
  close(): Promise<void>;
}

export const allTopics = serviceNames.flatMap((service) =>
  visibilities.map((visibility) => topicOf(service, visibility)),
);

/** The state of the whole: running only when the topics are there and every relay runs. */
function overall(relays: readonly RelayHealth[], topicsFault: string | null) {
  const running = topicsFault === null && relays.every(({ state }) => state === 'running');
  return { status: running ? 'ok' : 'degraded', topics: topicsFault ?? 'ok', relays };
}

/** Prometheus figures of the relays, taken when asked for. */
function metricsOf(health: () => Promise<RelayHealth[]>) {
  const registry = new Registry();
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `gongshu_relay_${name}`, help, labelNames: ['service'], registers: [registry] });
  const figures = {
    pending: gauge('pending', 'Events not sent yet'),
    oldest: gauge('oldest_pending_seconds', 'Seconds the oldest of them has waited'),
    parked: gauge('parked', 'Messages that wait for a person'),
    published: gauge('published', 'Events sent since this process began'),
    failures: gauge('failures', 'Tries that failed in a row'),
  };
  return async () => {
    for (const { service, pending, oldestPendingAt, parked, published, failures } of await health()) {
      const waited = oldestPendingAt ? (Date.now() - oldestPendingAt.getTime()) / 1000 : 0;
      const values = { pending, oldest: waited, parked, published, failures };
      for (const [name, value] of Object.entries(values))
        figures[name as keyof typeof figures].set({ service }, value);
    }
    return { text: await registry.metrics(), type: registry.contentType };
  };
}

/** What subscribers read: the AsyncAPI document, and each type's JSON Schema under the name that `dataschema` carries. */
function serveContract(app: FastifyInstance): void {
  const document = asyncApiDocument();
  const schemas = new Map<string, unknown>(eventTypeNames.map((type) => [type, eventSchema(type)]));
  app.get('/asyncapi.json', () => document);
  app.get<{ Params: { type: string } }>('/v1/event-schemas/:type', async ({ params }, reply) => {
    const schema = schemas.get(params.type);
    if (schema) return await reply.type('application/schema+json').send(JSON.stringify(schema));
    const problem = { type: 'about:blank', title: 'No such event type', status: 404, code: 'notFound' };
    return await reply.code(404).type('application/problem+json').send(JSON.stringify(problem));
  });
}

/**
 * The relays of all services in one process, begun once the topics are there. With the broker away at the start it
 * waits, says degraded, and begins when the broker answers. Several such processes may run.
 */
export function createRelayProcess({
  databaseUrl,
  bus,
  logger,
  replication,
}: RelayProcessOptions): RelayProcess {
  const stop = new AbortController();
  const relays: Relay[] = [];
  let topicsFault: string | null = 'not looked at yet';

  const begin = async () => {
    for (let wait = 500; topicsFault !== null && !stop.signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      try {
        await bus.ensureTopics([...allTopics, meteredUse.topic], { replication });
        topicsFault = null;
      } catch (error) {
        topicsFault = error instanceof Error ? error.message : String(error);
        logger.warn({ err: error }, 'topics cannot be made sure of; trying again');
        await sleep(wait, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
    if (stop.signal.aborted) return;
    for (const service of serviceNames) relays.push(startRelay({ databaseUrl, service, bus, logger }));
    logger.info({ services: serviceNames }, 'relay began');
  };
  const begun = begin();

  const health = () => Promise.all(relays.map((relay) => relay.health()));
  const metrics = metricsOf(health);
  const app = Fastify({ logger: false });
  for (const path of ['/health', '/health/ready'])
    app.get(path, async (_request, reply) => {
      const state = overall(await health(), topicsFault);
      return await reply
        .code(state.status === 'ok' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(state);
    });
  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/metrics', async (_request, reply) => {
    const { text, type } = await metrics();
    return await reply.type(type).send(text);
  });
  serveContract(app);

  return {
    app,
    close: async () => {
      stop.abort();
      await begun;
      await Promise.all(relays.map((relay) => relay.stop()));
      await bus.close();
    },
  };
}
