import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { resourceConsentRoutes } from './resource-consents.ts';
import { resourceImportRoutes } from './resource-imports.ts';
import { resourceReadRoutes } from './resource-read.ts';
import { resourceRegistrationRoutes } from './resource-registration.ts';
import { resourceStudyRoutes } from './resource-studies.ts';
import { resourceWriteRoutes } from './resource-write.ts';

/** Everything the catalog answers about public data resources (C1–C5). */
export const resourceRoutes = (deps: ResourceDeps): FastifyPluginAsyncZod[] => [
  resourceReadRoutes(deps),
  resourceWriteRoutes(deps),
  resourceConsentRoutes(deps),
  resourceRegistrationRoutes(deps),
  resourceStudyRoutes(deps),
  resourceImportRoutes(deps),
];
