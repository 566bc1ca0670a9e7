import { type CsvColumn, jsonOrCsv, sendCsv, wantsCsv } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, page, PageQuery, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { endOfDay, startOfDay } from '@gongshu/shared/business-date';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createAsker } from '../accesses/asker.ts';
import type { AccessDb } from '../accesses/facts.ts';
import {
  AccessAnswer,
  AccessQuestion,
  AccessView,
  accessView,
  answerView,
  GrantNo,
} from '../accesses/view.ts';
import { findAccess, findGrantObject, listAccesses } from '../queries/access.ts';

export type AccessDeps = { db: AccessDb; packs: Pick<PackSet, 'resolve'> };

/**
 * The platform asks for every use of every user, as one account: 500 a second is its due, and twice that its limit.
 * Without a token the kit's ordinary limit stands.
 */
const rateLimit = {
  timeWindow: 60_000,
  max: ({ actor }: FastifyRequest) => (actor.id === 'anonymous' ? 6_000 : 60_000),
};

const Query = PageQuery.extend({
  permitted: z.enum(['true', 'false']).optional(),
  from: z.iso.date().optional().describe('First day of answers, Asia/Shanghai'),
  until: z.iso.date().optional().describe('Last day of answers, Asia/Shanghai'),
});

const columns: CsvColumn<AccessView>[] = [
  { title: '访问编号', value: ({ access }) => access },
  { title: '授权编号', value: ({ grantNo }) => grantNo },
  { title: '答复时间', value: ({ answeredAt }) => answeredAt },
  { title: '使用时间', value: ({ at }) => at },
  { title: '账号', value: ({ by }) => by },
  { title: '人员编号', value: ({ person }) => person },
  { title: '呈现方式', value: ({ view }) => view },
  { title: '用途', value: ({ purpose }) => purpose },
  {
    title: '信息项',
    value: ({ fields }) => fields.map((one) => `${one.resource}：${one.fields.join('、')}`).join('；'),
  },
  { title: '准许', value: ({ permitted }) => (permitted ? '是' : '否') },
  { title: '拒绝代码', value: ({ code }) => code },
  { title: '依据', value: ({ article }) => article?.article },
  { title: '留痕', value: ({ trace }) => trace },
];

/** Access to data under a grant: asked before it is served, every answer traced (A8, D2; Zhongwei arts 22, 28). */
export const accessRoutes =
  ({ db, packs }: AccessDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const asker = createAsker({ db, packs });
    app.addHook('onClose', () => asker.close());

    app.post(
      '/v1/grants/:grantNo/accesses',
      {
        // The trace is its own record of keys: the kit's would write each question twice.
        config: { act: 'askAccess', changes: false, rateLimit },
        schema: {
          summary:
            '访问许可 · May this be served now? Judged on the rows as they stand, traced before it is answered',
          params: z.object({ grantNo: GrantNo }),
          headers: IdempotencyKey,
          body: AccessQuestion,
          response: { 200: AccessAnswer, ...problems(400, 401, 403, 404, 422, 429, 503) },
        },
      },
      async (request) => {
        const { at, ...question } = request.body;
        const traced = await asker.ask({
          ...question,
          at: Date.parse(at),
          grantNo: request.params.grantNo,
          asker: request.actor.id,
          key: request.idempotencyKey,
          permit: (grant) => request.mustBeAllowed(grant, 'askAccess'),
        });
        return answerView(traced);
      },
    );

    app.get(
      '/v1/grants/:grantNo/accesses',
      {
        config: { act: 'readAccesses' },
        schema: {
          summary: '访问台账 · Accesses asked for under a grant, newest first',
          params: z.object({ grantNo: GrantNo }),
          querystring: Query,
          response: {
            200: jsonOrCsv(pageOf(AccessView), 'A page of accesses'),
            ...problems(400, 401, 403, 404, 406),
          },
        },
      },
      async (request, reply) => {
        const { grantNo } = request.params;
        const grant = await findGrantObject(db, grantNo);
        if (!grant) throw problem('notFound');
        request.mustBeAllowed(grant, 'readAccesses');
        const { limit, cursor, permitted, from, until } = request.query;
        const csv = wantsCsv(request);
        const rows = await listAccesses(
          db,
          grantNo,
          {
            ...(permitted !== undefined && { permitted: permitted === 'true' }),
            ...(from !== undefined && { from: new Date(startOfDay(from)) }),
            ...(until !== undefined && { until: new Date(endOfDay(until)) }),
          },
          { before: decodeCursor(z.tuple([z.int().min(1)]), cursor)?.[0], limit: limit + 1 },
        );
        const found = page(request, reply, rows, limit, ({ seq }) => [seq]);
        const items = found.items.map(accessView);
        reply.header('vary', 'accept');
        return csv ? sendCsv(reply, 'accesses', columns, items) : reply.send({ items, next: found.next });
      },
    );

    app.get(
      '/v1/accesses/:access',
      {
        config: { act: 'readAccesses' },
        schema: {
          summary: 'One access as it was traced',
          params: z.object({ access: z.uuid() }),
          response: { 200: AccessView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await findAccess(db, request.params.access);
        const grant = row && (await findGrantObject(db, row.grantNo));
        if (!row || !grant) throw problem('notFound');
        request.mustBeAllowed(grant, 'readAccesses');
        return accessView(row);
      },
    );
  };
