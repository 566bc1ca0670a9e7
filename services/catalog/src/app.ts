import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** What the catalog service is built from. */
export type CatalogDeps = ServiceDeps;

/** One plugin an act or a resource. */
const routes = (_deps: CatalogDeps): FastifyPluginAsyncZod[] => [];

/** Resources, scenarios, data-use applications and the policies they rest on. Never listens. */
export const buildCatalog = (deps: CatalogDeps): Promise<FastifyInstance> =>
  buildService({ name: 'catalog', title: '公数 · 目录与使用申请 (catalog)', routes: routes(deps), deps });
