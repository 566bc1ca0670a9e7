import { isEventType, type ServiceName } from '@gongshu/shared/events';
import { type Actor, anyone, reaches } from '@gongshu/shared/may';
import { procedureKinds } from '@gongshu/shared/procedure/kinds';
import { readActs } from '@gongshu/shared/procedure/read-acts';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type FeedScope, feedHead, readFeed } from '../event-feed.ts';
import { createFeedWatch } from '../feed-watch.ts';
import { decodeCursor, encodeCursor } from './page.ts';
import { problems } from './problems.ts';
import type { ServiceDeps } from './types.ts';

/** The jurisdiction of what holds for every city of the installation, such as the State Council's calendar. */
const nation = 'national';

const Types = z
  .string()
  .max(4_000)
  .transform((list) => list.split(','))
  .refine((names) => names.every(isEventType), {
    params: { code: 'eventTypeUnknown' },
    error: '没有这种事件类型 · there is no such event type',
  });

const Query = z.strictObject({
  after: z.string().max(200).optional().describe('`next` of the page before; the beginning when left out'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  types: Types.optional().describe('Event types, separated by commas'),
  subject: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .describe('Events of this case or object alone'),
  wait: z.coerce.number().int().min(0).max(20).default(0).describe('Seconds to wait where nothing is new'),
});

const text = z.string();
const Event = z
  .object({
    specversion: z.literal('1.0'),
    ...{ id: text, source: text, type: text, subject: text, time: text },
    datacontenttype: z.literal('application/json'),
    ...{ dataschema: text, partitionkey: text, sequence: text, previoussequence: text },
    ...{ jurisdiction: text, lawtime: text },
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CloudEvent' });
const Feed = z
  .object({
    items: z.array(Event),
    next: z.string().describe('Give it as `after`; stands still when nothing is new'),
    caughtUp: z.boolean().describe('False where more can be read at once'),
  })
  .meta({ id: 'EventFeed' });

/**
 * Public events of one's own city and of the nation, without a token of all; case events by reach: who reads cases of a
 * kind only where it takes part, such as the operator complaints, follows those alone.
 */
const scopeOf = (actor: Actor): FeedScope => ({
  publicOf: actor === anyone ? 'all' : [actor.jurisdiction, nation],
  casesOf: reaches(actor, 'readEvents').includes('jurisdiction') ? actor.jurisdiction : null,
  partOnly: {
    kinds: procedureKinds.filter((kind) => !reaches(actor, readActs[kind]).includes('jurisdiction')),
    body: actor.organisation,
  },
});

/**
 * `GET /v1/events`: the service's events for whoever has no Kafka (design 5), in the order of their commits. A reader
 * that goes on from `next` misses none and gets none twice, broker or no broker (decision 0014).
 */
export const eventRoutes = (server: FastifyInstance, service: ServiceName, { db }: ServiceDeps): void => {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const watch = createFeedWatch(() => feedHead(db));
  // Before the server waits for answers under way: who waits for news is told that there is none.
  app.addHook('preClose', async () => watch.stop());
  const Cursor = z.tuple([z.literal(service), z.int().min(0)]);

  app.get(
    '/v1/events',
    {
      config: { act: 'readEvents', lists: true },
      schema: {
        tags: ['events'],
        summary: 'Events of this service in order, as CloudEvents; without a gap for who follows `next`',
        querystring: Query,
        response: { 200: Feed, ...problems(400, 401, 403, 406, 503) },
      },
    },
    async (request, reply) => {
      const { limit, types, subject, wait } = request.query;
      const after = decodeCursor(Cursor, request.query.after)?.[1] ?? 0;
      const question = { service, after, limit, scope: scopeOf(request.actor), types, subject };
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const until = performance.now() + wait * 1_000;
      let page = await readFeed(db, question);
      if (after > page.head) throw problem('cursorAhead');
      for (;;) {
        const left = until - performance.now();
        if (page.events.length > 0 || left <= 0 || gone.signal.aborted || watch.stopped()) break;
        if (page.next >= page.head) await watch.past(page.head, left, gone.signal);
        page = await readFeed(db, { ...question, after: page.next });
      }
      return reply.header('cache-control', 'no-store').send({
        items: page.events as z.output<typeof Event>[],
        next: encodeCursor([service, page.next]),
        caughtUp: page.next >= page.head,
      });
    },
  );
};
