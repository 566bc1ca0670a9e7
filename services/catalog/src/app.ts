import { documentRoutes } from '@gongshu/infra/documents/routes';
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { successorOf } from '@gongshu/infra/cases/succession';
import { procedureObject } from '@gongshu/infra/procedures/document-object';
import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { reportObject } from './grants/overreach.ts';
import { supplyObjectOf } from './queries/supply.ts';
import type { RegistrationPort } from './resources/registration-port.ts';
import { accessRoutes } from './routes/accesses.ts';
import { applicationRoutes } from './routes/application.ts';
import { applicationDraftRoutes } from './routes/application-drafts.ts';
import { assetRoutes } from './routes/assets.ts';
import { bringInGrantRoutes } from './routes/bring-in.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { codeTableRoutes } from './routes/code-tables.ts';
import { demandRoutes } from './routes/demands.ts';
import { deadlineRoutes } from './routes/deadlines.ts';
import { grantRoutes } from './routes/grant.ts';
import { policyRoutes } from './routes/policies.ts';
import { policyRoleRoutes } from './routes/policy-roles.ts';
import { policyDryRunRoutes } from './routes/policy-dry-run.ts';
import { qualityFeedbackRoutes } from './routes/quality-feedback.ts';
import { resourceObject } from './routes/resource-acting.ts';
import { resourceRoutes } from './routes/resource.ts';
import { scenarioAppraisalRoutes } from './routes/scenario-appraisals.ts';
import { scenarioReportRoutes } from './routes/scenario-reports.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { scenarioObjectOf } from './scenarios/queries.ts';
import { type SandboxDeps, sandboxRoutes } from './routes/sandbox.ts';
import { supplyStandingRoutes } from './routes/supply-standing.ts';
import { supplyRoutes } from './routes/supplies.ts';

/** What the catalog service is built from. */
export type CatalogDeps = ServiceDeps & {
  packs: PackSet;
  registration: RegistrationPort;
  /** The files of documents. */
  documents: DocumentStore;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** Tells the open turns of a case that what they waited for is gone. */
  lookAgain: (caseNo: string) => Promise<void>;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
  /** Tells every running clock of the jurisdictions that a calendar was loaded. */
  calendarChanged: (jurisdictions: string[], version: string, at: Date) => Promise<void>;
} & Pick<SandboxDeps, 'due' | 'settleWithinMillis'>;

/** What else than a case has documents: an entry, a supply, a scenario, a report of overreach. */
const documentObject =
  (deps: CatalogDeps): ObjectOf =>
  async (number, actor, filedBy) =>
    (await resourceObject(deps)(number)) ??
    (await supplyObjectOf(deps.db, number)) ??
    (await scenarioObjectOf(deps.db as never, number)) ??
    (await reportObject(deps)(number)) ??
    procedureObject(deps.db as never)(number, actor, filedBy);

/** One plugin an act or a resource. */
const routes = (deps: CatalogDeps): FastifyPluginAsyncZod[] => [
  policyRoutes(deps),
  policyDryRunRoutes(deps),
  policyRoleRoutes(deps),
  codeTableRoutes,
  deadlineRoutes(deps),
  calendarRoutes(deps),
  ...resourceRoutes(deps),
  assetRoutes(deps),
  ...applicationRoutes(deps),
  ...grantRoutes(deps),
  bringInGrantRoutes(deps),
  supplyRoutes(deps),
  supplyStandingRoutes(deps),
  accessRoutes(deps),
  documentRoutes({ ...deps, service: 'catalog', objectOf: documentObject(deps) }),
  applicationDraftRoutes(deps),
  scenarioRoutes(deps),
  scenarioAppraisalRoutes(deps),
  scenarioReportRoutes(deps),
  ...qualityFeedbackRoutes(deps),
  ...demandRoutes(deps),
  sandboxRoutes(deps),
];

/** Resources, scenarios, data-use applications and the policies they rest on. Never listens. */
export const buildCatalog = (deps: CatalogDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'catalog',
    title: '公数 · 目录与使用申请 (catalog)',
    routes: routes(deps),
    deps: { ...deps, successorOf: (city, body) => successorOf(deps.db, 'body', city, body) },
  });
