import type { DocumentStore } from '@gongshu/infra/documents/store';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApplicationDeps } from '../applications/deps.ts';
import { applicationCorrectionRoutes } from './application-corrections.ts';
import { applicationDecisionRoutes } from './application-decisions.ts';
import { applicationEndingRoutes } from './application-endings.ts';
import { applicationExtensionRoutes } from './application-extensions.ts';
import type { IntakeRouteDeps } from '@gongshu/infra/cases/intake-routes';
import { applicationReadRoutes } from './application-read.ts';
import { applicationSubmitRoutes } from './application-submit.ts';

/** Every act on a data-use application, and all that is read about it. */
export const applicationRoutes = (
  deps: ApplicationDeps & Pick<IntakeRouteDeps, 'lookAgain'> & { documents: DocumentStore },
): FastifyPluginAsyncZod[] => [
  applicationSubmitRoutes(deps),
  applicationDecisionRoutes(deps),
  applicationCorrectionRoutes(deps),
  applicationExtensionRoutes(deps),
  applicationEndingRoutes(deps),
  ...applicationReadRoutes(deps),
];
