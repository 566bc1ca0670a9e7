/** The public pages over HTTP, with the tables of a big city behind them; and a bare route that answers the same bytes. */
import { Agent, request } from 'node:http';
import { loadPacks } from '@gongshu/infra/packs';
import { buildDisclosure } from '@gongshu/service-disclosure';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import Fastify from 'fastify';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { compare, type Figure, inLanes } from './figures.ts';
import { city, fillCases, fillEntries } from './public-data.ts';

/** What is asked: with so many entries and cases, a page is answered within so many milliseconds at the 99th percentile. */
export const pagesBar = { entries: 100_000, cases: 10_000, p99: 100 };
export type PagesFigure = Figure & { p50: number; p99: number; pages: number; slowest: string };

const now = new Date('2024-06-03T10:00:00+08:00');

const searched = (q: string) => `catalog?q=${encodeURIComponent(q)}`;
/** A reader's round: each page type, words that are common, rare and absent, of one character and of many. */
export const round = [
  '',
  'catalog',
  ...['车', '停车', '数据', '信息', '行政许可', '驼绒', '蘑菇种植', '不存在的', '中宁县 公交线路'].map(
    searched,
  ),
  ...['catalog?level=county', 'catalog?provider=dept-3-2', 'catalog?frequency=yearly&level=city'],
  'catalog/640500-ZY-0077777',
  ...['products', 'products/640500-CP-2024-001001', 'fees', 'mandates'],
  ...['selections', 'selections/640500-XZ-2024-000100', 'evaluations', 'reports', 'bulletins'],
  ...['reports/640500-yearlyDisclosure-000100', 'bulletins/640500-bulletin-000100'],
  ...['notices', 'notices/GB-640500-2024-005000', 'open-data', 'complaints/new', 'complaints/status'],
  ...['verify', `verify?number=MS-5000&hash=sha256:${'b'.repeat(64)}`, 'feeds/notices.atom'],
];

type Answer = { status: number; text: string };
/** Asks over kept connections, each time as somebody of another address: the limit on requests is per address. */
const asker = (address: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const ask = (path: string, index: number): Promise<Answer> =>
    new Promise((answered, failed) => {
      const asking = request(`${address}${path}`, {
        agent,
        headers: { accept: 'text/html', 'x-forwarded-for': `203.0.${(index >> 8) % 250}.${index % 250}` },
      });
      asking.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          answered({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      asking.on('error', failed).end();
    });
  return { ask, close: () => agent.destroy() };
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b);

type Timed = { path: string; millis: number };
const medianByPath = (timed: readonly Timed[]): [string, number][] =>
  [...Map.groupBy(timed, ({ path }) => path)].map(([path, all]) => [
    path,
    at(ascending(all.map(({ millis }) => millis)), 0.5),
  ]);

/** Pages a second, two readers at once; each page's own time beside it. Throws where a page is not there. */
export const pagesFigure = async ({ entries, cases } = pagesBar, rounds = 5): Promise<PagesFigure> => {
  const database = await testDatabase();
  const deps = serviceDeps('disclosure', {
    ...{ url: database.url, tokens: await testTokens(), lawNow: async () => now },
  });
  const db = deps.db as Kysely<DisclosureTables>;
  await fillEntries(db, entries);
  await fillCases(db, cases);
  await sql`vacuum (analyze) public_resource, public_resource_count, public_publication, public_product`.execute(
    db,
  );
  const app = await buildDisclosure({ ...deps, ...noCases, packs: loadPacks() } as never);
  const ours = asker(await app.listen({ port: 0, host: '127.0.0.1' }));
  const paths = round.map((path) => (path === '' ? `/${city}` : `/${city}/${path}`));
  const pages = new Map<string, string>();
  for (const path of paths) {
    const { status, text } = await ours.ask(path, 0);
    if (status !== 200) throw new Error(`${path}: ${status} ${text.slice(0, 300)}`);
    pages.set(path, text);
  }
  const bare = Fastify({ logger: false });
  bare.get('/*', (asked, reply) =>
    reply.type('text/html; charset=utf-8').send(pages.get(decodeURI(asked.url)) ?? pages.get(asked.url)),
  );
  const theirs = asker(await bare.listen({ port: 0, host: '127.0.0.1' }));
  const timed: Timed[] = [];
  let asked = 0;
  const run = (one: typeof ours, keep?: Timed[]) => () =>
    inLanes(paths.length * 4, 2, async (index) => {
      const path = paths[index % paths.length] ?? '';
      asked += 1;
      const begun = performance.now();
      const { status } = await one.ask(path, asked);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      keep?.push({ path, millis: performance.now() - begun });
    });
  try {
    const figure = await compare('public pages', 'pages/s', {
      ...{ ours: run(ours, timed), bare: run(theirs), rounds },
    });
    const millis = ascending(timed.map((one) => one.millis));
    const [slowest] = medianByPath(timed).toSorted((a, b) => b[1] - a[1]);
    return {
      ...figure,
      ...{ p50: at(millis, 0.5), p99: at(millis, 0.99), pages: millis.length },
      slowest: slowest ? `${decodeURI(slowest[0])} ${slowest[1].toFixed(1)} ms` : '',
    };
  } finally {
    ours.close();
    theirs.close();
    await app.close();
    await bare.close();
    await db.destroy();
    await database.drop();
  }
};
