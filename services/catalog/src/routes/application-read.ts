import { caseView } from '@gongshu/infra/cases/case';
import { applicationIntakeRoutes, type IntakeRouteDeps } from '@gongshu/infra/cases/intake-routes';
import { caseReadRoutes, readableCase } from '@gongshu/infra/cases/read-routes';
import { casePaperRoutes } from '@gongshu/infra/cases/paper-routes';
import { applicationTaskRoutes } from '@gongshu/infra/cases/task-routes';
import { CaseNo, CaseView } from '@gongshu/infra/cases/view';
import type { ApplicationReader } from '@gongshu/infra/cases/visible';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { tag } from '@gongshu/infra/http/etag';
import { problems } from '@gongshu/infra/http/problems';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Difference, differenceOf } from '../applications/follow.ts';
import { tasksWithoutPanels } from '@gongshu/infra/procedures/tasks';
import { useTasks } from '../queries/task.ts';
import { applicationCertificateRoutes } from './application-certificates.ts';

const ApplicationView = CaseView.extend({
  kind: z.enum(['new', 'amendment', 'renewal']),
  grantNo: z.string().nullable().describe('The grant that is changed or prolonged'),
  difference: Difference.nullable().describe('Of an amendment or renewal, against its grant'),
}).meta({ id: 'DataUseApplication' });

const params = z.object({ caseNo: CaseNo });
const refusals = problems(400, 401, 403, 404);

/** Reading applications: lists, the case, its clocks, its history, its contents by version. */
export const applicationCaseRoutes =
  ({ db, documents }: { db: ApplicationReader; documents: DocumentStore }): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(
      caseReadRoutes({
        db,
        path: '/v1/applications',
        outcomes: [
          ...(['approved', 'approvedWithDeemedReviews', 'deemedApproved'] as const),
          ...(['refused', 'withdrawn', 'lapsed'] as const),
        ],
        summary: 'Applications within one’s reach, newest first (Zhongwei art. 20)',
      }),
    );

    app.get(
      '/v1/applications/:caseNo',
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'One application: contents, turns, corrections; silence told as silence (art. 20, 21)',
          params,
          response: { 200: ApplicationView, ...refusals },
        },
      },
      async (request, reply) => {
        const { row, words } = await readableCase(db, request, request.params.caseNo);
        const view = await caseView(db, row, { now: await request.lawNow(), words, documents });
        const difference = await differenceOf(db, row, words);
        return tag(reply, row.version).send({ ...view, kind: row.kind, grantNo: row.grant_no, difference });
      },
    );
  };

/** Everything that is read about applications, and the care of acts that wait. */
export const applicationReadRoutes = (
  deps: IntakeRouteDeps & { documents: DocumentStore; packs: PackSet },
): FastifyPluginAsyncZod[] => [
  applicationCaseRoutes(deps),
  casePaperRoutes({ db: deps.db, path: '/v1/applications' }),
  applicationTaskRoutes({
    ...deps,
    more: (...asked) => [...useTasks(deps)(...asked), ...tasksWithoutPanels(...asked)],
  }),
  applicationIntakeRoutes(deps),
  applicationCertificateRoutes(deps),
];
