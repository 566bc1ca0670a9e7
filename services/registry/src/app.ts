import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';
import { partyRoutes } from './routes/parties.ts';

/** Bodies that take part; plans, agreements, merchants and products come to stand here too. Never listens. */
export const buildRegistry = (deps: ServiceDeps): Promise<FastifyInstance> =>
  buildService({ name: 'registry', title: '公数 · 登记 (registry)', routes: [partyRoutes(deps.db)], deps });
