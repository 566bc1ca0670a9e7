/** The settlement of a year over REST (结算, F2, F5): opened on frozen figures, confirmed, returned, refrozen, paid. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash, linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { lockUsage } from '@gongshu/infra/revenues/lock';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { type Act, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { settlementRules } from '@gongshu/shared/pricing/rules';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { SettlementAct, SettlementFacts } from '@gongshu/shared/settlement/machine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { FastifyRequest } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { PricingDeps } from '../deps.ts';
import { mustBeOperator } from '../revenues/open.ts';
import { figuresOf } from '../settlements/figures.ts';
import { beginSettlement, booksMustBear, mustBeReported, mustHaveEnded } from '../settlements/open.ts';
import { statementRoutes } from './settlement-statements.ts';

const kind = 'settlement';
const Day = z.string().refine(isBusinessDate, { error: '须为真实日期 · a day that exists' });
const Opening = z.strictObject({
  operator: OrganisationId.optional().describe('Its own when left out'),
  year: z.int().min(2020).max(2200),
  mandateEnded: z
    .strictObject({ on: Day, document: DocumentHash.describe('What ended it, uploaded before') })
    .optional()
    .describe('By the bureau alone: a mandate that ended is settled before the year’s end'),
});
const Reasons = z.array(Reason).max(50);
const Figures = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .describe('The hash of the figures that are acted on');

type Acting = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text' | 'also'> & {
  act: SettlementAct;
};
type At = { row: ProcedureRow; request: FastifyRequest; facts: SettlementFacts };

/** Who confirms beside the operator: the finance office; where the city has registered none, the bureau. */
const sideOf = ({ request: { actor }, facts, row }: At): 'operator' | 'finance' => {
  const object = { jurisdiction: row.jurisdiction, handlers: [facts.operator] };
  const role = actingRole(actor, 'confirmSettlement', object);
  if (role === 'operator') return 'operator';
  const bodies = facts.financeBody === null ? row.authority : facts.financeBody;
  if (actor.organisation !== bodies) throw problem('forbidden', { params: { act: 'confirmSettlement' } });
  return 'finance';
};

export const settlementRoutes = (deps: PricingDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as unknown as Kysely<SettlementTables>;
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Settlements of the city, each year of an operator a case, newest first (F5)',
        one: 'One settlement: its steps, frozen figures, payments (F5)',
      },
    }),
    statementRoutes(deps),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'openSettlement' },
          schema: {
            summary:
              '启动结算 · Opens the settlement of a year that is over, billed and whose cost is reported, on frozen figures (F5)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, organisation } = request.actor;
          const { year, mandateEnded } = request.body;
          const operator = request.body.operator ?? organisation ?? '';
          const object = { jurisdiction, owner: operator };
          request.mustBeAllowed(object);
          const pack = packWith(deps.packs, jurisdiction, 'pricing');
          const of = { jurisdiction, operator, year };
          await mustBeOperator(deps.db as never, of);
          const role = actingRole(request.actor, 'openSettlement', object);
          if (mandateEnded && role !== 'bureau')
            throw problem('forbidden', { params: { act: 'openSettlement' } });
          const endedOn = mandateEnded?.on ?? null;
          mustHaveEnded(year, endedOn, await request.lawNow());
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, role, rules: settlementRules(pack) },
            authority: await bureauOf(deps.db, 'body', jurisdiction),
            facts: async (caseTrx, { caseNo, receivedAt: at }): Promise<SettlementFacts> => {
              const trx = caseTrx as unknown as Transaction<SettlementTables>;
              if (mandateEnded) {
                const hash = mandateEnded.document;
                const by = organisation ?? '';
                await mustBeStored(trx, {
                  ...{ hash, jurisdiction, organisation, pointer: '/body/mandateEnded/document' },
                });
                await linkDocument(trx, { hash, jurisdiction, caseNo, role: 'mandateEnded', by, at });
              }
              return beginSettlement(trx, pricingLaw(pack), of, { caseNo, endedOn, at });
            },
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        summary: string,
        body: B,
        act: (given: z.output<B>, at: At) => Acting | Promise<Acting>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const facts = row.start.facts as SettlementFacts;
            const { operator } = facts;
            const object = { jurisdiction: row.jurisdiction, owner: operator, handlers: [operator] };
            request.mustBeAllowed(object);
            const { rests } = settlementRules(deps.packs.resolve(row.jurisdiction)).sharing;
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, ...(await act(given, { row, request, facts })) },
              ...(rests && { article: rests }),
            });
          },
        );

      actRoute(
        'confirmation',
        'confirmSettlement',
        '确认或退回结算 · The operator, then the finance office, confirms the figures or returns them with reasons',
        z.strictObject({
          outcome: z.enum(['confirm', 'return']),
          figures: Figures,
          reasons: Reasons.default([]),
        }),
        ({ outcome, figures, reasons }, at) => {
          const side = sideOf(at);
          if (outcome === 'return') {
            if (reasons.length === 0) throw reasonsMissing();
            const reasonCodes = reasons.map(({ code }) => code);
            return { act: { kind: 'returnSettlement', side, figures, reasonCodes }, text: { reasons } };
          }
          const { jurisdiction, case_no: caseNo } = at.row;
          const { operator, year, endedOn } = at.facts;
          const law = pricingLaw(deps.packs.resolve(jurisdiction));
          return {
            act: { kind: side === 'operator' ? 'confirmSettlementAsOperator' : 'confirmSettlement', figures },
            also: (caseTrx, { receivedAt }) => {
              const trx = caseTrx as unknown as Transaction<SettlementTables>;
              const frozen = { caseNo, figures, endedOn, at: receivedAt };
              return booksMustBear(trx, law, { jurisdiction, operator, year }, frozen);
            },
          };
        },
      );
      actRoute(
        'figures',
        'openSettlement',
        '重新核定 · Freezes the figures anew from the books as they stand, after a return (F5)',
        z.strictObject({}),
        async (_given, { row: { jurisdiction }, facts: { operator, year, endedOn } }) => {
          const of = { jurisdiction, operator, year };
          const law = pricingLaw(deps.packs.resolve(jurisdiction));
          const figures = await figuresOf(db, law, of);
          return {
            act: { kind: 'refreezeSettlement', figures },
            also: async (caseTrx, { receivedAt: at }) => {
              const trx = caseTrx as unknown as Transaction<SettlementTables>;
              await lockUsage(trx, of);
              await mustBeReported(trx, law, of, { endedOn, at });
              const { hash } = await figuresOf(trx, law, of);
              if (hash !== figures.hash) throw problem('settlementFiguresMoved');
            },
          };
        },
      );
      actRoute(
        'payments',
        'recordPayment',
        '登记支付 · The resource fee to the treasury, or the share of a party, was paid (F5)',
        z.strictObject({
          what: z.enum(['resourceFee', 'share']),
          party: OrganisationId.nullable().default(null).describe('Whose share; null for the resource fee'),
          fen: z.int().min(1),
          paidOn: Day,
          document: DocumentHash.describe('The voucher, uploaded before'),
        }),
        (given) => ({
          act: { kind: 'paySettlement', ...given },
          documents: [{ hash: given.document, role: 'payment', pointer: '/body/document' }],
        }),
      );
    },
  ];
};
