import { successorOf } from '@gongshu/infra/cases/succession';
import { applicationIntakeRoutes } from '@gongshu/infra/cases/intake-routes';
import { applicationTaskRoutes } from '@gongshu/infra/cases/task-routes';
import { documentRoutes } from '@gongshu/infra/documents/routes';
import { buildService } from '@gongshu/infra/http/service';
import { tasksWithoutPanels } from '@gongshu/infra/procedures/tasks';
import type { FastifyInstance } from 'fastify';
import type { PricingDeps } from './deps.ts';
import { pricingObject } from './documents.ts';
import { allocationRoutes } from './routes/allocation.ts';
import { costAdjustmentRoutes } from './routes/cost-adjustments.ts';
import { costImportRoutes } from './routes/cost-imports.ts';
import { costReportRoutes } from './routes/cost-reports.ts';
import { costRoutes } from './routes/costs.ts';
import { serviceChargeRoutes } from './routes/service-charges.ts';
import { serviceFeeRoutes } from './routes/service-fees.ts';
import { serviceOrderRoutes } from './routes/service-orders.ts';
import { subsidyRoutes } from './routes/subsidies.ts';
import { ceilingPriceRoutes } from './routes/ceiling-prices.ts';
import { businessReportRoutes } from './routes/business-reports.ts';
import { permittedRevenueRoutes } from './routes/permitted-revenues.ts';
import { publicTariffRoutes } from './routes/public-tariffs.ts';
import { tariffNoticeRoutes } from './routes/tariff-notice.ts';
import { tariffRoutes } from './routes/tariffs.ts';
import { billRoutes } from './routes/bills.ts';
import { settlementRoutes } from './routes/settlements.ts';
import { sharingTermRoutes } from './routes/sharing-terms.ts';
import { usageImportRoutes } from './routes/usage-imports.ts';
import { usageRoutes } from './routes/usage.ts';
import { whatIfRoutes } from './routes/what-if.ts';

/** Cost, permitted revenue, ceilings, tariffs, service fees, use, settlement and sharing (F1–F7). Never listens. */
export const buildPricing = (deps: PricingDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'pricing',
    title: '公数 · 价格 (pricing)',
    routes: [
      documentRoutes({ ...deps, service: 'pricing', objectOf: pricingObject(deps.db) }),
      applicationTaskRoutes({ db: deps.db as never, more: tasksWithoutPanels }),
      applicationIntakeRoutes(deps as never),
      costRoutes(deps),
      costAdjustmentRoutes(deps),
      costImportRoutes(deps),
      subsidyRoutes(deps),
      allocationRoutes(deps),
      costReportRoutes(deps),
      serviceFeeRoutes(deps),
      serviceOrderRoutes(deps),
      serviceChargeRoutes(deps),
      whatIfRoutes(deps),
      ...permittedRevenueRoutes(deps),
      businessReportRoutes(deps),
      ...ceilingPriceRoutes(deps),
      tariffRoutes(deps),
      tariffNoticeRoutes(deps),
      publicTariffRoutes(deps),
      usageRoutes(deps),
      usageImportRoutes(deps),
      billRoutes(deps),
      sharingTermRoutes(deps),
      ...settlementRoutes(deps),
    ],
    deps: { ...deps, successorOf: (city, body) => successorOf(deps.db, 'body', city, body) },
  });
