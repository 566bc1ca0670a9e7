/**
 * A service with procedures as it runs: its routes, a real PostgreSQL, the real activities and workflows on a time-skipping server.
 * One for a test file; its cases follow one another.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createActivities } from '@gongshu/activities';
import { calendarAt, ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { sha256 } from '@gongshu/infra/hash';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { deliver, type Delivery, type Hand } from '@gongshu/infra/intake/deliver';
import { createSigning } from '@gongshu/infra/products/signing';
import { loadPacks } from '@gongshu/infra/packs';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { ServiceName } from '@gongshu/shared/events';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyInstance } from 'fastify';
import { taskQueue } from '@gongshu/infra/temporal-client';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { type Kysely, sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { noCases } from './catalog.ts';
import { testDatabase, workflowBundle } from './parts.ts';
import { serviceDeps } from './service.ts';
import { testTokens } from './tokens.ts';
import type { Given } from './turns.ts';
import { keepHistories } from './turns-history.ts';
import { lawTime, startTimeSkipping } from './turns-time.ts';

jest.setTimeout(120_000);

export type Answer = { status: number; code: string | undefined; receipt: string; state: string };

/** What every service with procedures is built from. */
export type RunsDeps = ServiceDeps & {
  documents: DocumentStore;
  packs: PackSet;
  deliver: (receipt: string) => Promise<Delivery>;
  lookAgain: (caseNo: string) => Promise<void>;
  calendarVersion: (jurisdiction: string) => Promise<string>;
};

export type RunsOf = {
  service: ServiceName;
  hand: Hand;
  build: (deps: RunsDeps) => Promise<FastifyInstance>;
};

export type RunsGiven = Given & {
  documents?: DocumentStore;
  evidence?: NonNullable<Parameters<typeof createActivities>[0]['evidence']>;
  packs?: PackSet;
  logger?: ServiceDeps['logger'];
};

export const startServiceRuns = async (
  { service, hand, build }: RunsOf,
  {
    activities: instead,
    bundle,
    packs = loadPacks(),
    logger,
    documents = noCases.documents,
    evidence,
    replayed = false,
  }: RunsGiven = {},
) => {
  process.env['GONGSHU_MODE'] ??= 'development'; // the activities read the packs of the installation
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const env = await startTimeSkipping();
  const underWay = new Set<Promise<unknown>>();
  /** A call to Temporal that the end of the test waits for: cut off, it would be tried again on a closed connection. */
  const waitedFor =
    <A extends unknown[], R>(ask: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      const asked = ask(...given);
      underWay.add(asked);
      void asked.catch(() => undefined).then(() => underWay.delete(asked));
      return asked;
    };
  const client = new Client({ connection: env.connection });
  const database = await testDatabase();
  const tokens = await testTokens();
  const own = serviceDeps(service, {
    url: database.url,
    tokens,
    ...(logger && { logger }),
    lawNow: waitedFor(async () => new Date(await law.now())),
  });
  const db = own.db as Kysely<ApplicationTables>;
  const law = await lawTime(env, db);
  await ensureShippedCalendar(db);
  const delivery = { db, client, hand, patienceMillis: 15_000 };
  const app = await build({
    ...own,
    documents,
    packs,
    deliver: waitedFor((receipt: string) => deliver(delivery, receipt)),
    lookAgain: async () => {},
    calendarVersion: async (jurisdiction) => (await newestCalendar(db, jurisdiction)).version,
  });
  const activityDeps: Parameters<typeof createActivities>[0] = {
    db: { catalog: db, registry: db, pricing: db, disclosure: db },
    time: waitedFor(law.reading),
    calendars: {
      at: (version) => calendarAt(db, version),
      newest: async (jurisdiction) => (await newestCalendar(db, jurisdiction)).version,
    },
    intakeWasDown: async () => false,
    graceMillis: 1_000,
    ...(evidence && { evidence, signing: createSigning(generateKeyPairSync('ed25519').privateKey) }),
  };
  const ours = createActivities(activityDeps);
  let activities = { ...ours, ...instead?.(ours) };
  let given = bundle ?? (await workflowBundle());
  let running: { worker: Worker; ended: Promise<void> } | undefined;
  const startWorker = async (): Promise<void> => {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: given,
      activities,
      maxCachedWorkflows: replayed ? 0 : 200,
    });
    running = { worker, ended: worker.run() };
  };
  const stopWorker = async (): Promise<void> => {
    running?.worker.shutdown();
    await running?.ended;
  };
  await startWorker();
  /** Another worker from now on: other workflows, other activities, or ours again. */
  const workWith = async ({ activities: others, bundle: other }: Given = {}): Promise<void> => {
    await stopWorker();
    activities = { ...ours, ...others?.(ours) };
    given = other ?? (await workflowBundle());
    await startWorker();
  };

  let calls = 0;
  const call = async (who: Who, method: 'GET' | 'POST', url: string, body?: object, key?: string) => {
    calls += 1;
    const own = key ?? `runs-call-${calls}`; // before anything is waited for: two calls at once have two keys
    return app.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': own }),
      },
      ...(body && { payload: body }),
    });
  };
  /** The header of somebody who is signed in, for calls that need headers of their own. */
  const signedIn = async (who: NonNullable<Who>) => ({ authorization: await tokens.bearer(who) });
  const post = async (who: Who, url: string, body: object = {}): Promise<Answer> => {
    const response = await call(who, 'POST', url, body);
    const { code, receipt = '', state = '' } = response.json<Partial<Answer>>();
    return { status: response.statusCode, code, receipt, state };
  };
  /** A document that stands uploaded by a body; its hash. */
  const upload = async (jurisdiction: string, organisation: string, title: string): Promise<string> => {
    const hash = sha256(`${jurisdiction} ${organisation} ${title}`);
    await sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${jurisdiction}, ${organisation}, ${hash}, 1, 'application/pdf', ${title}, 'file.pdf', 'someone', now())
      on conflict do nothing`.execute(db);
    return hash;
  };
  const stop = async (workflowsOf: (caseNo: string) => Promise<string[]> = async () => []): Promise<void> => {
    await stopWorker();
    await keepHistories(client, workflowsOf);
    await app.close();
    await Promise.allSettled(underWay);
    await own.db.destroy();
    await database.drop();
    await env.teardown();
    await Runtime.instance().shutdown();
  };
  return { ...{ app, client, db, law, call, post, signedIn, activityDeps, upload, workWith, stop } };
};
