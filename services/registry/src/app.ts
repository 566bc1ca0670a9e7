import { documentRoutes } from '@gongshu/infra/documents/routes';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { successorOf } from '@gongshu/infra/cases/succession';
import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';
import { channelRoutes } from './routes/channels.ts';
import { noticeRoutes } from './routes/notices.ts';
import { absenceRoutes } from './routes/absences.ts';
import { officeRoutes } from './routes/offices.ts';
import { partyChangeRoutes } from './routes/party-changes.ts';
import { partyRoutes } from './routes/parties.ts';
import { peopleRoutes } from './routes/people.ts';

/** What the registry service is built from. */
export type RegistryDeps = ServiceDeps & {
  /** The files of documents. */
  documents: DocumentStore;
};

/** Bodies that take part; plans, agreements, merchants and products come to stand here too. Never listens. */
export const buildRegistry = (deps: RegistryDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'registry',
    title: '公数 · 登记 (registry)',
    routes: [
      partyRoutes(deps.db),
      partyChangeRoutes(deps.db),
      officeRoutes(deps.db),
      peopleRoutes(deps.db),
      absenceRoutes(deps.db),
      documentRoutes({ ...deps, service: 'registry' }),
      noticeRoutes(deps.db),
      channelRoutes({ db: deps.db, production: !deps.sandbox }),
    ],
    deps: { ...deps, successorOf: (city, body) => successorOf(deps.db, 'party', city, body) },
  });
