/** Versions of a disclosure or bulletin: what was published when, by which hash, each kept; as JSON and as a document. */
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { PaperQuery, paperAnswer, sendPaper } from '@gongshu/infra/paper/send';
import { procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { toInstantText } from '@gongshu/shared/business-date';
import type { Act } from '@gongshu/shared/may';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { idsIn } from '../public/ids-in.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import { paperOf } from './papers.ts';

const Version = z
  .object({
    ...{ caseNo: z.string(), version: z.int(), document: z.string(), hash: z.string(), at: z.string() },
  })
  .meta({ id: 'DisclosedVersion' });
type Version = z.output<typeof Version>;
const Detail = Version.extend({
  content: z.record(z.string(), z.unknown()).describe('As it is hashed, in canonical JSON'),
}).meta({ id: 'DisclosedVersionDetail' });
const asCsv = {
  name: 'versions',
  columns: [
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '版次', value: ({ version }) => version },
    { title: '文号', value: ({ document }) => document },
    { title: '内容哈希', value: ({ hash }) => hash },
    { title: '时间', value: ({ at }) => at },
  ] satisfies CsvColumn<Version>[],
};
const view = (row: Selectable<DisclosureCaseTables['version']>): Version => ({
  ...{ caseNo: row.case_no, version: row.version, document: row.document, hash: row.hash },
  at: toInstantText(row.at.getTime()),
});
const Params = ProcedureParams.extend({ version: z.coerce.number().int().min(1).max(10_000) });

export const versionRoutes =
  (
    deps: DisclosureDeps,
    { kind, act }: { kind: Extract<ProcedureKind, 'yearlyDisclosure' | 'bulletin'>; act: Act },
  ): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
    const { path } = procedures[kind];
    const caseFor = async (request: FastifyRequest): Promise<ProcedureRow> => {
      const { caseNo } = request.params as { caseNo: string };
      const row = await procedureFor(deps as unknown as ProcedureDeps, request, kind, caseNo);
      request.mustBeAllowed({ jurisdiction: row.jurisdiction });
      return row;
    };
    const versionFor = async (request: FastifyRequest) => {
      const row = await caseFor(request);
      const found = await db
        .selectFrom('version')
        .selectAll()
        .where('case_no', '=', row.case_no)
        .where('version', '=', (request.params as { version: number }).version)
        .executeTakeFirst();
      if (!found) throw problem('notFound');
      return { row, found };
    };
    app.get(
      `${path}/:caseNo/versions`,
      {
        config: { act },
        schema: {
          summary: 'Every version, newest first; none is ever taken away (S1–S3)',
          params: ProcedureParams,
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(Version), 'A page of versions'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const row = await caseFor(request);
        const { limit, cursor } = request.query as z.output<typeof PageQuery>;
        const after = decodeCursor(z.tuple([z.int()]), cursor)?.[0];
        const rows = await db
          .selectFrom('version')
          .selectAll()
          .where('case_no', '=', row.case_no)
          .$if(after !== undefined, (query) => query.where('version', '<', after ?? 0))
          .orderBy('version', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, ({ version }) => [version]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );
    app.get(
      `${path}/:caseNo/versions/:version`,
      {
        config: { act },
        schema: {
          summary: 'One version with its content (S1–S3)',
          params: Params,
          response: { 200: Detail, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { found } = await versionFor(request);
        return { ...view(found), content: JSON.parse(found.content) as Record<string, unknown> };
      },
    );
    app.get(
      `${path}/:caseNo/versions/:version/paper`,
      {
        config: { act },
        schema: {
          summary: 'A version as a document under its number (S1–S3)',
          params: Params,
          querystring: PaperQuery,
          response: { 200: paperAnswer, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const { row, found } = await versionFor(request);
        const said = JSON.parse(found.content) as Parameters<typeof paperOf>[3];
        const names = await bodyNames(deps.db, row.jurisdiction, [row.authority, ...idsIn(said)]);
        return sendPaper(
          reply,
          paperOf(deps.packs.resolve(row.jurisdiction), row, found, said, names),
          request.query as never,
        ) as never;
      },
    );
  };
