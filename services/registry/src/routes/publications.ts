import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { type PublicationRow, withdrawPublication } from '@gongshu/infra/publications/publish';
import type { PublicationTables } from '@gongshu/infra/publications/tables';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listPublications, publicationStates, stateOf } from '../queries/publication.ts';

const Instant = z.iso.datetime({ offset: true });
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const Publication = z
  .object({
    publication: z.string().describe('Its number'),
    jurisdiction: z.string(),
    kind: z.string(),
    subject: z.string().describe('The case it tells of'),
    title: z.object({ zh: z.string(), en: z.string() }),
    hash: z.string().describe('SHA-256 of the bytes at `document`'),
    document: z.string().describe('Where the published text is served, byte for byte'),
    from: z.iso.date(),
    until: z.iso.date().nullable().describe('The last day; null: until it is withdrawn'),
    state: z.enum(publicationStates).describe('On the law’s clock'),
    publishedAt: Instant,
    withdrawal: z.object({ at: Instant, code: z.string(), reason: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Publication' });
const PublicationWithContent = Publication.extend({
  content: z.record(z.string(), z.unknown()).describe('What is published, as the document has it'),
}).meta({ id: 'PublicationWithContent' });
type Publication = z.output<typeof Publication>;

const view = (row: PublicationRow, today: string): Publication => ({
  ...{ publication: row.number, jurisdiction: row.jurisdiction, kind: row.kind, subject: row.subject },
  title: { zh: row.title_zh, en: row.title_en },
  ...{ hash: row.hash, document: `/v1/publications/${row.number}/document` },
  ...{ from: row.from_on, until: row.until_on, state: stateOf(row, today) },
  publishedAt: toInstantText(row.published_at.getTime()),
  withdrawal:
    row.withdrawn_at && row.withdrawn_code !== null
      ? {
          at: toInstantText(row.withdrawn_at.getTime()),
          ...{ code: row.withdrawn_code, reason: row.withdrawn_reason },
        }
      : null,
});

const asCsv = {
  name: 'publications',
  columns: [
    { title: '公布件编号', value: ({ publication }) => publication },
    { title: '地区', value: ({ jurisdiction }) => jurisdiction },
    { title: '种类', value: ({ kind }) => kind },
    { title: '案件编号', value: ({ subject }) => subject },
    { title: '标题', value: ({ title }) => title.zh },
    { title: '公布自', value: ({ from }) => from },
    { title: '公布至', value: ({ until }) => until },
    { title: '状态', value: ({ state }) => state },
    { title: '校验值', value: ({ hash }) => hash },
  ] satisfies CsvColumn<Publication>[],
};

const Params = z.object({ publication: z.string().regex(/^GB-[0-9A-Za-z-]{1,100}$/) });

/** What is published (O4, V2): open to everyone, of every city. */
export const publicationRoutes =
  ({ db }: { db: Kysely<PublicationTables> }): FastifyPluginAsyncZod =>
  async (app) => {
    const find = async (number: string): Promise<PublicationRow> => {
      const row = await db
        .selectFrom('publication')
        .selectAll()
        .where('number', '=', number)
        .executeTakeFirst();
      if (!row) throw problem('notFound');
      return row;
    };

    app.get(
      '/v1/publications',
      {
        config: { act: 'readPublications' },
        schema: {
          summary: '公布 · What the cities publish, newest first; current ones unless asked otherwise',
          querystring: PageQuery.extend({
            jurisdiction: z
              .string()
              .regex(/^[a-z][a-z0-9-]{0,60}$/i)
              .optional(),
            kind: Code.optional(),
            subject: z
              .string()
              .regex(/^[\x21-\x7e]{1,160}$/)
              .optional(),
            state: z
              .enum([...publicationStates, 'all'])
              .default('current')
              .describe('On the law’s clock'),
          }),
          response: {
            200: jsonOrCsv(pageOf(Publication), 'A page of publications'),
            ...problems(400, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query;
        const [before] = decodeCursor(z.tuple([z.int().min(0)]), cursor) ?? [];
        const today = businessDateOf((await request.lawNow()).getTime());
        const rows = await listPublications(db, { ...filter, today, before, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, ({ seq }) => [seq]);
        return sendPage(request, reply, asCsv, { items: items.map((row) => view(row, today)), next });
      },
    );

    app.get(
      '/v1/publications/:publication',
      {
        config: { act: 'readPublications' },
        schema: {
          summary: 'One publication; expired and withdrawn ones too, marked',
          params: Params,
          response: { 200: PublicationWithContent, ...problems(400, 404) },
        },
      },
      async (request, reply) => {
        const row = await find(request.params.publication);
        const today = businessDateOf((await request.lawNow()).getTime());
        const { content } = JSON.parse(row.document) as { content: Record<string, unknown> };
        return reply
          .header('etag', `"${row.hash} ${stateOf(row, today)}"`)
          .header('link', `</v1/publications/${row.number}/document>; rel="alternate"`)
          .send({ ...view(row, today), content });
      },
    );

    app.get(
      '/v1/publications/:publication/document',
      {
        config: { act: 'readPublications' },
        schema: {
          summary: 'The published text byte for byte, as canonical JSON: SHA-256 of it is its hash and ETag',
          params: Params,
          response: { 200: z.string().describe('RFC 8785'), ...problems(400, 404) },
        },
      },
      async (request, reply) => {
        const row = await find(request.params.publication);
        const digest = Buffer.from(row.hash.slice('sha256:'.length), 'hex').toString('base64');
        return reply
          .type('application/json; charset=utf-8')
          .header('etag', `"${row.hash}"`)
          .header('repr-digest', `sha-256=:${digest}:`)
          .serializer((text: unknown) => text as string)
          .send(row.document);
      },
    );

    app.post(
      '/v1/publications/:publication/withdrawal',
      {
        config: { act: 'publish' },
        schema: {
          summary:
            '撤回公布 · The bureau withdraws a publication, with its reason; it stays readable, marked',
          params: Params,
          headers: IdempotencyKey,
          body: z.strictObject({
            reason: z.strictObject({ code: Code, text: z.string().trim().min(1).max(2_000) }),
          }),
          response: { 200: Publication, ...problems(400, 401, 403, 404, 409, 422, 503) },
        },
      },
      async (request) => {
        const { jurisdiction } = await find(request.params.publication);
        request.mustBeAllowed({ jurisdiction });
        const { id, organisation } = request.actor;
        const at = await request.lawNow();
        const row = await db.transaction().execute((trx) =>
          withdrawPublication(trx, {
            ...{ publication: request.params.publication, reason: request.body.reason, at },
            actor: { id, organisation, role: actingRole(request.actor, 'publish', { jurisdiction }) },
          }),
        );
        return view(row, businessDateOf(at.getTime()));
      },
    );
  };
