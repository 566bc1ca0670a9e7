/** Open downloads and feeds of a city, from what the public events told alone. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { csvText } from '@gongshu/infra/http/csv';
import { problems } from '@gongshu/infra/http/problems';
import { problem } from '@gongshu/shared/problems';
import { businessDateOf, startOfDay, toInstantText } from '@gongshu/shared/business-date';
import { ocdsPackage } from '@gongshu/shared/selection/ocds';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { authorityOf, type City, cityOf } from '../portal/site.ts';
import { ocdsReleases } from '../public/queries/ocds-releases.ts';
import { fullResources } from '../public/queries/full-resources.ts';
import { addressOf } from './address.ts';
import { atom, newestOf } from './atom.ts';
import { catalogOf, datasetOf, type Site } from './dcat.ts';
import { openFeeds } from './feeds.ts';
import { paging, pageSize } from './paging.ts';
import type { OpenSet } from './set.ts';
import { openSets } from './sets.ts';

const params = z.object({ city: z.string().max(64) });
const refusals = problems(400, 404, 429, 503);
/** A file is drawn anew after five minutes; whoever has it may keep it so long. */
const kept = 'public, max-age=300';

const file = (type: string) => ({
  200: { description: 'The file', content: { [type]: { schema: z.string() } } },
});

/** Sends text as it is made, page by page. */
const stream = (reply: FastifyReply, type: string, parts: AsyncIterable<string>): FastifyReply =>
  reply
    .header('cache-control', kept)
    .type(type)
    .send(Readable.from(parts, { objectMode: false }));

/** Sends a text of bounded size; who has it already hears 304. */
const sendWhole = (
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  text: string,
): FastifyReply => {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('cache-control', kept).header('etag', etag).type(type);
  const asked = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  return asked.includes(etag) ? reply.code(304).send() : reply.send(text);
};

async function* csvParts({ columns, pages }: OpenSet, ...asked: Parameters<OpenSet['pages']>) {
  const head = csvText(columns, []);
  yield head;
  // Past the byte order mark and the line of titles.
  for await (const page of pages(...asked))
    if (page.length > 0) yield csvText(columns, page).slice(head.length);
}

/** A JSON array of all rows, one to a line. */
async function* lines<T>(pages: AsyncIterable<readonly T[]>, view: (row: T) => unknown) {
  let first = true;
  for await (const page of pages)
    for (const row of page) {
      yield `${first ? '' : ',\n'}${JSON.stringify(view(row))}`;
      first = false;
    }
}

async function* jsonParts({ pages }: OpenSet, ...asked: Parameters<OpenSet['pages']>) {
  yield '{"items":[\n';
  yield* lines(pages(...asked), (row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        value instanceof Date ? toInstantText(value.getTime()) : value,
      ]),
    ),
  );
  yield '\n]}\n';
}

async function* dcatParts(db: DisclosureDeps['db'], site: Site) {
  yield `${JSON.stringify(catalogOf(site)).slice(0, -1)},"dataset":[\n`;
  const pages = paging((after: string | undefined) =>
    fullResources(db, site.city, { after, limit: pageSize }),
  );
  yield* lines(pages, (entry) => datasetOf(site, entry));
  yield '\n]}\n';
}

const siteOf = (deps: DisclosureDeps, city: City): Site => ({
  ...{ city: city.id, title: city.title, publisher: authorityOf(city) },
  address: (path) => addressOf(deps, path),
});

export const openRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const cityAsked = (request: { params: z.infer<typeof params> }) =>
      cityOf(deps.packs, request.params.city);
    for (const set of openSets) {
      const schema = { params, tags: ['open data'] };
      app.get(
        `/:city/open-data/${set.name}.csv`,
        {
          config: { act: 'public' },
          schema: {
            ...schema,
            summary: `${set.title.zh} · ${set.title.en}, CSV`,
            response: { ...file('text/csv'), ...refusals },
          },
        },
        async (request, reply) => {
          const { id } = cityAsked(request);
          reply.header('content-disposition', `attachment; filename="${id}-${set.name}.csv"`);
          return stream(reply, 'text/csv; charset=utf-8', csvParts(set, deps.db, id, await request.lawNow()));
        },
      );
      app.get(
        `/:city/open-data/${set.name}.json`,
        {
          config: { act: 'public' },
          schema: {
            ...schema,
            summary: `${set.title.zh} · ${set.title.en}, JSON`,
            response: { ...file('application/json'), ...refusals },
          },
        },
        async (request, reply) => {
          const { id } = cityAsked(request);
          return stream(
            reply,
            'application/json; charset=utf-8',
            jsonParts(set, deps.db, id, await request.lawNow()),
          );
        },
      );
    }
    app.get(
      '/:city/open-data/catalog.jsonld',
      {
        config: { act: 'public' },
        schema: {
          ...{ params, tags: ['open data'], summary: '资源目录 · The catalog after DCAT 3, JSON-LD' },
          response: { ...file('application/ld+json'), ...refusals },
        },
      },
      async (request, reply) =>
        stream(reply, 'application/ld+json', dcatParts(deps.db, siteOf(deps, cityAsked(request)))),
    );
    app.get(
      '/:city/open-data/ocds.json',
      {
        config: { act: 'public' },
        schema: {
          ...{
            params,
            tags: ['open data'],
            summary: '运营机构遴选 · Selections, a release package after OCDS 1.1',
          },
          response: {
            ...file('application/json'),
            304: z.null().describe('Not changed'),
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const city = cityAsked(request);
        const { releases, publishedAt } = await ocdsReleases(deps.db, city.id);
        const at = toInstantText((publishedAt ?? (await request.lawNow())).getTime());
        const uri = addressOf(deps, `/${city.id}/open-data/ocds.json`);
        const publisher = { id: city.id, name: authorityOf(city) };
        const text = JSON.stringify(ocdsPackage(releases as never, { uri, publisher, at }));
        return sendWhole(request, reply, 'application/json; charset=utf-8', text);
      },
    );
    app.get(
      '/:city/feeds/:feed',
      {
        config: { act: 'public' },
        schema: {
          ...{
            tags: ['open data'],
            summary: '订阅 · A feed after RFC 4287 (Atom): notices, catalog, products, reports, bulletins',
          },
          params: params.extend({ feed: z.string().regex(/^[a-z]{1,20}\.atom$/) }),
          response: {
            ...file('application/atom+xml'),
            304: z.null().describe('Not changed'),
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const city = cityAsked(request);
        const feed = openFeeds.find(({ name }) => `${name}.atom` === request.params.feed);
        if (!feed) throw problem('notFound');
        const at = (path: string) => addressOf(deps, `/${city.id}${path}`);
        const entries = await feed.entries(deps.db, city.id, at);
        // Nothing told yet: as of the day's beginning, so that asking again changes nothing.
        const today = async () => new Date(startOfDay(businessDateOf((await request.lawNow()).getTime())));
        const text = atom({
          ...{ self: at(`/feeds/${feed.name}.atom`), page: at(`/${feed.name}`), author: authorityOf(city) },
          title: `${city.title} ${feed.title.zh}`,
          ...{ updatedAt: newestOf(entries) ?? (await today()), entries },
        });
        return sendWhole(request, reply, 'application/atom+xml; charset=utf-8', text);
      },
    );
  };
