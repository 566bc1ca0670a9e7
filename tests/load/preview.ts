/** Deadline previews over HTTP, and the same framework answering the same bytes without thinking. */
import { Agent, request } from 'node:http';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { loadPacks } from '@gongshu/infra/packs';
import { buildCatalog } from '@gongshu/service-catalog';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { compare, type Figure, inLanes } from './figures.ts';

const question = { jurisdiction: 'zhongwei', from: '2024-09-27T10:00:00+08:00', workingDays: 10 };

/** Asks once over a kept connection, as somebody of an address of its own: the limit on requests is per address. */
const asker = (address: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const body = JSON.stringify(question);
  const ask = (index: number): Promise<string> =>
    new Promise((answered, failed) => {
      const asking = request(`${address}/v1/deadlines/preview`, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-forwarded-for': `203.0.113.${index % 250}`,
        },
      });
      asking.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          response.statusCode === 200 ? answered(text) : failed(new Error(`${response.statusCode} ${text}`)),
        );
      });
      asking.on('error', failed).end(body);
    });
  return { ask, close: () => agent.destroy() };
};

const bareApp = (answer: object): FastifyInstance => {
  const app = Fastify({ logger: false });
  app.post('/v1/deadlines/preview', () => answer);
  return app;
};

/** Previews a second, 16 at once. */
export const previewFigure = async (asks: number): Promise<Figure> => {
  const database = await testDatabase();
  const deps = serviceDeps('catalog', { url: database.url, tokens: await testTokens() });
  const db = deps.db as Kysely<unknown>;
  await ensureShippedCalendar(db);
  const registration = { send: async () => {} };
  const app = await buildCatalog({ ...deps, packs: loadPacks(), registration, ...noCases } as never);
  const ours = asker(await app.listen({ port: 0, host: '127.0.0.1' }));
  const bare = bareApp(JSON.parse(await ours.ask(0)) as object);
  const theirs = asker(await bare.listen({ port: 0, host: '127.0.0.1' }));
  const run = (one: typeof ours) => () => inLanes(asks, 16, async (index) => void (await one.ask(index)));
  try {
    return await compare('deadline preview', 'answers/s', { ours: run(ours), bare: run(theirs) });
  } finally {
    ours.close();
    theirs.close();
    await app.close();
    await bare.close();
    await db.destroy();
    await database.drop();
  }
};
