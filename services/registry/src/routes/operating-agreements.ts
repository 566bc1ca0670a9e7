/** The operating agreement over REST (O4–O9; 国家规范 十三、十四): drafted, read, and every act on it. */
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { CaseNo } from '@gongshu/infra/cases/view';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { actingRole } from '@gongshu/shared/may';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Draft } from '../operating-agreements/contents.ts';
import { agreementDb, agreementPack, draftOpening } from '../operating-agreements/open.ts';
import { fromAgreement, fromSelection } from '../operating-agreements/origin.ts';
import { draftingRoutes } from './operating-agreement-drafting.ts';
import { endingRoutes } from './operating-agreement-endings.ts';
import { runningRoutes } from './operating-agreement-running.ts';
import { agreementTextRoutes } from './operating-agreement-texts.ts';

const Opened = Draft.extend({
  selection: CaseNo.optional().describe('The selection that chose the operator'),
  agreement: CaseNo.optional().describe('The agreement it renews or follows'),
}).refine(({ selection, agreement }) => (selection === undefined) !== (agreement === undefined), {
  params: { code: 'oneOf' },
  error: 'selection 与 agreement 须且只须有一项 · either a selection or an agreement',
});

export const operatingAgreementRoutes = (deps: ProcedureDeps): FastifyPluginAsyncZod[] => [
  procedureReadRoutes(deps, {
    kind: 'operatingAgreement',
    summary: {
      list: 'Operating agreements of the city, newest first (national arts 13, 14)',
      one: 'One operating agreement: its parties, term, filings, renewal and exit (national arts 13, 14)',
    },
  }),
  async (app) => {
    app.post(
      '/v1/operating-agreements',
      {
        config: { act: 'manageOperatingAgreement' },
        schema: {
          summary:
            '拟定授权运营协议 · Drafts an agreement with the operator a selection chose, or the next after an evaluation (national arts 13, 14)',
          headers: IdempotencyKey,
          body: Opened,
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const pack = agreementPack(deps.packs, jurisdiction);
        const { selection, agreement, ...draft } = request.body;
        const db = agreementDb(deps);
        const origin =
          selection !== undefined
            ? await fromSelection(db, jurisdiction, selection)
            : await fromAgreement(db, jurisdiction, agreement ?? '');
        const at = await request.lawNow();
        return answerOpening(deps, request, reply, {
          ...(await draftOpening(deps, pack, draft, origin, { organisation, at })),
          role: actingRole(request.actor, 'manageOperatingAgreement', { jurisdiction }),
        });
      },
    );
    draftingRoutes(app, deps);
    runningRoutes(app, deps);
    endingRoutes(app, deps);
  },
  agreementTextRoutes(deps),
];
