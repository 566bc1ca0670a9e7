import { endingRoutes } from '@gongshu/infra/cases/endings';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { applicationsAt } from '../applications/address.ts';
import type { ApplicationDeps } from '../applications/deps.ts';

/** Withdrawal by the applicant, and the bureau's direction of an overdue check. */
export const applicationEndingRoutes = (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  endingRoutes(applicationsAt(deps));
