/** The permitted revenue of a year over REST (最高准许收入, F2): opened on the ledger, revised, decided on, sent back. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import { actingRole } from '@gongshu/shared/may';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { Body } from '@gongshu/shared/packs/values';
import type { RevenueAct, RevenueFacts } from '@gongshu/shared/permitted-revenue/machine';
import { revenueRules } from '@gongshu/shared/permitted-revenue/rules';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { PricingDeps } from '../deps.ts';
import { measure, RevenueQuestion } from '../revenues/figures.ts';
import {
  costYearOf,
  keepFigures,
  mustBeOperator,
  mustBeUnsettled,
  mustStillHold,
  takeYear,
} from '../revenues/open.ts';
import { revenueFigureRoutes } from './revenue-figures.ts';

const kind = 'permittedRevenue';
const Year = z.int().min(2020).max(2100);
const Opening = RevenueQuestion.extend({
  operator: z.string().regex(/^[A-Za-z0-9][\w.:-]{0,79}$/),
  year: Year.describe('The year whose revenue is limited'),
});
const Joint = z
  .array(z.strictObject({ with: Body, document: DocumentHash }))
  .max(3)
  .default([])
  .describe('Opinions of the bodies that decide together, as documents');

type Acting = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text' | 'also'> & { act: RevenueAct };

export const permittedRevenueRoutes = (deps: PricingDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as Kysely<RevenueTables>;
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Permitted revenues of the city, each year of an operator a case, newest first (F2)',
        one: 'One permitted revenue: its steps, decisions, figures by their hash (F2)',
      },
    }),
    revenueFigureRoutes(deps),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'openRevenue' },
          schema: {
            summary: '启动最高准许收入核定 · Opens the permitted revenue of a year on the cost ledger (F2)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction } = request.actor;
          request.mustBeAllowed({ jurisdiction });
          const pack = packWith(deps.packs, jurisdiction, 'pricing');
          const { operator, year, ...question } = request.body;
          const of = { jurisdiction, operator, year };
          const law = pricingLaw(pack);
          await mustBeOperator(db, of);
          const { costYear, trial } = await costYearOf(db, of);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, rules: revenueRules(pack) },
            authority: await bureauOf(db, 'body', jurisdiction),
            role: actingRole(request.actor, 'openRevenue', { jurisdiction }),
            facts: async (caseTrx, { caseNo, receivedAt }): Promise<RevenueFacts> => {
              const trx = caseTrx as unknown as Transaction<RevenueTables>;
              await mustBeUnsettled(trx, law, of);
              const taken = await takeYear(trx, of, caseNo);
              const measured = await measure(trx, law, { ...of, costYear }, question);
              await keepFigures(trx, caseNo, measured, receivedAt);
              await takePart(trx, caseNo, [
                { organisation: operator, role: 'operator' },
                ...(taken.priceBody === null ? [] : [{ organisation: taken.priceBody, role: 'price' }]),
              ]);
              return { ...measured.figures, operator, year, trial, ...taken };
            },
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: 'openRevenue' | 'decideRevenue',
        summary: string,
        body: B,
        act: (given: z.output<B>, of: ProcedureRow) => Acting | Promise<Acting>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            request.mustBeAllowed({ jurisdiction: row.jurisdiction });
            const { rests } = revenueRules(deps.packs.resolve(row.jurisdiction));
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, ...(await act(given, row)) },
              ...(rests && { article: rests }),
            });
          },
        );

      actRoute(
        'figures',
        'openRevenue',
        '修订测算 · Computes the figures anew from the ledger as it stands, before the first decision (F2)',
        RevenueQuestion,
        async (question, { case_no: caseNo, jurisdiction, start }) => {
          const { operator, year } = start.facts as RevenueFacts;
          const of = { jurisdiction, operator, year };
          const { costYear } = await costYearOf(db, of);
          const measured = await measure(
            db,
            pricingLaw(deps.packs.resolve(jurisdiction)),
            { ...of, costYear },
            question,
          );
          return {
            act: { kind: 'reviseRevenue', figures: measured.figures },
            also: (trx, { receivedAt }) =>
              keepFigures(trx as unknown as Transaction<RevenueTables>, caseNo, measured, receivedAt),
          };
        },
      );
      actRoute(
        'decision',
        'decideRevenue',
        '作出决定 · The body whose step it is agrees to the figures it names (F2)',
        z.strictObject({
          figures: DocumentHash.describe('The figures decided on, by their hash'),
          document: DocumentHash.describe('The decision, uploaded before'),
          joint: Joint,
        }),
        ({ figures, document, joint }, { case_no: caseNo, jurisdiction, start }) => ({
          act: { kind: 'decideRevenue', outcome: 'agree', figures, document, joint },
          also: (trx) => {
            const { operator, year } = start.facts as RevenueFacts;
            const law = pricingLaw(deps.packs.resolve(jurisdiction));
            return mustStillHold(trx, law, { jurisdiction, operator, year }, caseNo, figures);
          },
          documents: [
            { hash: document, role: 'revenueDecision', pointer: '/body/document' },
            ...joint.map(({ document: hash }, index) => ({
              ...{ hash, role: 'jointOpinion', pointer: `/body/joint/${index}/document` },
            })),
          ],
        }),
      );
      actRoute(
        'return',
        'decideRevenue',
        '退回测算 · Sends the figures back to the first step, with reasons (F2)',
        z.strictObject({ document: DocumentHash, reasons: z.array(Reason).min(1).max(50) }),
        ({ document, reasons }) => ({
          act: { kind: 'returnRevenue', document, reasonCodes: reasons.map(({ code }) => code) },
          documents: [{ hash: document, role: 'revenueReturn', pointer: '/body/document' }],
          text: { reasons },
        }),
      );
      actRoute(
        'withdrawal',
        'openRevenue',
        '撤回 · Withdraws a determination that is not in force yet (F2)',
        z.strictObject({}),
        () => ({ act: { kind: 'withdrawRevenue' } }),
      );
    },
  ];
};
