import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';

/** Cost, ceilings, tariffs and sharing will be answered here; today it has its schema, its health and its document. */
export const buildPricing = (deps: ServiceDeps): Promise<FastifyInstance> =>
  buildService({ name: 'pricing', title: '公数 · 价格 (pricing)', routes: [], deps });
