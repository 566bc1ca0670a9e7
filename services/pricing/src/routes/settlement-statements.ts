/** What a settlement came to: statements by party, and what another split of it would have been (F5). */
import { PaperQuery, paperAnswer, sendPaper } from '@gongshu/infra/paper/send';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { problems } from '@gongshu/infra/http/problems';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { SharingParty } from '@gongshu/shared/packs/topics/pricing';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { decimalText, isShare, Rate, rateOf, toFen, Weight, weightOf } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { PricingDeps } from '../deps.ts';
import { splitOf } from '../settlements/figures.ts';
import {
  handlersOf,
  readsAll,
  type ResultRow,
  resultOf,
  type ShareRow,
  sharesOf,
  statementPaper,
} from '../settlements/statements.ts';

const Fen = z.int();
const Statement = z
  .object({
    ...{ party: z.string(), kind: SharingParty, factor: z.string(), fen: Fen },
    paidOn: z.iso.date().nullable(),
  })
  .meta({ id: 'SettlementStatement' });
const Statements = z
  .object({
    ...{ caseNo: z.string(), operator: z.string(), year: z.int(), hash: z.string() },
    state: z.enum(['frozen', 'confirmed', 'closed']),
    poolFen: Fen.describe('The surplus within the cap, which is split'),
    statements: z.array(Statement).describe('A party’s own alone; all for who settles or oversees'),
  })
  .meta({ id: 'SettlementStatements' });
const Simulated = z
  .object({
    ...{ excessFen: Fen, carriedFen: Fen, resourceFeeFen: Fen, surplusFen: Fen },
    shares: z.array(Statement.omit({ paidOn: true }).extend({ beforeFen: Fen })),
  })
  .meta({ id: 'SettlementSimulation' });

const view = ({ party, kind, factor, fen, paid_on }: ShareRow): z.output<typeof Statement> => ({
  ...{ party, kind, factor, fen, paidOn: paid_on },
});

export const statementRoutes = (deps: PricingDeps): FastifyPluginAsyncZod => {
  const db = deps.db as unknown as Kysely<SettlementTables>;
  const procedureDeps = deps as unknown as ProcedureDeps;
  /** The result of the address, for who may read any of it. Throws `notFound`, `forbidden`. */
  const resultFor = async (request: FastifyRequest, caseNo: string): Promise<ResultRow> => {
    const { jurisdiction } = await procedureFor(procedureDeps, request, 'settlement', caseNo);
    const row = await resultOf(db, caseNo);
    if (!row) throw problem('notFound');
    request.mustBeAllowed({ jurisdiction, handlers: handlersOf(row) });
    return row;
  };
  return async (app) => {
    app.get(
      '/v1/settlements/:caseNo/statements',
      {
        config: { act: 'readSettlements' },
        schema: {
          summary: '结算单 · Shares of a settlement: a party reads its own, once it is confirmed (F5)',
          params: ProcedureParams,
          response: { 200: Statements, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await resultFor(request, request.params.caseNo);
        const all = readsAll(request.actor, row);
        const shares = await sharesOf(db, row.case_no);
        return {
          ...{ caseNo: row.case_no, operator: row.operator, year: row.year, hash: row.hash },
          ...{ state: row.state, poolFen: row.surplus_fen + (row.figures.pooledFen ?? 0) },
          statements: shares.filter(({ party }) => all || party === request.actor.organisation).map(view),
        };
      },
    );

    const paperOf = (whole: boolean) =>
      app.get(
        whole ? '/v1/settlements/:caseNo/statement' : '/v1/settlements/:caseNo/statements/:party',
        {
          config: { act: 'readSettlements' },
          schema: {
            summary: whole
              ? '结算单（全）· The whole settlement as a document (F5)'
              : '结算单 · The statement of one party as a document, its own share alone (F5)',
            params: whole ? ProcedureParams : ProcedureParams.extend({ party: OrganisationId }),
            querystring: PaperQuery,
            response: { 200: paperAnswer, ...problems(400, 401, 403, 404, 422, 503) },
          },
        },
        async (request, reply) => {
          const { caseNo, party } = request.params as { caseNo: string; party?: string };
          const row = await resultFor(request, caseNo);
          const all = readsAll(request.actor, row);
          if (!all && (whole || party !== request.actor.organisation)) throw problem('notFound');
          const share = whole ? null : (await sharesOf(db, caseNo)).find((one) => one.party === party);
          if (share === undefined) throw problem('notFound');
          const pack = deps.packs.resolve(row.jurisdiction);
          const { authority } = await procedureFor(procedureDeps, request, 'settlement', caseNo);
          return sendPaper(reply, statementPaper(pack, row, authority, share), request.query) as never;
        },
      );
    paperOf(true);
    paperOf(false);

    app.post(
      '/v1/settlements/:caseNo/simulation',
      {
        config: { act: 'readSettlements', changes: false },
        schema: {
          summary: '分配试算 · What another split of these figures would have been; nothing is saved (F5)',
          params: ProcedureParams,
          body: z.strictObject({
            resourceFeeRate: Rate.refine(isShare, '不得超过 1 · at most 1')
              .optional()
              .describe('As it was when left out'),
            factors: z
              .record(OrganisationId, Weight)
              .describe('By party of the settlement; a party left out keeps its own'),
          }),
          response: { 200: Simulated, ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request) => {
        const { figures, jurisdiction, ...row } = await resultFor(request, request.params.caseNo);
        if (!readsAll(request.actor, row)) throw problem('forbidden', { params: { act: 'readSettlements' } });
        const { factors, resourceFeeRate = figures.resourceFeeRate } = request.body;
        const unknown = Object.keys(factors).find((id) => !figures.shares.some(({ party }) => party === id));
        if (unknown !== undefined)
          throw problem('invalidRequest', {
            errors: [
              {
                ...{ pointer: `/body/factors/${unknown}`, code: 'partyUnknown' },
                message: { zh: '不是该结算的分配主体', en: 'No party of this settlement' },
              },
            ],
          });
        const parties = figures.shares.map(({ party, kind, factor }) => ({
          ...{ id: party, kind },
          factor: decimalText(weightOf(factors[party] ?? factor)),
        }));
        const found = splitOf(
          pricingLaw(deps.packs.resolve(jurisdiction)),
          {
            ...{ revenue: BigInt(figures.revenueFen), permitted: BigInt(figures.permittedFen) },
            ...{ net: BigInt(figures.netCostFen), taxDue: BigInt(figures.taxFen) },
            carriedOn: BigInt(figures.carriedFen - figures.excessFen + (figures.pooledFen ?? 0)),
          },
          { resourceFeeRate: decimalText(rateOf(resourceFeeRate)), parties },
        );
        return {
          ...{ excessFen: toFen(found.excess), carriedFen: toFen(found.carriedToNext) },
          ...{ resourceFeeFen: toFen(found.resourceFee), surplusFen: toFen(found.surplus) },
          shares: found.shares.map((share, at) => ({ ...share, beforeFen: figures.shares[at]?.fen ?? 0 })),
        };
      },
    );
  };
};
