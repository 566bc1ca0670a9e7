import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { RegistrationPort } from './resources/registration-port.ts';
import { policyRoutes } from './routes/policies.ts';
import { resourceRoutes } from './routes/resource.ts';

/** What the catalog service is built from. */
export type CatalogDeps = ServiceDeps & { packs: PackSet; registration: RegistrationPort };

/** One plugin an act or a resource. */
const routes = ({ db, packs, registration }: CatalogDeps): FastifyPluginAsyncZod[] => [
  policyRoutes({ packs }),
  ...resourceRoutes({ db, packs, registration }),
];

/** Resources, scenarios, data-use applications and the policies they rest on. Never listens. */
export const buildCatalog = (deps: CatalogDeps): Promise<FastifyInstance> =>
  buildService({ name: 'catalog', title: '公数 · 目录与使用申请 (catalog)', routes: routes(deps), deps });
