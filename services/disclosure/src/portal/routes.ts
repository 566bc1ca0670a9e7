import { readMultipart } from '@gongshu/infra/documents/upload';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { DisclosureDeps } from '../deps.ts';
import { assetRoutes } from '../html/assets.ts';
import { displayRoutes } from '../html/display.ts';
import { catalogRoutes } from './catalog.ts';
import { complaintFormRoutes } from './complaint-form.ts';
import { complaintStatusRoutes } from './complaint-status.ts';
import { evaluationRoutes } from './evaluations.ts';
import { feeRoutes } from './fees.ts';
import { frontRoutes } from './front.ts';
import { homeRoutes } from './home.ts';
import { objectionRoutes } from './objection.ts';
import { openDataRoutes } from './open-data.ts';
import { operatorRoutes } from './operators.ts';
import { paperRoutes } from './papers.ts';
import { productRoutes } from './products.ts';
import { verifyRoutes } from './verify.ts';

/** The public portal: every page read from what the public events told, nothing else. */
export const portalRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await readMultipart(app as never);
    await app.register(assetRoutes);
    await app.register(displayRoutes);
    for (const register of [
      ...[
        homeRoutes,
        frontRoutes,
        catalogRoutes,
        productRoutes,
        operatorRoutes,
        paperRoutes,
        objectionRoutes,
      ],
      ...[complaintFormRoutes, complaintStatusRoutes, verifyRoutes, openDataRoutes],
      ...[evaluationRoutes, feeRoutes],
    ])
      register(app, deps);
  };
