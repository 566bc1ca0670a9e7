import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { ColumnMapping } from '@gongshu/shared/import/mapping';
import { reaches } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { importResources, keepMapping } from '../resources/resource-import.ts';
import type { ResourceDeps } from '../resources/resource-law.ts';
import { actingOn, ownObject } from './resource-acting.ts';

const MappingId = z.string().regex(/^map-[0-9a-f]{20}$/);
const Mapping = z.strictObject({
  mapping: ColumnMapping,
  organisations: z
    .record(z.string().max(100), OrganisationId)
    .default({})
    .describe('Organisation id by provider code, where it is not the code itself'),
});
const Count = z.int().min(0);
const Report = z
  .object({
    id: z.string().nullable(),
    applied: z.boolean().describe('False: all or nothing was asked for, and some row was refused'),
    total: Count,
    created: Count,
    changed: Count,
    unchanged: Count,
    refused: Count,
    errors: z.array(
      z.object({
        row: z.int().describe('1 is the first row after the header'),
        column: z.string(),
        value: z.string(),
        code: z.string(),
        reason: z.object({ zh: z.string(), en: z.string() }),
      }),
    ),
    ignoredColumns: z.array(z.string()),
  })
  .meta({ id: 'ImportReport' });

const maxBytes = 20 * 1024 * 1024;

/** Bringing a department's CSV into the catalog by a column mapping. */
export const resourceImportRoutes =
  (deps: ResourceDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/import-mappings',
      {
        config: { act: 'importResources' },
        schema: {
          summary: 'Say which column of a file is which part of an entry',
          headers: IdempotencyKey,
          body: Mapping,
          response: { 201: Mapping.extend({ id: MappingId }), ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'importResources', ownObject(request));
        return reply
          .code(201)
          .send(await keepMapping(deps, request.actor.jurisdiction, request.body, acting));
      },
    );

    // Bytes, not text: the file says its own encoding (GB18030 and Big5 are common). One character a byte.
    app.removeContentTypeParser('text/csv');
    app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
      bytes.toString('latin1'),
    );
    app.post(
      '/v1/resources/imports',
      {
        bodyLimit: maxBytes,
        config: { act: 'importResources', consumes: ['text/csv'] },
        schema: {
          summary: 'Import a CSV file: counts, and every refused row by number, column and reason',
          headers: IdempotencyKey,
          querystring: z.strictObject({ mapping: MappingId, mode: z.enum(['allOrNothing', 'keepGood']) }),
          body: z.string(),
          response: { 200: Report, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const acting = await actingOn(request, 'importResources', ownObject(request));
        const { jurisdiction, organisation } = request.actor;
        const whole = reaches(request.actor, 'importResources').includes('jurisdiction');
        return importResources(
          deps,
          {
            ...{ jurisdiction, mappingId: request.query.mapping, mode: request.query.mode },
            bytes: Buffer.from(request.body, 'latin1'),
            onlyOf: whole ? undefined : (organisation ?? undefined),
          },
          acting,
        );
      },
    );
  };
