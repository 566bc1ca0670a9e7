import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { costFileLimits } from '@gongshu/shared/import/cost-rows';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { importCosts } from '../costs/import.ts';
import { type CostDeps, costDb } from '../costs/requests.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const Count = z.int().min(0);
const Report = z
  .object({
    id: z.string().nullable().describe('Of the import, where it wrote anything'),
    applied: z.boolean().describe('False: all or nothing was asked for, and some row was refused'),
    file: z.string().describe('SHA-256 of the file'),
    total: Count,
    recorded: Count,
    unchanged: Count.describe('Vouchers that stood already with the same content: counted once'),
    refused: Count,
    recordedFen: Count,
    errors: z.array(
      z.object({
        row: z.int().describe('1 is the first row after the header'),
        column: z.string(),
        value: z.string(),
        code: z.string(),
        reason: z.object({ zh: z.string(), en: z.string() }),
        article: z.object({ instrument: z.string(), article: z.string() }).optional(),
      }),
    ),
  })
  .meta({ id: 'CostImportReport' });

/** Costs from a file (F4): CSV, or the first sheet of a workbook. */
export const costImportRoutes =
  (deps: CostDeps): FastifyPluginAsyncZod =>
  async (app) => {
    // Bytes, not text: a CSV file says its own encoding, a workbook is a zip. Base64 keeps them storable.
    app.removeContentTypeParser('text/csv');
    app.addContentTypeParser(
      ['text/csv', xlsx],
      { parseAs: 'buffer' },
      async (_request: unknown, bytes: Buffer) => bytes.toString('base64'),
    );
    app.post(
      '/v1/costs/imports',
      {
        bodyLimit: costFileLimits.bytes,
        config: { act: 'recordCost', consumes: ['text/csv', xlsx] },
        schema: {
          summary: '成本批量入账 · Import CSV or XLSX: every refused row by number, column and reason',
          headers: IdempotencyKey,
          querystring: z.strictObject({
            keep: z.enum(['good', 'none']).describe('Where some row is refused: keep the good ones, or none'),
          }),
          body: z.string().describe('The file'),
          response: { 200: Report, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const acting = await actingOn(request, 'recordCost', ownObject(request));
        const kind = request.headers['content-type']?.startsWith('text/csv') ? 'csv' : 'xlsx';
        const bytes = Buffer.from(request.body, 'base64');
        const pack = deps.packs.resolve(request.actor.jurisdiction);
        return importCosts(costDb(deps), pack, { bytes, kind, keep: request.query.keep }, acting);
      },
    );
  };
