import { join } from 'node:path';
import { connect } from '@gongshu/infra/database';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { createLogger } from '@gongshu/infra/logger';
import { buildCatalog } from '@gongshu/service-catalog';
import { buildDisclosure } from '@gongshu/service-disclosure';
import { buildPricing } from '@gongshu/service-pricing';
import { buildRegistry } from '@gongshu/service-registry';
import type { ServiceName } from '@gongshu/shared/events';
import { anyone } from '@gongshu/shared/may';

type App = Awaited<ReturnType<typeof buildPricing>>;

const builders: Record<ServiceName, (deps: never) => Promise<App>> = {
  catalog: buildCatalog,
  registry: buildRegistry,
  pricing: buildPricing,
  disclosure: buildDisclosure,
};
export const serviceNames = Object.keys(builders) as ServiceName[];

/** Stands for what routes close over and nobody calls while a document is made: using it throws. */
const absent: unknown = new Proxy(() => {}, {
  get: (_target, key) => (key === 'then' ? undefined : absent),
  apply: () => {
    throw new Error('A document is made without the parts that a service runs on');
  },
});

/** Builds a service without database, broker or workflow server: its routes and schemas, nothing to run on. */
export const buildForDocument = (service: ServiceName): Promise<App> => {
  const deps: ServiceDeps = {
    db: connect('postgres://127.0.0.1:1/none', { schema: service }), // opens nothing before its first query
    logger: createLogger(service, { level: 'silent' }),
    verify: async () => anyone,
    lawNow: async () => new Date(0),
    sandbox: false,
    checks: {},
    uploadMillis: 30_000,
  };
  // The work desk is no part of a document, and is not set up.
  const withAbsent = new Proxy(deps, {
    get: (known, key) => (key === 'desk' ? undefined : (Reflect.get(known, key) ?? absent)),
  });
  return builders[service](withAbsent as never);
};

/** Where a service's OpenAPI document is committed. */
export const documentFile = (service: ServiceName): string =>
  join(import.meta.dirname, '..', '..', '..', 'services', service, 'openapi.json');

/** The OpenAPI document as it is committed: two spaces, one newline at the end. */
export const documentText = async (service: ServiceName): Promise<string> => {
  const app = await buildForDocument(service);
  const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  return text;
};
