/** The four services in one process on one database, and every route of theirs, for tests that walk over all of them. */
import { loadPacks } from '@gongshu/infra/packs';
import { buildCatalog } from '@gongshu/service-catalog';
import { buildDisclosure } from '@gongshu/service-disclosure';
import { buildPricing } from '@gongshu/service-pricing';
import { buildRegistry } from '@gongshu/service-registry';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import type { Act } from '@gongshu/shared/may';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { noCases } from './catalog.ts';
import { type TestDatabase, testDatabase } from './parts.ts';
import { serviceDeps } from './service.ts';
import { type TestTokens, testTokens } from './tokens.ts';

/** One address and method of a service. */
export type AnyRoute = {
  service: ServiceName;
  method: string;
  url: string;
  act: Act;
  lists: boolean;
  schema: FastifySchema;
  /** `catalog GET /v1/resources` */
  name: string;
};

const builders: Record<ServiceName, (deps: never) => Promise<FastifyInstance>> = {
  catalog: buildCatalog,
  registry: buildRegistry,
  pricing: buildPricing,
  disclosure: buildDisclosure,
};

/** Stands for a part that a service runs on and that no test here has: whoever uses it fails, and the answer is a 500. */
const absent: unknown = new Proxy(() => {}, {
  get: (_target, key) => (key === 'then' ? undefined : absent),
  apply: () => {
    throw new Error('an act reached a part that this test does not have');
  },
});

const routesOf = (service: ServiceName, app: FastifyInstance): AnyRoute[] =>
  app.declaredRoutes
    .filter(({ url }) => url !== '/docs' && !url.startsWith('/docs/'))
    .flatMap(({ method, url, config, schema }) =>
      [method].flat().map((one) => ({
        service,
        method: one,
        url,
        act: config?.act ?? 'public',
        lists: config?.lists === true,
        schema: schema ?? {},
        name: `${service} ${one} ${url}`,
      })),
    );

export type AllServices = {
  database: TestDatabase;
  tokens: TestTokens;
  apps: Record<ServiceName, FastifyInstance>;
  deps: Record<ServiceName, ServiceDeps>;
  routes: readonly AnyRoute[];
  stop: () => Promise<void>;
};

/** A folder without lists. */
const debarment = { read: async () => ({ files: [], unknown: [] }) };

/** Builds all of them; nothing listens, no case runs, nothing falls due. */
export const buildAllServices = async (): Promise<AllServices> => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const apps = {} as AllServices['apps'];
  const deps = {} as AllServices['deps'];
  const routes: AnyRoute[] = [];
  for (const service of serviceNames) {
    const own = serviceDeps(service, { url: database.url, tokens });
    const known = {
      ...own,
      ...noCases,
      uploadMillis: 30_000,
      packs: loadPacks(),
      registration: { send: async () => {} },
      debarment,
      desk: undefined, // not set up
    };
    const whole = new Proxy(known, {
      get: (given, key) => (key in given ? Reflect.get(given, key) : absent),
    });
    deps[service] = own;
    apps[service] = await builders[service](whole as never);
    routes.push(...routesOf(service, apps[service]));
  }
  const stop = async () => {
    for (const service of serviceNames) {
      await apps[service].close();
      await deps[service].db.destroy();
    }
    await database.drop();
  };
  return { database, tokens, apps, deps, routes, stop };
};
