/** The first lock over REST (E1; 中卫 十七、二十三、二十八): checkers named, exceptions asked for, votes cast and read. */
import { receiptFor } from '@gongshu/infra/intake/take';
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { RouteApp } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { Sealing } from '@gongshu/infra/selections/sealing';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { ExceptionGround } from '@gongshu/shared/product/codes';
import type { EgressAct } from '@gongshu/shared/product/types';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { egressActRoute, egressObject } from '../products/case-act.ts';
import { checkerMustBeFit, fitCheckers } from '../products/checkers.ts';
import { readObject, shownTo } from '../products/object.ts';
import { VoteBody } from '../products/vote-body.ts';
import { VotesView, votesView } from '../products/vote-view.ts';
import { mustBeSameVote, sealVote } from '../products/votes.ts';
import { StaffNo } from '../staff/schema.ts';

export type EgressCheckDeps = ProcedureDeps & { sealing: Sealing };

const words = z.string().trim().min(1).max(2_000);

const naming = (app: RouteApp, deps: ProcedureDeps): void => {
  egressActRoute(app, deps, {
    ...{ path: 'checkers', permission: 'nameCheckers', rests: 'checkers' },
    summary:
      '指定核查人员 · The operator names two vetted people of its register, or others in their place (Zhongwei art. 23)',
    body: z.strictObject({ checkers: z.array(StaffNo).min(1).max(10) }),
    make: async ({ checkers }, { row, pack, request }) => ({
      act: {
        kind: 'nameCheckers',
        checkers: await fitCheckers(deps.db, pack, { row, staff: checkers, now: await request.lawNow() }),
      },
    }),
  });
  egressActRoute(app, deps, {
    ...{ path: 'exceptions', permission: 'submitProduct', rests: 'requirements' },
    summary:
      '申请例外 · Who submits asks that findings may stand, with the ground and the document that shows it; votes cast before are dropped',
    body: z.strictObject({
      items: z
        .array(z.int().min(1).max(10_000_000))
        .min(1)
        .max(1_000)
        .refine((items) => new Set(items).size === items.length, {
          params: { code: 'repeated' },
          error: '重复 · stands twice',
        })
        .describe('Numbers of the findings'),
      ground: ExceptionGround,
      document: DocumentHash.describe('Shows the ground, uploaded before'),
      words: words.optional(),
    }),
    make: ({ items, ground, document, words: said }) => ({
      act: { kind: 'requestException', items: items.toSorted((a, b) => a - b), ground, document },
      documents: [{ hash: document, role: 'exception', pointer: '/body/document' }],
      ...(said !== undefined && { text: { reason: said } }),
    }),
  });
};

const voting = (app: RouteApp, deps: EgressCheckDeps): void => {
  app.post(
    '/v1/egress-cases/:caseNo/votes',
    {
      // Sealed: neither the request nor what became of it stands in a log, a figure or a kept answer.
      config: { act: 'checkProduct', sealed: true },
      logLevel: 'silent',
      schema: {
        summary:
          '逐项表决 · One of the checkers named votes on each item; sealed until the other has spoken (Zhongwei arts 17, 23)',
        params: ProcedureParams,
        headers: IdempotencyKey,
        body: VoteBody,
        response: actAnswers,
      },
    },
    async (request, reply): Promise<never> => {
      const row = await procedureFor(deps, request, 'productEgress', request.params.caseNo);
      const object = egressObject(row);
      request.mustBeAllowed(object);
      const pack = deps.packs.resolve(row.jurisdiction);
      const { case_no: caseNo } = row;
      const { id: checker } = request.actor;
      const now = await request.lawNow();
      const own = receiptFor(checker, request.idempotencyKey, request.url);
      await mustBeSameVote(deps.db as never, deps.sealing, own, request.body);
      const act: Extract<EgressAct, { kind: 'castVote' }> = {
        ...{ kind: 'castVote', round: request.body.round, checker, opened: null },
      };
      const receipt = await actOnProcedure(deps, request, reply as never, {
        ...clauseIn(pack, 'productEgress', 'fields'),
        ...{ row, object, permission: 'checkProduct', act },
        also: async (trx, { receipt, receivedAt: at }) => {
          const sealed = await sealVote(trx, deps.sealing, { caseNo, checker, receipt, at }, request.body);
          await checkerMustBeFit(trx, pack, { row, account: checker, now });
          Object.assign(act, sealed); // known in the transaction alone: whether it is the last one
        },
      });
      return receipt as never;
    },
  );
  app.get(
    '/v1/egress-cases/:caseNo/votes',
    {
      config: { act: 'readEgressCases' },
      schema: {
        summary:
          'Votes with their reasons once all of a round have spoken; before, how many have and no more',
        params: ProcedureParams,
        response: { 200: VotesView, ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const row = await procedureFor(deps, request, 'productEgress', request.params.caseNo);
      request.mustBeAllowed(await readObject(deps.db, row));
      return votesView(deps.db as unknown as Kysely<ProductTables>, row, shownTo(request.actor, row));
    },
  );
};

export const egressCheckRoutes =
  (deps: EgressCheckDeps): FastifyPluginAsyncZod =>
  async (app) => {
    naming(app, deps);
    voting(app, deps);
  };
