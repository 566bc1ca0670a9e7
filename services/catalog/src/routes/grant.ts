import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { GrantDeps } from '../grants/deps.ts';
import { agreementRoutes } from './agreements.ts';
import { grantOverreachRoutes } from './grant-overreach.ts';
import { grantReadRoutes } from './grants.ts';

/** The standard agreement, the grant it makes, and overreach on it. */
export const grantRoutes = (deps: GrantDeps): FastifyPluginAsyncZod[] => [
  agreementRoutes(deps),
  grantReadRoutes(deps),
  grantOverreachRoutes(deps),
];
