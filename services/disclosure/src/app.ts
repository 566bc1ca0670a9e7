import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';
import { figureRoutes } from './routes/figures.ts';
import { gapRoutes } from './routes/gaps.ts';

/** What the public is told, built from events alone. Never listens. */
export const buildDisclosure = (deps: ServiceDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'disclosure',
    title: '公数 · 公开 (disclosure)',
    routes: [figureRoutes(deps.db), gapRoutes(deps.db)],
    deps,
  });
