/** Metered use by file: CSV of any length, streamed into the tables (F1). */
import { randomUUID } from 'node:crypto';
import { Keep } from '@gongshu/infra/bring-in/rows';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import type { PricingDeps } from '../deps.ts';
import { UsageReport } from '../usage/batch.ts';
import { importUsage } from '../usage/import.ts';
import type { UsageDb } from '../usage/record.ts';

const maxBytes = 1024 * 1024 * 1024;

export const usageImportRoutes =
  (deps: PricingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    // Left on the wire: the handler reads it as it comes.
    app.removeContentTypeParser('text/csv');
    app.addContentTypeParser('text/csv', (_request, _payload, done) => done(null, undefined));
    app.post(
      '/v1/usage/imports',
      {
        handlerTimeout: 600_000,
        // A record's id is its own key: the same file again counts nothing twice.
        config: { act: 'recordUsage', changes: false, consumes: ['text/csv'] },
        schema: {
          summary:
            '导入用量 · A CSV file of metered use: every refused row by number and reason, the good ones kept or none',
          consumes: ['text/csv'],
          querystring: z.strictObject({ keep: Keep }),
          body: z.any().meta({ type: 'string', description: 'Columns by the names of a record’s fields' }),
          response: { 200: UsageReport, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request) => {
        const acting = await actingOn(request, 'recordUsage', ownObject(request));
        const { jurisdiction } = request.actor;
        return importUsage(
          deps.db as UsageDb,
          deps.packs.resolve(jurisdiction),
          { jurisdiction, operator: acting.actor.organisation },
          { stream: request.raw, maxBytes, keep: request.query.keep, batch: `YL-${randomUUID()}` },
          acting,
        );
      },
    );
  };
