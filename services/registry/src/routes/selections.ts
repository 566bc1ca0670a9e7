/** Selection of the operator over REST (O1–O4, O12; 国家规范 十二、十三): opened, announced or sent out, withdrawn. */
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { ProcedureParams, procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import { selectionRules } from '@gongshu/shared/selection/rules';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actRoute } from '../selections/act-route.ts';
import type { SelectionDeps } from '../selections/deps.ts';
import { factsOf, mustHold, SelectionBody } from '../selections/opening.ts';
import { hashOf, keepPapers, mustTellAll, Papers } from '../selections/papers.ts';
import { selectionBidRoutes } from './selection-bids.ts';
import { selectionCommitteeRoutes } from './selection-committee.ts';
import { selectionDecisionRoutes } from './selection-decisions.ts';
import { selectionObjectionRoutes } from './selection-objections.ts';

export const selectionRoutes = (deps: SelectionDeps): FastifyPluginAsyncZod[] => [
  procedureReadRoutes(deps as never, {
    kind: 'selection',
    summary: {
      list: 'Selections of the operator, newest first (national arts 12, 13)',
      one: 'One selection: its steps, periods, decisions; of bids nothing before the opening (national art. 12)',
    },
  }),
  async (app) => {
    app.post(
      '/v1/selections',
      {
        config: { act: 'manageSelection' },
        schema: {
          summary: '启动遴选 · Opens a selection under an implementation plan in force (national art. 12)',
          headers: IdempotencyKey,
          body: SelectionBody,
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const pack = deps.packs.resolve(jurisdiction);
        if (!pack.rules['operatorSelection'])
          throw problem('lifecycleNotInPack', { params: { jurisdiction } });
        const { body } = request;
        const by = mustHold(pack, body);
        return answerOpening(deps as never, request, reply, {
          ...{ kind: 'selection', pack, rules: selectionRules(pack) },
          authority: await bureauOf(deps.db, 'party', jurisdiction),
          role: actingRole(request.actor, 'manageSelection', { jurisdiction }),
          facts: (trx, { caseNo }) => factsOf(trx, pack, body, { caseNo, by }),
        });
      },
    );

    for (const [path, kind, summary] of [
      [
        'announcement',
        'announceSelection',
        '发布公告 · Announces the selection, complete by the pack (national art. 12)',
      ],
      ['invitations', 'inviteBidders', '发出邀请 · Sends the papers to those invited (national art. 12)'],
    ] as const)
      actRoute(app, deps, {
        ...{ path, summary, permission: 'manageSelection', body: Papers, rule: 'bidPeriod' },
        make: (papers, { row }) => {
          mustTellAll(deps, row, papers);
          return {
            act: { kind, contentHash: hashOf(papers), closesOn: papers.closesOn },
            also: (trx, { receivedAt }) => keepPapers(trx as never, row.case_no, papers, receivedAt),
          };
        },
      });

    app.get(
      '/v1/selections/:caseNo/papers',
      {
        config: { act: 'readSelections' },
        schema: {
          summary: 'What bidders were told, item by item',
          params: ProcedureParams,
          response: {
            200: z.object({ contents: z.record(z.string(), z.string()), contentHash: z.string() }),
            ...problems(400, 401, 403, 404),
          },
        },
      },
      async (request) => {
        const row = await procedureFor(deps as never, request, 'selection', request.params.caseNo);
        const handlers = await handlersOf(deps.db as never, row.case_no);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        const issued = await deps.db
          .selectFrom('procedure_entry')
          .select('data')
          .where('case_no', '=', row.case_no)
          .where('kind', 'in', ['announced', 'invited'])
          .executeTakeFirst();
        const contentHash = z.string().catch('').parse(issued?.data['contentHash']);
        const paper = await deps.db
          .selectFrom('selection_paper')
          .select('contents')
          .where('case_no', '=', row.case_no)
          .where('content_hash', '=', contentHash)
          .executeTakeFirst();
        if (!paper) throw problem('notFound');
        return { contents: paper.contents, contentHash };
      },
    );

    actRoute(app, deps, {
      ...{ path: 'withdrawal', permission: 'manageSelection', rule: 'route' },
      summary: '撤回遴选 · The bureau withdraws the selection, with reasons',
      body: z.strictObject({ reasons: Reasons }),
      make: ({ reasons }) => {
        if (reasons.length === 0) throw reasonsMissing();
        return {
          act: { kind: 'withdrawSelection', reasonCodes: reasons.map(({ code }) => code) },
          text: { reasons },
        };
      },
    });
  },
  selectionBidRoutes(deps),
  selectionCommitteeRoutes(deps),
  selectionDecisionRoutes(deps),
  selectionObjectionRoutes(deps),
];
