import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApplicationDeps } from '../applications/deps.ts';
import { applicationCorrectionRoutes } from './application-corrections.ts';
import { applicationDecisionRoutes } from './application-decisions.ts';
import { applicationEndingRoutes } from './application-endings.ts';
import { applicationExtensionRoutes } from './application-extensions.ts';
import { applicationSubmitRoutes } from './application-submit.ts';

/** Every act on a data-use application. */
export const applicationRoutes = (deps: ApplicationDeps): FastifyPluginAsyncZod[] => [
  applicationSubmitRoutes(deps),
  applicationDecisionRoutes(deps),
  applicationCorrectionRoutes(deps),
  applicationExtensionRoutes(deps),
  applicationEndingRoutes(deps),
];
