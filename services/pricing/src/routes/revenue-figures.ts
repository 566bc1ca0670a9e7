/** Reading a permitted revenue open into its parts, and the one in force (F2). */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { PaperQuery, paperAnswer, sendPaper } from '@gongshu/infra/paper/send';
import { procedureFor } from '@gongshu/infra/procedures/acting';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { PermittedParts } from '@gongshu/shared/permitted-revenue/figures';
import type { RevenueFacts, RevenueState } from '@gongshu/shared/permitted-revenue/machine';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { Fen } from '@gongshu/shared/pricing/money';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { PricingDeps } from '../deps.ts';
import { letterOf } from '../revenues/letter.ts';

const RevenueFiguresView = z
  .object({
    caseNo: z.string(),
    hash: z.string(),
    operator: z.string(),
    year: z.int(),
    trial: z.boolean(),
    trialRule: z
      .object({ value: z.literal('firstYear'), instrument: z.string(), article: z.string() })
      .nullable()
      .describe('What a trial rests on: no full calendar year of operation yet; null where it is none'),
    givenAt: z.string(),
    question: z.record(z.string(), z.unknown()).describe('What the figures rest on beside the ledger'),
    parts: PermittedParts,
    costs: z
      .array(
        z.object({
          ...{ id: z.string(), kind: z.string(), product: z.string().nullable() },
          ...{ fen: Fen, counted: z.boolean() },
        }),
      )
      .describe('The ledger as it stood, item by item'),
    revisions: z.array(z.object({ hash: z.string(), givenAt: z.string() })),
  })
  .meta({ id: 'RevenueFigures' });
const RevenueInForceView = z
  .object({
    caseNo: z.string(),
    operator: z.string(),
    year: z.int(),
    permittedRevenueFen: Fen,
    consumedFen: Fen,
    trial: z.boolean(),
    inForceAt: z.string(),
  })
  .meta({ id: 'RevenueInForce' });

const inForceCsv = {
  name: 'revenues-in-force',
  columns: [
    { title: '核定编号', value: ({ caseNo }) => caseNo },
    { title: '运营机构', value: ({ operator }) => operator },
    { title: '年度', value: ({ year }) => year },
    { title: '最高准许收入（分）', value: ({ permittedRevenueFen }) => permittedRevenueFen },
    { title: '已扣减以前年度超收（分）', value: ({ consumedFen }) => consumedFen },
    { title: '是否试行', value: ({ trial }) => (trial ? '是' : '否') },
    { title: '生效时间', value: ({ inForceAt }) => inForceAt },
  ] satisfies CsvColumn<z.output<typeof RevenueInForceView>>[],
};

const at = (instant: Date): string => toInstantText(instant.getTime());

export const revenueFigureRoutes =
  (deps: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as Kysely<RevenueTables>;
    app.get(
      '/v1/permitted-revenues/:caseNo/figures',
      {
        config: { act: 'readRevenues' },
        schema: {
          summary: 'Figures of a case open into their parts, down to the items of the ledger (F2)',
          params: ProcedureParams,
          querystring: z.strictObject({ hash: DocumentHash.optional() }),
          response: { 200: RevenueFiguresView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await procedureFor(deps as never, request, 'permittedRevenue', request.params.caseNo);
        const handlers = await handlersOf(deps.db as never, row.case_no);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        const { operator, year, trial, hash: first } = row.start.facts as RevenueFacts;
        const standing = (row.state as Partial<RevenueState>).figures?.hash ?? first;
        const all = await db
          .selectFrom('revenue_figures')
          .selectAll()
          .where('case_no', '=', row.case_no)
          .orderBy('given_at')
          .orderBy('hash')
          .execute();
        const found = all.find(({ hash }) => hash === (request.query.hash ?? standing));
        if (!found) throw problem('notFound');
        const { value, article } = pricingLaw(deps.packs.resolve(row.jurisdiction)).trial;
        return {
          trialRule: trial ? { value, ...article } : null,
          ...{ caseNo: row.case_no, hash: found.hash, operator, year, trial, givenAt: at(found.given_at) },
          question: found.question as Record<string, unknown>,
          parts: found.parts,
          costs: found.costs as z.output<typeof RevenueFiguresView>['costs'],
          revisions: all.map(({ hash, given_at }) => ({ hash, givenAt: at(given_at) })),
        };
      },
    );

    app.get(
      '/v1/permitted-revenues/:caseNo/letter',
      {
        config: { act: 'readRevenues' },
        schema: {
          summary: '核定函 · The letter of determination as PDF, or the content its hash is over (F2)',
          params: ProcedureParams,
          querystring: PaperQuery,
          response: { 200: paperAnswer, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const row = await procedureFor(deps as never, request, 'permittedRevenue', request.params.caseNo);
        const handlers = await handlersOf(deps.db as never, row.case_no);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        const letter = await letterOf(db, deps.packs.resolve(row.jurisdiction), row);
        return sendPaper(reply, letter, request.query);
      },
    );

    app.get(
      '/v1/revenues-in-force',
      {
        config: { act: 'readRevenues', lists: true },
        schema: {
          summary: 'Permitted revenues in force, newest year first (F2)',
          querystring: PageQuery.extend({ year: z.coerce.number().int().min(2020).max(2100).optional() }),
          response: {
            200: jsonOrCsv(pageOf(RevenueInForceView), 'A page of permitted revenues'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        const { limit, cursor, year } = request.query;
        const before = decodeCursor(z.tuple([z.int().min(0).max(9_999), z.string().max(80)]), cursor);
        let query = db
          .selectFrom('permitted_revenue')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .where('replaced_at', 'is', null)
          .orderBy('year', 'desc')
          .orderBy('operator', 'desc')
          .limit(limit + 1);
        if (!reaches(request.actor, 'readRevenues').includes('jurisdiction'))
          query = query.where('operator', '=', organisation ?? '');
        if (year !== undefined) query = query.where('year', '=', year);
        if (before)
          query = query.where((eb) =>
            eb(eb.refTuple('year', 'operator'), '<', eb.tuple(before[0], before[1])),
          );
        const found = page(request, reply, await query.execute(), limit, (row) => [row.year, row.operator]);
        const items = found.items.map((row) => ({
          ...{ caseNo: row.case_no, operator: row.operator, year: row.year, trial: row.trial },
          ...{ permittedRevenueFen: row.fen, consumedFen: row.consumed_fen, inForceAt: at(row.in_force_at) },
        }));
        return sendPage(request, reply, inForceCsv, { items, next: found.next });
      },
    );
  };
