/** The portal on a real PostgreSQL, its tables filled from a story of events; no workflow runs. */
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { loadPacks } from '@gongshu/infra/packs';
import { buildDisclosure } from '@gongshu/service-disclosure';
import type { DisclosureDeps } from '@gongshu/service-disclosure/deps';
import { takePublic } from '@gongshu/service-disclosure/public/subscriber';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import type { LightMyRequestResponse } from 'fastify';
import type { Kysely } from 'kysely';
import { connect } from '@gongshu/infra/database';
import { noCases } from './catalog.ts';
import { testDatabase } from './parts.ts';
import { type PublicEvent, publicStory } from './public-story.ts';
import { serviceDeps } from './service.ts';
import { testBodies } from './test-bodies.ts';
import { testTokens } from './tokens.ts';

export type Portal = Awaited<ReturnType<typeof startPortal>>;

export const startPortal = async (
  change: Partial<DisclosureDeps> = {},
  story: readonly PublicEvent[] = publicStory(),
) => {
  const database = await testDatabase();
  const owner = connect<unknown>(database.url, { schema: 'disclosure', max: 1 });
  await ensureShippedCalendar(owner);
  const { version } = await newestCalendar(owner, 'zhongwei');
  await owner.destroy();
  const base = serviceDeps('disclosure', { url: database.url, tokens: await testTokens() });
  const db = base.db as Kysely<DisclosureTables>;
  await db.transaction().execute(async (trx) => {
    for (const { event } of story) await takePublic()(event, trx);
  });
  await (db as Kysely<any>)
    .insertInto('body')
    .values(testBodies.map((one) => ({ jurisdiction: 'zhongwei', ...one })))
    .execute();
  const app = await buildDisclosure({
    ...{ ...base, packs: loadPacks(), documents: noCases.documents, lookAgain: noCases.lookAgain },
    deliver: noCases.deliver,
    calendarVersion: async () => version,
    ...change,
  });
  const html = { accept: 'text/html' };
  return {
    ...{ app, db },
    /** Asks as a browser does. */
    page: (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
      app.inject({ url, headers: { ...html, ...headers } }),
    /** Sends a form as a browser does. */
    post: (
      url: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ): Promise<LightMyRequestResponse> =>
      app.inject({
        ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
        headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    stop: async () => {
      await app.close();
      await base.db.destroy();
      await database.drop();
    },
  };
};

/** The one-time token of the form on a page. */
export const tokenOf = (body: string): string => /name="token"\s+value="([^"]+)"/.exec(body)?.[1] ?? '';
