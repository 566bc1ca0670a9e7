import { createHash } from 'node:crypto';
import { jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type CodeTable, codeTables } from '@gongshu/shared/code-tables';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const Texts = z.object({ zh: z.string(), en: z.string() });
const Summary = z
  .object({ name: z.string(), title: Texts, codes: z.int(), etag: z.string() })
  .meta({ id: 'CodeTableSummary' });
const Table = z
  .object({
    name: z.string(),
    title: Texts,
    codes: z.array(z.object({ code: z.string(), ...Texts.shape })),
  })
  .meta({ id: 'CodeTable' });

const rowsOf = ({ codes }: CodeTable) =>
  Object.entries(codes).map(([code, { zh, en }]) => ({ code, zh, en }));

/** Strong, by content: the same words have the same tag on every installation of a version. */
const etagOf = (content: unknown): string =>
  `"${createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32)}"`;

const tables = new Map(
  Object.entries(codeTables).map(([name, table]) => [name, { ...table, name, etag: etagOf(table) }]),
);
const summaries = [...tables.values()].map(({ name, title, codes, etag }) => ({
  name,
  title,
  codes: Object.keys(codes).length,
  etag,
}));
const summariesTag = etagOf(summaries);

/** A form has a tag of its own: JSON and CSV of one table are not the same bytes. */
const tagFor = (etag: string, csv: boolean): string => (csv ? `${etag.slice(0, -1)}-csv"` : etag);

/** Puts the tag on the answer; true where the caller has this content already. */
const isKnown = (request: FastifyRequest, reply: FastifyReply, etag: string): boolean => {
  reply.header('etag', etag).header('cache-control', 'public, max-age=3600').header('vary', 'accept');
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === etag);
};

const notModified = z.null().describe('The caller has this content');
const config = { act: 'public' } as const;

/** The closed lists of codes that the API uses, with Chinese and English words (design 5). */
export const codeTableRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/v1/code-tables',
    {
      config,
      schema: {
        summary: '代码表目录 · Every code table',
        response: {
          200: jsonOrCsv(z.object({ items: z.array(Summary) }), 'By name'),
          304: notModified,
          ...problems(400, 406),
        },
      },
    },
    async (request, reply) => {
      const csv = wantsCsv(request);
      if (isKnown(request, reply, tagFor(summariesTag, csv))) return reply.code(304).send(null);
      if (!csv) return reply.send({ items: summaries });
      return sendCsv(
        reply,
        'code-tables',
        [
          { title: '代码表', value: ({ name }) => name },
          { title: '中文名称', value: ({ title }) => title.zh },
          { title: '英文名称', value: ({ title }) => title.en },
          { title: '代码数', value: ({ codes }) => codes },
        ],
        summaries,
      );
    },
  );

  app.get(
    '/v1/code-tables/:name',
    {
      config,
      schema: {
        summary: '代码表 · One code table with its words',
        params: z.object({ name: z.string().regex(/^[A-Za-z]{1,60}$/) }),
        response: {
          200: jsonOrCsv(Table, 'Codes in their own order'),
          304: notModified,
          ...problems(400, 404, 406),
        },
      },
    },
    async (request, reply) => {
      const table = tables.get(request.params.name);
      if (!table) throw problem('notFound');
      const csv = wantsCsv(request);
      if (isKnown(request, reply, tagFor(table.etag, csv))) return reply.code(304).send(null);
      const codes = rowsOf(table);
      if (!csv) return reply.send({ name: table.name, title: table.title, codes });
      return sendCsv(
        reply,
        table.name,
        [
          { title: '代码', value: ({ code }) => code },
          { title: '中文', value: ({ zh }) => zh },
          { title: '英文', value: ({ en }) => en },
        ],
        codes,
      );
    },
  );
};
