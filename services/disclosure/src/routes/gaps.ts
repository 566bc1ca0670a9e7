import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { toInstantText } from '@gongshu/shared/business-date';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type GapRow, gapsAfter } from '../queries/figure.ts';
import type { DisclosureTables } from '../tables.ts';

const Gap = z
  .object({
    id: z.int(),
    topic: z.string(),
    eventId: z.string(),
    kind: z.enum(['gap', 'inversion']),
    expected: z.int(),
    received: z.int(),
    foundAt: z.string(),
  })
  .meta({ id: 'EventGap' });

const view = ({ id, topic, event_id, kind, expected, received, found_at }: GapRow): z.output<typeof Gap> => ({
  ...{ id, topic, kind, expected, received },
  eventId: event_id,
  foundAt: toInstantText(found_at.getTime()),
});

const asCsv = {
  name: 'event-gaps',
  columns: [
    { title: '序号', value: ({ id }) => id },
    { title: '主题', value: ({ topic }) => topic },
    { title: '事件编号', value: ({ eventId }) => eventId },
    { title: '缺陷', value: ({ kind }) => kind },
    { title: '应为', value: ({ expected }) => expected },
    { title: '实为', value: ({ received }) => received },
    { title: '发现时间', value: ({ foundAt }) => foundAt },
  ] satisfies CsvColumn<z.output<typeof Gap>>[],
};

const Cursor = z.tuple([z.int().min(0)]);

/**
 * Where the stream of events was not whole; empty is the normal state. Case numbers are left out, for the gaps of all
 * cities stand together: an event's id finds the rest in its own city.
 */
export const gapRoutes =
  (db: Kysely<DisclosureTables>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/events/gaps',
      {
        config: { act: 'readAudit', lists: true },
        schema: {
          tags: ['events'],
          summary: 'Events that came out of order or not at all',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(Gap), 'A page of findings'),
            ...problems(400, 401, 403, 406, 503),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const after = decodeCursor(Cursor, cursor)?.[0] ?? 0;
        const { items, next } = page(
          request,
          reply,
          await gapsAfter(db, after, limit + 1),
          limit,
          ({ id }) => [id],
        );
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );
  };
