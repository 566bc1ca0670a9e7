import { applicationIntakeRoutes } from '@gongshu/infra/cases/intake-routes';
import { successorOf } from '@gongshu/infra/cases/succession';
import { applicationTaskRoutes } from '@gongshu/infra/cases/task-routes';
import { documentRoutes } from '@gongshu/infra/documents/routes';
import { buildService } from '@gongshu/infra/http/service';
import type { FastifyInstance } from 'fastify';
import type { DisclosureDeps } from './deps.ts';
import { deskRoutes } from './desk/desk.ts';
import { disclosureObject } from './documents.ts';
import { disclosureTasks } from './tasks.ts';
import { auditRoutes } from './routes/audits.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { problemPage } from './html/problem-page.ts';
import { publicComplaintRoutes } from './routes/public-complaints.ts';
import { openRoutes } from './open/routes.ts';
import { portalRoutes } from './portal/routes.ts';
import { bulletinRoutes } from './routes/bulletins.ts';
import { fairnessRoutes } from './routes/fairness.ts';
import { workReportRoutes } from './routes/work-reports.ts';
import { yearlyDisclosureRoutes } from './routes/yearly-disclosures.ts';
import { figureRoutes } from './routes/figures.ts';
import { gapRoutes } from './routes/gaps.ts';
import { complaintRoutes } from './routes/complaints.ts';
import { creditRecordRoutes } from './routes/credit-records.ts';
import { contingencyRoutes } from './routes/contingency.ts';
import { orderAnswerRoutes } from './routes/order-answers.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { sanctionRoutes } from './routes/sanctions.ts';

/**
 * What the public is told, built from events alone; complaints, incidents, sanctions, yearly disclosure, bulletins,
 * audits (S1–S4, X1, X2, X4, X5). Never listens.
 */
export const buildDisclosure = (deps: DisclosureDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'disclosure',
    title: '公数 · 公开 (disclosure)',
    problemPage: problemPage({ sandbox: deps.sandbox }),
    routes: [
      documentRoutes({ ...deps, service: 'disclosure', objectOf: disclosureObject(deps.db) }),
      applicationTaskRoutes({ db: deps.db as never, more: disclosureTasks(deps.packs) }),
      applicationIntakeRoutes(deps as never),
      figureRoutes(deps.db),
      gapRoutes(deps.db),
      evidenceRoutes(deps),
      ...auditRoutes(deps),
      publicComplaintRoutes(deps),
      ...complaintRoutes(deps),
      ...incidentRoutes(deps),
      contingencyRoutes(deps),
      orderAnswerRoutes(deps),
      ...sanctionRoutes(deps),
      creditRecordRoutes(deps),
      ...yearlyDisclosureRoutes(deps),
      ...bulletinRoutes(deps),
      workReportRoutes(deps),
      fairnessRoutes(deps),
      portalRoutes(deps),
      openRoutes(deps),
      deskRoutes({ ...deps, settings: deps.desk }),
    ],
    deps: { ...deps, successorOf: (city, body) => successorOf(deps.db, 'body', city, body) },
  });
